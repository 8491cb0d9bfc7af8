import { isWeight, type Node } from '../../compiler/graph/graph.ts'
import { pathsAround } from '../../compiler/graph/path.ts'
import { weightingsOf, type Weighting, type Weightings } from '../../compiler/facts/weightings.ts'
import { barsOf, valueFigure, type BarGroup, type ValueFigure, type ValueOptions } from '../../runtime/drawing/value-figure.ts'
import { originalChannels, readByOrigins, type OriginalChannels } from './original-channels.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** The nodes whose values the figure of a node needs. */
export const readByFigure = (node: Node): readonly Node[] => [
  node,
  ...(weightingsOf(node)?.parts ?? []).map(({ weights }) => weights),
  ...readByOrigins(node),
]

/** The figure of a node: its value, and below it the weights by which its maps were multiplied, added or mixed. */
export function nodeFigure(
  title: string,
  node: Node,
  valueOf: (node: Node) => TensorData,
  options: Pick<ValueOptions, 'colors' | 'scale' | 'page'>,
): ValueFigure | undefined {
  const weightings = weightingsOf(node)
  const direct = directWeights(node, valueOf)
  const origins = originalChannels(node, valueOf)
  return valueFigure(title, valueOf(node), {
    ...options,
    trained: isWeight(node),
    ...(direct ? { channelWeights: direct } : {}),
    groups: weightings ? groupsOf(weightings, valueOf) : [],
    ...(origins && { labels: labelsOf(origins) }),
  })
}

/** The numbers that the channels of a node were multiplied by, one for all or one for each, where it is that product. */
export function directWeights(node: Node, valueOf: (node: Node) => TensorData): Float32Array | undefined {
  const weightings = weightingsOf(node)
  return weightings?.kind === 'scaled' && weightings.product === node ? valueOf(weightings.parts[0].weights).values : undefined
}

/** As over kernels: from which channel, to which. */
const labelsOf = ({ of, indices }: OriginalChannels): NonNullable<ValueOptions['labels']> => ({
  texts: indices.map((index, i) => `${index}→${i}`),
  note: `each: channel of ${nameOf(of)}→channel here`,
})

function groupsOf({ kind, parts }: Weightings, valueOf: (node: Node) => TensorData): readonly BarGroup[] {
  const numbers = ({ weights }: Weighting): Float32Array => valueOf(weights).values
  if (kind !== 'combined') {
    const heading = kind === 'mixed' ? 'weights of the mixed kernels' : 'weights'
    return parts.map((part) => ({ title: `${heading}: ${nameOf(part.weights)}`, bars: barsOf(numbers(part)) }))
  }
  if (parts.every((part) => numbers(part).length === 1)) {
    return [
      { title: 'weights of the maps added', bars: parts.map((part) => ({ label: nameOf(part.map), value: numbers(part)[0]! })) },
    ]
  }
  return parts.map((part) => ({ title: `weights of ${nameOf(part.map)}`, bars: barsOf(numbers(part)) }))
}

/** An op by its scope, which is what a reader of the model knows; anything else by its path. */
export const nameOf = ({ kind, path, segments }: Node): string => {
  if (kind === 'constant') return 'given numbers'
  return (kind === 'op' && pathsAround(segments).at(-1)) || path
}
