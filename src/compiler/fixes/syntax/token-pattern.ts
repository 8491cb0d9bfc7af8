import { tokenMatcher, type IToken, type TokenType } from 'chevrotain'
import { Assign, Colon, Comma, Dot, Float, Int, OpenBrace, OpenParen, Question, Size, Word } from '../../../../grammar/tokens.ts'
import { behindGroup, isAdjacent, isClosing, isOpening } from './token-line.ts'

/** What stands in a line: for an index of its tokens the indices it can end before, the likeliest first. */
export interface Part {
  readonly ends: (tokens: readonly IToken[], at: number) => readonly number[]
  readonly name?: string
}

/** Where the named parts of a pattern were found: from an index to the one behind them. */
export type Found = ReadonlyMap<string, readonly [from: number, to: number]>

/** The first way in which the parts stand one after the other from an index on. */
export function matchAt([part, ...others]: readonly Part[], tokens: readonly IToken[], at: number): Found | undefined {
  if (!part) return new Map()
  for (const end of part.ends(tokens, at)) {
    const rest = matchAt(others, tokens, end)
    if (rest) return part.name === undefined ? rest : new Map([...rest, [part.name, [at, end]]])
  }
  return undefined
}

const one = (holds: (token: IToken) => boolean): Part => ({
  ends: (tokens, at) => (tokens[at] && holds(tokens[at]) ? [at + 1] : []),
})

const here = (holds: (tokens: readonly IToken[], at: number) => boolean): Part => ({
  ends: (tokens, at) => (holds(tokens, at) ? [at] : []),
})

export const as = (name: string, { ends }: Part): Part => ({ name, ends })
export const sign = (...types: readonly TokenType[]): Part => one(({ tokenType }) => types.includes(tokenType))
/** A word that is no keyword of fmw. */
export const image = (...images: readonly string[]): Part => one((token) => images.includes(token.image))
export const token: Part = one(() => true)
export const word: Part = one((token) => tokenMatcher(token, Word))

export const optional = ({ ends }: Part): Part => ({ ends: (tokens, at) => [...ends(tokens, at), at] })
export const either = (...parts: readonly Part[]): Part => ({ ends: (tokens, at) => parts.flatMap(({ ends }) => ends(tokens, at)) })
export const all = (...parts: readonly Part[]): Part => ({
  ends: (tokens, at) => parts.reduce<readonly number[]>((from, { ends }) => from.flatMap((i) => ends(tokens, i)), [at]),
})

export const lineStart = here((_, at) => at === 0)
export const lineEnd = here((tokens, at) => at === tokens.length)
export const behind = (...types: readonly TokenType[]): Part =>
  here((tokens, at) => at > 0 && types.includes(tokens[at - 1]!.tokenType))
export const before = (...types: readonly TokenType[]): Part =>
  here((tokens, at) => at < tokens.length && types.includes(tokens[at]!.tokenType))
/** Somewhere before it in its line. */
export const after = (type: TokenType): Part => here((tokens, at) => tokens.slice(0, at).some(({ tokenType }) => tokenType === type))
/** No space stands there. */
export const joined = here((tokens, at) => at > 0 && at < tokens.length && isAdjacent(tokens[at - 1]!, tokens[at]!))
export const apart = here((tokens, at) => at === 0 || at >= tokens.length || !isAdjacent(tokens[at - 1]!, tokens[at]!))

/** From where to where something else is to be written, where that is not everything. */
export const from = as('from', here(() => true))
export const to = as('to', here(() => true))

/** Tokens and what stands in brackets, as few as are enough. */
export const some = (isPart: (token: IToken) => boolean): Part => ({
  ends: (tokens, at) => {
    const ends: number[] = []
    for (let i: number | undefined = at; i !== undefined && i < tokens.length; ) {
      const token: IToken = tokens[i]!
      if (isClosing(token) || !isPart(token)) break
      i = isOpening(token) ? behindGroup(tokens, i) : i + 1
      if (i !== undefined) ends.push(i)
    }
    return ends
  },
})

const endsValue = new Set<TokenType>([Comma, Colon, Assign, Question, OpenBrace])

/** A value within a line: up to a comma, with the brackets of its calls. */
export const value: Part = some(({ tokenType }) => !endsValue.has(tokenType))
export const anything: Part = some(() => true)

/** A token in brackets, or none. */
export const flat = (...excluded: readonly TokenType[]): Part => ({
  ends: (tokens, at) => {
    const end = tokens.findIndex((token, i) => i >= at && (isClosing(token) || isOpening(token) || excluded.includes(token.tokenType)))
    return [end < 0 ? tokens.length : end]
  },
})

const numbers = [Int, Float, Size]

/** `a`, `a.b`, `2` */
export const path: Part = {
  ends: (tokens, at) => {
    const first = tokens[at]
    if (!first || !(tokenMatcher(first, Word) || numbers.includes(first.tokenType))) return []
    let end = at + 1
    while (tokens[end]?.tokenType === Dot && tokens[end + 1] && tokenMatcher(tokens[end + 1]!, Word)) end += 2
    return [end]
  },
}

export const group: Part = {
  ends: (tokens, at) => {
    const end = tokens[at]?.tokenType === OpenParen ? behindGroup(tokens, at) : undefined
    return end === undefined ? [] : [end]
  },
}

/** A name, a number or a call, or what stands in parentheses. */
export const operand: Part = either(all(path, joined, group), path, group)
