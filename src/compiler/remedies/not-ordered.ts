import type { Remedy } from './remedy.ts'
import { withoutQuotes } from './quoted-number.ts'

/** Shapes in an order: that of their first extents; a number in quotes. */
export const orderMeant: Remedy<'not-ordered'> = ({ value, expr: { left, right } }) => {
  if (value.kind === 'text') return { fixes: withoutQuotes(value) }
  if (value.kind !== 'list') return {}
  const members = [left, right].flatMap((side) => (side.kind === 'member' && side.member.name === 'shape' ? [side.member.span] : []))
  const areShapes = members.length === 2 && members.every(({ source }) => !source.library)
  return {
    notes: ['lists have no order: compare single elements, or extents such as x.height'],
    fixes: areShapes ? [{ title: 'compare their heights', edits: members.map((span) => ({ span, text: 'height' })) }] : [],
  }
}
