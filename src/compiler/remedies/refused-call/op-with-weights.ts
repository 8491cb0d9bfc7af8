import { callLayer } from '../call-layer.ts'
import { layerMeant } from '../other-frameworks.ts'
import { originAt } from '../../elaborate/context.ts'
import { userOrigin } from '../../text/source.ts'
import type { Remedy } from '../remedy.ts'
import { kernelMade } from './kernel-of-list.ts'

/** A primitive that was called as if it had weights of its own: the op that makes them. */
export const opWithWeights: Remedy<'refused-call'> = ({ problem, op, call, matched }, ctx) => {
  const layer = problem.code === 'shape/rank' ? layerMeant(op) : undefined
  if (layer === undefined) return {}
  const at = userOrigin(originAt(ctx, call)).span
  const made = kernelMade(layer, matched, at, ctx)
  return made.length > 0 ? { notes: [`${op} takes a kernel, and what is given is the shape of one: the op that makes its own kernel takes filters and size`], fixes: made } : callLayer(layer, at, ctx)
}
