import { withoutQuotes } from './quoted-number.ts'
import type { Remedy } from './remedy.ts'

/** A number that stands in quotes. */
export const unquotedNumber: Remedy<'not-a-number'> = ({ value }, ctx) => (value.kind === 'text' ? { fixes: withoutQuotes(value, ctx) } : {})
