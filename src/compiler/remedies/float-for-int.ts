import type { Fix } from '../diagnostics/diagnostics.ts'
import { printValue, type FloatValue } from '../elaborate/value.ts'
import type { Expr } from '../syntax/ast.ts'
import { namesIn } from '../syntax/names-in.ts'
import { textOf, type Span } from '../text/source.ts'
import { writing } from '../fixes/writing.ts'
import type { Remedy } from './remedy.ts'
import { labelText } from '../text/label-text.ts'
import { expressionAt } from './written.ts'

/** Why there is a float where an int is wanted, and what makes an int of it. */
export const rounded: Remedy<'float-for-int'> = ({ value }, ctx) => {
  const { quotient, origin } = value
  const rounding = 'floor, ceil or round makes an int of it'
  const expr = expressionAt(origin.span, ctx)
  if (!quotient) return { notes: [`floats never become ints silently: ${rounding}`], fixes: expr ? ofWholeNumber(value, expr, origin.span) : [] }
  const [dividend, divisor] = quotient
  return {
    labels: [{ origin: dividend.origin, ...labelText(printValue(dividend), 'decided') }],
    notes: [`${printValue(dividend)} / ${printValue(divisor)} leaves a remainder: ${rounding}`],
    // of a quotient that is written out in numbers nobody knows what it is for
    fixes: expr && namesIn(expr).length > 0 ? [by('floor', value, origin.span), by('ceil', value, origin.span)] : [],
  }
}

const by = (rounding: 'floor' | 'ceil' | 'round', { value }: FloatValue, span: Span): Fix => ({
  title: `write ${rounding}(${textOf(span)}), which is ${Math[rounding](value)}`,
  safety: 'unsafe',
  edits: [{ span, text: `${rounding}(${textOf(span)})` }],
})

/** A float that has nothing behind its point is the int it shows. */
function ofWholeNumber(float: FloatValue, expr: Expr, span: Span): readonly Fix[] {
  if (!Number.isSafeInteger(float.value)) return []
  return [expr.kind === 'number' ? writing(String(float.value), span, 'safe') : { ...by('round', float, span), safety: 'safe' }]
}
