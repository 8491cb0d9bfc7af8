import type { Fix } from '../diagnostics/diagnostics.ts'
import { printValue, type FloatValue } from '../elaborate/value.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { saidHere } from '../text/said-here.ts'

/** Why there is a float where an int is wanted, and what makes an int of it. */
export const rounded: Remedy<'float-for-int'> = ({ value }) => {
  const { quotient } = value
  const rounding = 'floor, ceil or round makes an int of it'
  if (!quotient) return { notes: [`floats never become ints silently: ${rounding}`], fixes: ofWholeNumber(value) }
  const [dividend, divisor] = quotient
  return {
    labels: [{ origin: dividend.origin, ...saidHere(printValue(dividend), 'decided') }],
    notes: [`${printValue(dividend)} / ${printValue(divisor)} leaves a remainder: ${rounding}`],
    fixes: ofQuotient(value),
  }
}

/**
 * The division of whole numbers, as other languages have it; of a quotient that is written out in numbers nobody knows what it is
 * for.
 */
function ofQuotient({ value, origin: { span } }: FloatValue): readonly Fix[] {
  const written = textOf(span)
  if (span.source.library || !/[a-z]/i.test(written)) return []
  return (['floor', 'ceil'] as const).map((rounding) => ({
    title: `write ${rounding}(${written}), which is ${Math[rounding](value)}`,
    edits: [{ span, text: `${rounding}(${written})` }],
  }))
}

/** A float that has nothing behind its point is the int it shows. */
function ofWholeNumber({ value, origin: { span } }: FloatValue): readonly Fix[] {
  if (span.source.library || !Number.isSafeInteger(value)) return []
  const written = textOf(span)
  const text = /^[\d.]+$/.test(written) ? String(value) : `round(${written})`
  return [{ title: text === String(value) ? `write ${text}` : `write ${text}, which is ${value}`, edits: [{ span, text }] }]
}
