import type { OpNode } from '../../compiler/graph/graph.ts'
import { primitives } from '../../compiler/primitives/index.ts'
import type { TrainingStep } from '../../compiler/primitives/target.ts'
import { targetCall } from '../target-call.ts'
import { expressionOf } from './expression-of.ts'

/** What a node computes in training, or why TensorFlow.js cannot compute it. */
export function trainingOf(node: OpNode): TrainingStep | { readonly unsupported: string } {
  const value = expressionOf(node)
  if ('unsupported' in value) return value
  const primitive = primitives.get(node.op)
  const train = primitive?.targets.tfjs.train
  if (!train || node.frozen) return { locals: {}, value, updates: {} }
  return train(targetCall(node, primitive), { result: node.type })
}
