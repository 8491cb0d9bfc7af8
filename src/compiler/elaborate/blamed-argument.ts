import type { Problem } from '../primitives/primitive.ts'
import type { Origin } from '../source.ts'
import type { Matched } from './arguments.ts'
import { givenList } from './given-values.ts'
import { numberOf, type Value } from './value.ts'

/** The parameters whose value is what is wrong, by code; `shape/argument-range` names its parameter. */
const blamed: Readonly<Partial<Record<Problem['code'], readonly string[]>>> = {
  'shape/padding': ['padding', 'amount'],
  'shape/half-even-kernel': ['padding'],
  'shape/padding-too-large': ['padding', 'amount'],
  'shape/axis': ['axis', 'axes'],
  'shape/permutation': ['order'],
  'shape/index': ['indices'],
}

/** Where the user wrote the argument that a problem is about; undefined where it is about the tensors, or a default of the library. */
export function blamedArgument({ code, facts }: Problem, matched: Matched): Origin | undefined {
  const names = code === 'shape/argument-range' ? [facts['parameter'] ?? ''] : (blamed[code] ?? [])
  const value = names.flatMap((name) => givenList(matched.get(name)))[0]?.value
  const origin = value && elementOf(value, facts['index'] ?? facts['axis']).origin
  return origin && !origin.span.source.library ? origin : undefined
}

/** Of a list the element that the problem names, if it was written by itself. */
const elementOf = (value: Value, number: string | undefined): Value =>
  (value.kind === 'list' && value.items.find((item) => String(numberOf(item)) === number)) || value
