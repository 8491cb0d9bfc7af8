import { Comma, Divide, Minus, Pipe, Plus, Times } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import { isClosing, isOpening, type Tokens } from './token-line.ts'

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
  if (from === undefined || closing.get(before[from]!.image) !== sign) return []
  const inside = before.slice(from + 1)
  const places = inside.flatMap((token, i) => {
    const next = inside[i + 1]
    return next && goesOn.has(next.tokenType) && !goesOn.has(token.tokenType) ? [tokenEnd(token)] : []
  })
  return places.slice(-most).reverse()
}

const closing: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']']])

/** What may stand behind a call or a list. */
const goesOn = new Set([Comma, Pipe, Plus, Minus, Times, Divide])
