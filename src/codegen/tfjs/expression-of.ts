import type { OpNode } from '../../compiler/graph/graph.ts'
import type { Expression } from '../../compiler/primitives/tfjs/expression.ts'
import { primitives } from '../../compiler/primitives/index.ts'
import { targetCall } from '../target-call.ts'

/** The TensorFlow.js expression that computes a node, or why there is none. */
export function expressionOf(node: OpNode): Expression | { readonly unsupported: string } {
  const primitive = primitives.get(node.op)
  if (!primitive) return { unsupported: `there is no primitive ${node.op}` }
  return primitive.targets.tfjs.run(targetCall(node, primitive), { result: node.type })
}
