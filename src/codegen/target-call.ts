import { factsOf } from '../compiler/facts/facts-of.ts'
import type { OpNode } from '../compiler/graph/graph.ts'
import { operandOf } from '../compiler/graph/operand.ts'
import { callOf, type Call } from '../compiler/primitives/call-of.ts'
import type { Primitive } from '../compiler/primitives/primitive.ts'
import { padsOf } from '../compiler/primitives/shape/pads.ts'

/** The call of a node as the rules of all targets see it: `same` is the pads that it stands for, wherever numbers say which. */
export const targetCall = (node: OpNode, primitive: Primitive): Call =>
  callOf({ args: node.args, attributes: explicitlyPadded(node) }, primitive)

/**
 * Of symbolic extents it stays `same`, which targets compute when they run. A node is not replaced for it: weights, outputs and
 * runners go by nodes.
 */
function explicitlyPadded(node: OpNode): OpNode['attributes'] {
  const { attributes } = node
  const x = operandOf(node, 'x')
  if (attributes['padding'] !== 'same' || !x) return attributes
  const { windows } = factsOf(node)
  const pads = windows && padsOf(x.type, 'same', windows)
  return pads?.flat().every((pad) => typeof pad === 'number') ? { ...attributes, padding: pads } : attributes
}
