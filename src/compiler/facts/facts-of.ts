import type { Node, OpNode } from '../graph/graph.ts'
import { callOf } from '../primitives/call-of.ts'
import type { Facts } from '../primitives/facts.ts'
import { factsOfCall } from '../primitives/facts-of-call.ts'
import { primitives } from '../primitives/index.ts'

/** Every rule asks for those of every node. */
const known = new WeakMap<OpNode, Facts>()

const nothing: Facts = {}

/** What is certain of the value of a node of a checked graph, from what it computes; nothing of inputs, weights and constants. */
export function factsOf(node: Node): Facts {
  if (node.kind !== 'op') return nothing
  const found = known.get(node) ?? computed(node)
  known.set(node, found)
  return found
}

function computed(node: OpNode): Facts {
  const primitive = primitives.get(node.op)
  return primitive ? factsOfCall(primitive, callOf(node, primitive)) : nothing
}
