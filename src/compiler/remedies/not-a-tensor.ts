import { blockApplied } from './pass-map.ts'
import { withoutQuotes } from './quoted-number.ts'
import type { Remedy } from './remedy.ts'
import { resultTaken } from './several-results.ts'

/** What makes a tensor of a value: one result of several, a block that is applied to a map, a number without its quotes. */
export const tensorOf: Remedy<'not-a-tensor'> = ({ value, written }, ctx) => {
  if (value.kind === 'results') return { notes: ['take one of the results first: a, b = …'], fixes: resultTaken(value, written) }
  if (value.kind === 'block') return { fixes: blockApplied(value, ctx) }
  return value.kind === 'text' ? { fixes: withoutQuotes(value) } : {}
}
