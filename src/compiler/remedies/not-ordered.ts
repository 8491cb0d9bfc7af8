import type { Remedy } from './remedy.ts'
import { withoutQuotes } from './quoted-number.ts'

/** Lists in an order, which they have not; a number in quotes. */
export const orderMeant: Remedy<'not-ordered'> = ({ value }, ctx) => {
  if (value.kind === 'text') return { fixes: withoutQuotes(value, ctx) }
  return value.kind === 'list' ? { notes: ['lists have no order: compare single elements, or extents such as x.height'] } : {}
}
