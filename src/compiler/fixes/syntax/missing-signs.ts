import { tokenMatcher, type IToken } from 'chevrotain'
import { Assign, CloseBracket, CloseParen, Colon, Comma, Float, Input, Int, Name, OpenParen, Size } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineAt, type Tokens } from './token-line.ts'

/** The signs that stand between two values of a line: pipes, `x conv(8, 3x3) relu`, or the colons of arguments, `padding same`. */
export function missingSigns(start: number, all: Tokens): readonly Fix[] {
  const line = lineAt(start, all)
  const at = line.findIndex(({ startOffset }) => startOffset === start)
  if (at < 1) return []
  const isPiped = (i: number): boolean => isPipeMissing(line[i - 1]!, line[i]!, all.tokens)
  const isNamed = (i: number): boolean => isColonMissing(line[i - 2], line[i - 1]!, line[i]!)
  const fix = (sign: string, isMissing: (i: number) => boolean): readonly Fix[] => {
    const places = isMissing(at) ? line.flatMap((_, i) => (i >= at && isMissing(i) ? [i] : [])) : []
    const edits = places.map((i) => {
      const place = sign === ':' ? tokenEnd(line[i - 1]!) : line[i]!.startOffset
      return { span: { source: all.source, start: place, end: place }, text: sign === ':' ? sign : `${sign} ` }
    })
    return edits.length > 0 ? [{ title: `write the missing ${sign}`, safety: 'safe', edits }] : []
  }
  return [...fix(':', isNamed), ...fix('|>', isPiped)]
}

const isApart = (before: IToken, token: IToken): boolean => tokenEnd(before) < token.startOffset

/** Whether a value ends with one token, and a step begins with the next. */
const isPipeMissing = (before: IToken, token: IToken, all: readonly IToken[]): boolean =>
  (before.tokenType === CloseParen || before.tokenType === CloseBracket || isValue(before, all)) && tokenMatcher(token, Name) && isApart(before, token)

/** Whether a name was given a value before. */
const isValue = (name: IToken, all: readonly IToken[]): boolean =>
  tokenMatcher(name, Name) &&
  all.some(
    ({ image, startOffset }, i) =>
      image === name.image &&
      startOffset < name.startOffset &&
      (all[i - 1]?.tokenType === Input || [Assign, Colon].some((type) => all[i + 1]?.tokenType === type)),
  )

const numbers = new Set([Int, Float, Size])

/** Whether a parameter and its argument stand one behind the other in a call. */
const isColonMissing = (first: IToken | undefined, name: IToken, value: IToken): boolean =>
  (first?.tokenType === OpenParen || first?.tokenType === Comma) &&
  tokenMatcher(name, Name) &&
  (tokenMatcher(value, Name) || numbers.has(value.tokenType)) &&
  isApart(name, value)
