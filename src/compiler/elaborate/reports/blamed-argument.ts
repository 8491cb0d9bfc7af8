import type { Problem } from '../../primitives/primitive.ts'
import type { Origin } from '../../text/source.ts'
import { givenList } from '../given-values.ts'
import { numberOf, type Value, type Matched } from '../value.ts'

/** The parameters whose value is what is wrong, by code; `shape/argument-range` names its parameter. */
const blamed: Readonly<Partial<Record<Problem['code'], readonly string[]>>> = {
  'shape/padding': ['padding', 'amount', 'amounts'],
  'shape/half-even-kernel': ['padding'],
  'shape/padding-too-large': ['padding', 'amount', 'amounts'],
  'shape/axis': ['axis', 'axes'],
  'shape/permutation': ['order'],
  'shape/index': ['indices'],
}

/** The argument that a problem is about; undefined where it is about the tensors, or a default of the library. */
export function blamedValue({ code, facts }: Problem, matched: Matched): Value | undefined {
  const names = code === 'shape/argument-range' ? [facts['parameter'] ?? ''] : (blamed[code] ?? [])
  const value = names.flatMap((name) => givenList(matched.get(name)))[0]?.value
  return value && !value.origin.span.source.library ? value : undefined
}

/** Where the user wrote that argument, or the element of it that the problem names. */
export function blamedArgument(problem: Problem, matched: Matched): Origin | undefined {
  const value = blamedValue(problem, matched)
  const origin = value && elementOf(value, problem.facts['index'] ?? problem.facts['axis']).origin
  return origin && !origin.span.source.library ? origin : undefined
}

/** Of a list the element that the problem names, if it was written by itself. */
export const elementOf = (value: Value, number: string | undefined): Value =>
  (value.kind === 'list' && value.items.find((item) => String(numberOf(item)) === number)) || value
