import { keyOf } from '../dim/expr.ts'
import { factsOf } from '../facts/facts-of.ts'
import { hasBatch, type Node } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'

/** An op whose filters read all channels of a map or vector: convolutions without groups, matrix products. */
export interface ChannelMix {
  readonly x: Node
  /** The parameters that x and the kernel are given for. */
  readonly of: string
  readonly by: string
  readonly kernel: Node
  /** The axes of the kernel along the channels of x, and along the filters. */
  readonly reads: number
  readonly makes: number
}

export function channelMixOf(node: Node): ChannelMix | undefined {
  if (node.kind !== 'op') return undefined
  const { kernel: weighing } = factsOf(node)
  if (weighing?.reads === undefined) return undefined
  const [makes, ...others] = weighing.makes
  const [x, kernel] = [operandOf(node, weighing.of), operandOf(node, weighing.by)]
  if (!x || !kernel || !hasBatch(x.type) || kernel.type.depends !== 'weights' || makes === undefined || others.length > 0) return undefined
  const [read, channels] = [kernel.type.shape[weighing.reads], x.type.shape.at(-1)]
  if (!read || !channels || keyOf(read.dim) !== keyOf(channels.dim)) return undefined
  return { x, of: weighing.of, by: weighing.by, kernel, reads: weighing.reads, makes }
}

/** Whether two kernels differ in this axis alone, if at all. */
export const differOnlyAlong = (axis: number, a: Node, b: Node): boolean =>
  a.type.shape.length === b.type.shape.length &&
  a.type.shape.every(({ dim }, i) => i === axis || keyOf(dim) === keyOf(b.type.shape[i]!.dim))
