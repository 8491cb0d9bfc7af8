import { withoutQuotes } from './quoted-number.ts'
import { printDim } from '../dim/print.ts'
import type { Remedy } from './remedy.ts'

/** A number that stands in quotes, or is known only when an input has a size. */
export const unquotedNumber: Remedy<'not-a-number'> = ({ value }, ctx) => {
  if (value.kind === 'text') return { fixes: withoutQuotes(value, ctx) }
  if (value.kind !== 'int' || typeof value.dim === 'number') return {}
  return { notes: [`${printDim(value.dim)} is known when the model is run: give the input a size, a number or a parameter of the model, as in model M(size: int = 32), or give what was to be made of it as an input`] }
}
