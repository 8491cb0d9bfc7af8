import type { IToken, TokenType } from 'chevrotain'
import { closes, isClosed, opens, openBrackets } from './brackets.ts'
import type { Stumble } from './consequences.ts'
import { tokenEnd } from './token-end.ts'
import * as t from './tokens.ts'

/** Where these stand first in a line, it goes on with a statement of the line before. */
const continues = new Set<TokenType | undefined>([
  t.Pipe, t.Arrow, ...t.betweenValues, t.Dot, t.Comma, t.Question, t.CloseParen, t.CloseBracket, t.Then, t.As,
])

/** What begins a statement even where a bracket has been left open. */
const begins = new Set<TokenType | undefined>([...t.statementKeywords, t.For, t.If, ...t.declarationKeywords, t.CloseBrace])

/** Behind these a line goes on in the next. */
const isUnfinished = new Set<TokenType | undefined>([
  t.Pipe, ...t.betweenValues, t.Assign, t.Dot, t.Comma, t.OpenParen, t.OpenBracket, t.Not,
])

const declares = new Set(t.declarationKeywords)

const braces = new Set<TokenType>([t.OpenBrace, t.CloseBrace])

interface LeftOut {
  /** Those that remain. */
  readonly tokens: readonly IToken[]
  /** Where the statement stood. */
  readonly start: number
  readonly end: number
}

/**
 * The tokens without the statement that a stumble is in, so that the others are read as they stand; nothing where it is not in
 * one. A body that belongs to it stays, without its braces.
 */
export function withoutStatement({ problem, at }: Stumble, tokens: readonly IToken[]): LeftOut | undefined {
  const found = at && tokens[at.index]
  if (!found || (declares.has(found.tokenType) && found.startColumn === 1)) return undefined
  const inside = tokens.findLastIndex(({ startOffset }) => startOffset <= problem.start)
  const first = firstOf(inside, tokens)
  const open = openBrackets(tokens.slice(0, first))
  if (!open.some(({ tokenType }) => tokenType === t.OpenBrace)) return undefined
  const bracket = open.at(-1)
  // the statement before is not finished, and this one is none of its arguments
  const isBefore = bracket !== undefined && bracket.tokenType !== t.OpenBrace && !isClosed(bracket, tokens)
  const from = isBefore ? firstOf(tokens.indexOf(bracket), tokens) : first
  const to = isBefore ? first : Math.max(from + 1, behind(from, Math.max(from, inside), tokens))
  const statement = tokens.slice(from, to)
  const opened = openBrackets(statement).filter(({ tokenType }) => tokenType === t.OpenBrace).length
  const column = tokens.find(({ startLine }) => startLine === statement[0]?.startLine)?.startColumn ?? 1
  const rest = withoutClosing(tokens.slice(to), opened, column)
  const [head, last] = [statement[0], statement.at(-1)]
  return rest && head && last && { tokens: [...tokens.slice(0, from), ...rest], start: head.startOffset, end: tokenEnd(last) }
}

/**
 * The index of the first token of the statement that one is in, by lines; a brace that closes a body before it is not part of it.
 */
export function firstOf(index: number, tokens: readonly IToken[]): number {
  let first = Math.max(0, index)
  const goesOn = (i: number): boolean => {
    const [before, token, after] = [tokens[i - 1], tokens[i], tokens[i + 1]]
    if (before?.endLine === token?.startLine || continues.has(token?.tokenType)) return true
    return isUnfinished.has(before?.tokenType) && !begins.has(token?.tokenType) && after?.tokenType !== t.Assign
  }
  while (first > 0 && goesOn(first) && !braces.has(tokens[first - 1]!.tokenType)) first--
  return first
}

/**
 * The index behind a statement that goes on at least to `last`: where a line begins another one, or the brace around it closes.
 */
function behind(first: number, last: number, tokens: readonly IToken[]): number {
  const open: TokenType[] = []
  for (let i = first; i < tokens.length; i++) {
    const { tokenType, startLine } = tokens[i]!
    const isFirst = i > last && tokens[i - 1]!.endLine !== startLine
    const isNext =
      isFirst &&
      (begins.has(tokenType) ||
        tokens[i + 1]?.tokenType === t.Assign ||
        (open.every((sign) => sign === t.OpenBrace) && !continues.has(tokenType)))
    if (isNext) return i
    if (opens.has(tokenType)) open.push(tokenType)
    if (i >= last && i > first && tokenType === t.CloseBrace && !open.includes(t.OpenBrace)) return i
    if (closes.has(tokenType)) open.pop()
  }
  return tokens.length
}

/** Tokens without the braces that close so many bodies opened before them in a column; one further to the left closes another. */
function withoutClosing(tokens: readonly IToken[], opened: number, column: number): readonly IToken[] | undefined {
  let rest = tokens
  for (let left = opened; left > 0; left--) {
    let depth = 1
    const closing = rest.findIndex(({ tokenType }) => {
      depth += tokenType === t.OpenBrace ? 1 : tokenType === t.CloseBrace ? -1 : 0
      return depth === 0
    })
    if (closing < 0) return undefined
    const { startLine, startColumn } = rest[closing]!
    const isFirst = rest[closing - 1]?.endLine !== startLine
    if (!isFirst || (startColumn ?? 1) >= column) rest = rest.toSpliced(closing, 1)
  }
  return rest
}
