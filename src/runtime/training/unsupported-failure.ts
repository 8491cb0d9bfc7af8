import type { Unsupported } from '../../codegen/unsupported.ts'
import { placeOf, userOrigin } from '../../compiler/text/source.ts'
import { Failure, problem } from '../failure/failure.ts'

/** The ops of a model that TensorFlow.js cannot compute, which are one or more. */
export function unsupportedFailure(nodes: readonly Unsupported[]): Failure {
  const [first, ...rest] = nodes.map(({ node, reason }) =>
    problem('training/unsupported', { node: node.path, reason }, { file: placeOf(userOrigin(node.origins[0]).span) }),
  )
  return new Failure([first!, ...rest])
}
