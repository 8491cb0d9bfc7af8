import type { Dim } from '../../../compiler/dim/expr.ts'
import { printDimAs } from '../../../compiler/dim/print.ts'

export function printLiteral(value: number | boolean | string | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

/** An extent as TypeScript arithmetic. */
export const printExtent = (dim: Dim, variable: (name: string) => string): string =>
  printDimAs(dim, {
    variable,
    floor: (inner) => `Math.floor(${inner})`,
    ceil: (inner) => `Math.ceil(${inner})`,
    extreme: (kind, a, b) => `Math.${kind}(${a}, ${b})`,
    times: ' * ',
  })
