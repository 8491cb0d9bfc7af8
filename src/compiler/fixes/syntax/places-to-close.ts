import type { TokenType } from 'chevrotain'
import { As, CloseBracket, CloseParen, Comma, Divide, Minus, Pipe, Plus, Times } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import { closerOf, isClosing, isOpening, type Tokens } from './token-line.ts'

const most = 12

/** Where a bracket could close that is open at a place, or one inside that its bracket closed: before what goes on, the last first. */
export function placesToClose(sign: string, start: number, { tokens }: Tokens): readonly number[] {
  const before = tokens.filter(({ startOffset }) => startOffset < start)
  const open: number[] = []
  for (const [at, token] of before.entries()) {
    if (isOpening(token)) open.push(at)
    else if (isClosing(token)) open.pop()
  }
  const from = open.at(-1)
  const closer = from === undefined ? undefined : closerOf(before[from]!)
  if (from === undefined || !closer || signs.get(closer) !== sign) return []
  const inside = before.slice(from + 1)
  const places = inside.flatMap((token, i) => {
    const next = inside[i + 1]
    return next && goesOn.has(next.tokenType) && !goesOn.has(token.tokenType) ? [tokenEnd(token)] : []
  })
  return places.slice(-most).reverse()
}

/** The brackets that one may forget to close in the middle of a line. */
const signs: ReadonlyMap<TokenType, string> = new Map([[CloseParen, ')'], [CloseBracket, ']']])

/** What may stand behind a call or a list. */
const goesOn = new Set([As, Comma, Pipe, Plus, Minus, Times, Divide])
