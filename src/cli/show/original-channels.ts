import { channelOrigins, type Choice } from '../../compiler/facts/channel-origins.ts'
import type { Node } from '../../compiler/graph/graph.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Which channels of another value those of a value are. */
export interface OriginalChannels {
  readonly of: Node
  readonly indices: readonly number[]
}

/** The nodes whose values decide it. */
export const readByOrigins = (node: Node): readonly Node[] =>
  (channelOrigins(node)?.choices ?? []).flatMap((choice) => (choice.kind === 'matrix' ? [choice.matrix] : []))

/** For one sample; undefined where nothing was chosen, and where a matrix mixes channels. */
export function originalChannels(node: Node, valueOf: (node: Node) => TensorData): OriginalChannels | undefined {
  const origins = channelOrigins(node)
  if (!origins) return undefined
  let indices: readonly number[] | undefined
  for (const choice of origins.choices) {
    const chosen = channelsOf(choice, valueOf)
    if (!chosen) return undefined
    indices = indices ? indices.map((index) => chosen[index]!) : chosen
  }
  return indices && { of: origins.of, indices }
}

function channelsOf(choice: Choice, valueOf: (node: Node) => TensorData): readonly number[] | undefined {
  if (choice.kind === 'list') return choice.channels
  const { shape: [rows = 0, columns = 0], values } = valueOf(choice.matrix)
  const chosen = Array.from({ length: columns }, (_, column) =>
    Array.from({ length: rows }, (_row, row) => row).filter((row) => values[row * columns + column] !== 0),
  )
  return chosen.every((ones, column) => ones.length === 1 && values[ones[0]! * columns + column] === 1) ? chosen.flat() : undefined
}
