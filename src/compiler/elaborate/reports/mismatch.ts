import { argumentOf } from './argument-of.ts'
import { fail, type Context } from '../context.ts'
import { describe, type Value } from '../value.ts'
import type { Place, Wanted } from '../place.ts'
import { labelText } from '../../text/label-text.ts'

/** Reports an argument of another kind than its parameter takes. */
export function mismatch(value: Value, wanted: Wanted, place: Place, ctx: Context): undefined {
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted: wanted.text, found: describe(value) }, place.span, {
    labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    cause: { kind: 'wrong-kind', value, wanted, place },
  })
  return undefined
}
