import { opMeant } from '../other-frameworks.ts'
import { originAt } from '../../elaborate/context.ts'
import { primitives } from '../../primitives/index.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import { writing } from '../../fixes/writing.ts'
import type { Remedy } from '../remedy.ts'
import { callAt } from '../written.ts'

/** A primitive that was called as if it had weights of its own: the op that makes them. */
export const opWithWeights: Remedy<'refused-call'> = ({ problem, op, call }, ctx) => {
  const layer = primitives.has(op) && problem.code === 'shape/rank' ? opMeant(op) : undefined
  if (layer === undefined) return {}
  const notes = [`the op that makes its own weights is ${layer}`]
  const called = userOrigin(originAt(ctx, call)).span
  const span = callAt(called, ctx)?.callee.span
  return span
    ? { notes, fixes: [{ ...writing(layer, span), title: `write ${layer}${textOf({ ...called, start: span.end })}` }] }
    : { notes }
}
