import type { Node } from '../graph/graph.ts'
import { callOf } from '../primitives/call-of.ts'
import type { Facts } from '../primitives/facts.ts'
import { factsOfCall } from '../primitives/facts-of-call.ts'
import { primitives } from '../primitives/index.ts'

/** What is certain of the value of a node of a checked graph, from what it computes; nothing of inputs, weights and constants. */
export function factsOf(node: Node): Facts {
  const primitive = node.kind === 'op' ? primitives.get(node.op) : undefined
  return primitive && node.kind === 'op' ? factsOfCall(primitive, callOf(node, primitive)) : {}
}
