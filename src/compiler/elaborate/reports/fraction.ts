import { evaluate } from '../../dim/expr.ts'
import { integral } from '../../dim/prove.ts'
import { printDim, printSizes } from '../../dim/print.ts'
import { labelText } from '../../text/label-text.ts'
import { fail, type Context } from '../context.ts'
import { missingWhere } from '../missing-where.ts'
import type { Place } from '../place.ts'
import type { Value } from '../value.ts'
import { argumentOf } from './argument-of.ts'

/** Reports an extent that is no whole number, or not for every input. */
export function reportFraction(value: Value & { kind: 'int' }, place: Omit<Place, 'call'>, ctx: Context): void {
  const whole = integral(value.dim)
  const failing =
    whole.kind === 'unknown' && whole.witness
      ? `, which is ${evaluate(value.dim, whole.witness)} for ${printSizes(whole.witness)}`
      : ''
  fail(ctx, 'type/not-an-int', { what: argumentOf(place), value: `${printDim(value.dim)}${failing}` }, place.span, {
    labels: [{ origin: value.origin, ...labelText(printDim(value.dim), 'comes from') }],
    ...(whole.kind === 'unknown' ? { cause: missingWhere(whole.missing(), ctx) } : {}),
  })
}
