import { printDim } from '../dim/print.ts'
import { isWeight, type Node } from '../graph/graph.ts'
import { channelScalingOf } from './graph/channel-scaling.ts'
import { nodeRule } from './rule.ts'

/**
 * Two scalings of the same channels with nothing between them, where the first has no other reader and both are trained, or
 * neither: one does what both do.
 */
export const weightingTwice = nodeRule('lint/weighting-twice', (node, uses) => {
  const second = channelScalingOf(node)
  if (!second || node.kind !== 'op') return undefined
  const first = channelScalingOf(second.map)
  if (!first || first.op !== second.op || first.map.kind === 'constant' || second.map.kind !== 'op') return 'fine'
  const shared =
    !uses.onlyUse(second.map, node) || !uses.onlyUse(first.factors, second.map) || !uses.onlyUse(second.factors, node)
  if (shared || isTrained(first.factors) !== isTrained(second.factors)) return 'fine'
  const channels = printDim(node.type.shape.at(-1)?.dim ?? 1)
  return {
    facts: { op: second.op, channels },
    details: { labels: [{ origin: second.map.origins[0], text: `${channels} weights here already` }] },
  }
})

const isTrained = (node: Node): boolean => isWeight(node) && node.trainable
