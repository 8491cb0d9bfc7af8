import type { IToken, TokenType } from 'chevrotain'
import { CloseBrace, CloseBracket, CloseParen, OpenBrace, OpenBracket, OpenParen } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import { lineStart, type Source } from '../../text/source.ts'

/** A text that could not be read, as tokens. */
export interface Tokens {
  readonly source: Source
  readonly tokens: readonly IToken[]
  readonly comments: readonly IToken[]
}

/** The tokens of the line that an offset stands in. */
export function lineAt(start: number, { source: { text }, tokens }: Tokens): readonly IToken[] {
  const begin = lineStart(text, start)
  const end = text.indexOf('\n', start)
  return tokens.filter(({ startOffset }) => begin <= startOffset && (end < 0 || startOffset < end))
}

/** What stands in the text from the first to the last of some tokens. */
export function textFrom(tokens: readonly IToken[], { text }: Source): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  return first && last ? text.slice(first.startOffset, tokenEnd(last)) : ''
}

export const isAdjacent = (before: IToken, after: IToken): boolean => tokenEnd(before) === after.startOffset

const partners = new Map([
  [OpenParen, CloseParen],
  [OpenBracket, CloseBracket],
  [OpenBrace, CloseBrace],
])
const closing = new Set(partners.values())

export const isOpening = ({ tokenType }: IToken): boolean => partners.has(tokenType)
export const isClosing = ({ tokenType }: IToken): boolean => closing.has(tokenType)

/** What closes an opening bracket; undefined for any other token. */
export const closerOf = ({ tokenType }: IToken): TokenType | undefined => partners.get(tokenType)

/** The index behind the bracket that closes the one at an index; undefined where none does. */
export function behindGroup(tokens: readonly IToken[], at: number): number | undefined {
  const awaited = []
  for (let i = at; i < tokens.length; i++) {
    const { tokenType } = tokens[i]!
    const partner = closerOf(tokens[i]!)
    if (partner) awaited.push(partner)
    else if (closing.has(tokenType) && awaited.pop() !== tokenType) return undefined
    if (awaited.length === 0) return i + 1
  }
  return undefined
}

/** The index of the bracket that is closed by the one before an index; undefined where none is. */
export function beforeGroup(tokens: readonly IToken[], end: number): number | undefined {
  for (let at = end - 1; at >= 0; at--) if (isOpening(tokens[at]!) && behindGroup(tokens, at) === end) return at
  return undefined
}
