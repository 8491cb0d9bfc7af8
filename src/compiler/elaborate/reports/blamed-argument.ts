import type { Problem } from '../../primitives/primitive.ts'
import type { Origin } from '../../text/source.ts'
import { originAt, type Context } from '../context.ts'
import { givenList } from '../given-values.ts'
import { numberOf, type Value, type Matched } from '../value.ts'

/** The argument that a problem is about; undefined where it is about the tensors, or a default of the library. */
export function blamedValue({ blames }: Problem, matched: Matched): Value | undefined {
  const value = blames && givenList(matched.get(blames.parameter))[0]?.value
  return value && !value.origin.span.source.library ? value : undefined
}

/** Where the user wrote that argument, or the element of it that is wrong. A tensor is made elsewhere than it is given. */
export function blamedArgument(problem: Problem, matched: Matched, ctx: Context): Origin | undefined {
  const [given] = givenList(problem.blames && matched.get(problem.blames.parameter))
  if (given?.value.kind === 'tensor') return given.span.source.library ? undefined : originAt(ctx, given.span)
  const value = blamedValue(problem, matched)
  const origin = value && elementOf(value, problem.blames?.number).origin
  return origin && !origin.span.source.library ? origin : undefined
}

/** Of a list the element that is a number, if it was written by itself. */
const elementOf = (value: Value, number: number | undefined): Value =>
  (value.kind === 'list' && number !== undefined && value.items.find((item) => numberOf(item) === number)) || value
