import { tokenMatcher, type IToken } from 'chevrotain'
import { CloseBracket, CloseParen, Name } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineAt, type Tokens } from './token-line.ts'

/** The pipes between values that stand one behind the other: `x conv(8, 3x3) relu`. */
export function missingPipes(start: number, all: Tokens): readonly Fix[] {
  const line = lineAt(start, all)
  const at = line.findIndex(({ startOffset }) => startOffset === start)
  if (at < 1 || !isBetween(line[at - 1]!, line[at]!)) return []
  const places = line.slice(at).flatMap((token, i) => (isBetween(line[at + i - 1]!, token) ? [token.startOffset] : []))
  const edits = places.map((place) => ({ span: { source: all.source, start: place, end: place }, text: '|> ' }))
  return [{ title: `write the missing |>`, safety: 'safe', edits }]
}

/** Whether a value ends with one token, and another begins with the next, with a space between them. */
const isBetween = (before: IToken, token: IToken): boolean =>
  (before.tokenType === CloseParen || before.tokenType === CloseBracket || tokenMatcher(before, Name)) &&
  tokenMatcher(token, Name) &&
  tokenEnd(before) < token.startOffset
