import type { IToken } from 'chevrotain'
import { tokenEnd } from '../../grammar/token-end.ts'
import { CloseBrace, CloseBracket, CloseParen, OpenBrace, OpenBracket, OpenParen } from '../../grammar/tokens.ts'

/** From an opening bracket to the end of the one that closes it. */
interface Bracketed {
  readonly start: number
  readonly end: number
}

const closers = new Map([
  [OpenBrace, CloseBrace],
  [OpenBracket, CloseBracket],
  [OpenParen, CloseParen],
])

/** The brackets of a text that belong together; those that nothing closes, or that close nothing, are left out. */
export function bracketsIn(tokens: readonly IToken[]): readonly Bracketed[] {
  const found: Bracketed[] = []
  const open: IToken[] = []
  for (const token of tokens) {
    if (closers.has(token.tokenType)) open.push(token)
    const at = open.findLastIndex(({ tokenType }) => closers.get(tokenType) === token.tokenType)
    if (at < 0) continue
    found.push({ start: open[at]!.startOffset, end: tokenEnd(token) })
    open.length = at
  }
  return found
}
