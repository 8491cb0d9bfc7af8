import { familyOf, type Code } from '../catalog/index.ts'
import { positionOf, type Span } from '../text/source.ts'
import { printValue, type Value } from './value.ts'

/** A turn of a loop or comprehension, in which something is elaborated, also inside of what is called there. */
export interface Turn {
  readonly kind: 'loop' | 'comprehension'
  readonly span: Span
  /** From 0. */
  readonly index: number
  /** What goes through the list, and where the values of the turn are. */
  readonly names: readonly string[]
  readonly scope: { readonly get: (name: string) => Value | undefined }
  /** The turn of the loop around it. */
  readonly outer: Turn | undefined
}

/**
 * In which turns something went wrong, the innermost first. Of a first turn it is said where shapes do not fit, which another turn may
 * have otherwise: what else is wrong there is so without the loop.
 */
export function turnsOf(code: Code, turn: Turn | undefined): readonly string[] {
  if (!turn) return []
  const { kind, span, index, names, scope, outer } = turn
  const values = names.flatMap((name) => printed(name, scope.get(name)))
  const where = `in turn ${index + 1} of the ${kind} in line ${positionOf(span.source, span.start).line}`
  const isTold = (index > 0 || familyOf(code) === 'shape') && !span.source.library
  return [...(isTold ? [[where, ...(values.length > 0 ? [values.join(', ')] : [])].join(': ')] : []), ...turnsOf(code, outer)]
}

const printed = (name: string, value: Value | undefined): readonly string[] =>
  value && ['int', 'float', 'bool', 'text', 'word'].includes(value.kind) ? [`${name} = ${printValue(value)}`] : []
