import { callLayer } from '../call-layer.ts'
import { layerMeant } from '../other-frameworks.ts'
import { originAt } from '../../elaborate/context.ts'
import { userOrigin } from '../../text/source.ts'
import type { Remedy } from '../remedy.ts'

/** A primitive that was called as if it had weights of its own: the op that makes them. */
export const opWithWeights: Remedy<'refused-call'> = ({ problem, op, call }, ctx) => {
  const layer = problem.code === 'shape/rank' ? layerMeant(op) : undefined
  return layer === undefined ? {} : callLayer(layer, userOrigin(originAt(ctx, call)).span, ctx)
}
