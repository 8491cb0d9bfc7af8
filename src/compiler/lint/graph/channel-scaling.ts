import { isProduct } from '../../facts/linearity.ts'
import type { Node } from '../../graph/graph.ts'
import type { OpName } from '../../library/names.ts'

/** A map times one number for each of its channels that no input decides. */
interface ChannelScaling {
  /** The op of the library that made it: `weight.learned`. */
  readonly op: string
  readonly map: Node
  readonly factors: Node
}

const scalings: ReadonlySet<string> = new Set<OpName>(['weight.learned', 'weight.static', 'gather.gate'])

/** The scaling of channels that a node is, where an op of the library made it. */
export function channelScalingOf(node: Node): ChannelScaling | undefined {
  const { frame } = node.origins[0]
  if (node.kind !== 'op' || !isProduct(node) || !frame?.definition.source.library || !scalings.has(frame.name))
    return undefined
  const { a: map, b: factors } = node.args
  return map && factors && 'kind' in map && 'kind' in factors ? { op: frame.name, map, factors } : undefined
}
