import type { OpNode } from '../../../compiler/graph/graph.ts'
import { primitives } from '../../../compiler/primitives/index.ts'
import type { Expression } from '../../../compiler/primitives/tfjs/expression.ts'
import { targetCall } from '../../target-call.ts'
import { expressionOf } from '../expression-of.ts'

/** What a module calls for a node: in training too, where functions of the runtime file do what is done otherwise then. */
export function emittedExpression(node: OpNode): Expression | { readonly unsupported: string } {
  const expression = expressionOf(node)
  const primitive = primitives.get(node.op)
  const module = primitive?.targets.tfjs.module
  if ('unsupported' in expression || !module) return expression
  return module(targetCall(node, primitive), { result: node.type, frozen: node.frozen }) ?? expression
}
