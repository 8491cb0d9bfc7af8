import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import { isWeight, type Node } from '../../compiler/graph/graph.ts'
import { placeOf, userOrigin } from '../../compiler/text/source.ts'
import { Failure, problem } from '../failure/failure.ts'

/** Whether no element of any tensor is infinite or NaN: times 0 they are NaN, and everything else is 0. */
export const allFinite = (tf: Tfjs, tensors: readonly Tensor[]): boolean =>
  tf.tidy(() => tf.addN(tensors.map((tensor) => tf.sum(tf.mul(tensor, 0)))).dataSync()[0] === 0)

interface Divergence {
  readonly step: number
  /** Runs the forward pass of the step again and shows each value, those that others are computed from first. */
  readonly watched: (watch: (node: Node, value: Tensor) => void) => void
  /** What the forward pass would write into states. */
  readonly updates: Tensors
  readonly gradients: Tensors
  /** What the weights would be after the step. */
  readonly weights: Tensors
}

type Tensors = readonly (readonly [weight: Node, tensor: Tensor])[]

/** The failure that names the first value of a step that is not finite: of the forward pass, or else of what is made of it. */
export function notFinite(tf: Tfjs, { step, watched, updates, gradients, weights }: Divergence): Failure {
  let first: Node | undefined
  watched((node, value) => {
    if (!first && !allFinite(tf, [value])) first = node
  })
  const among = (tensors: Tensors, words: string): readonly Found[] =>
    tensors.filter(([, value]) => !allFinite(tf, [value])).map(([node]) => ({ what: `${words} ${node.path}`, node }))
  const found: readonly Found[] = first
    ? [{ what: wordsFor(first), node: first }]
    : [
        ...among(updates, 'the new value of the state'),
        ...among(gradients, 'the gradient of the weight'),
        ...among(weights, 'the new value of the weight'),
      ]
  const { what, node }: Found = found[0] ?? { what: 'the loss' }
  return new Failure([
    problem(
      'training/not-finite',
      { step: String(step), what },
      { ...(node && { file: placeOf(userOrigin(node.origins[0]).span) }), notes: node?.kind === 'input' || (node && isWeight(node) && node === first) ? given : remedies },
    ),
  ])
}

interface Found {
  readonly what: string
  readonly node?: Node
}

const wordsFor = (node: Node): string => {
  if (node.kind === 'input') return `the input ${node.name}`
  return isWeight(node) ? `the weight ${node.path}` : `the value of ${node.path}`
}

/** Where it was no step that made it. */
const given = ['no weight was changed by this step', 'it was so before the step: look at the data, --normalize and --weights']

const remedies = [
  'no weight was changed by this step',
  'a smaller --learning-rate, or --clip 1, keeps steps from growing without bound',
]
