import type { Details } from '../diagnostics.ts'
import { printValue, type FloatValue } from './value.ts'

/** Why there is a float where an int is wanted, and what makes an int of it. */
export function reasonsForFloat({ quotient }: FloatValue): Details {
  const rounding = 'floor, ceil or round makes an int of it'
  if (!quotient) return { notes: [`floats never become ints silently: ${rounding}`] }
  const [dividend, divisor] = quotient
  return {
    labels: [{ origin: dividend.origin, text: `${printValue(dividend)} decided here` }],
    notes: [`${printValue(dividend)} / ${printValue(divisor)} leaves a rest: ${rounding}`],
  }
}
