import { printDim } from '../dim/print.ts'
import { isWeight } from '../graph/graph.ts'
import { channelScalingOf } from './graph/channel-scaling.ts'
import { nodeRule } from './rule.ts'

/**
 * A trained factor for each channel directly before a batch normalisation in training, which divides each channel by its own
 * spread.
 */
export const scaleBeforeNorm = nodeRule('lint/scale-before-norm', (node, uses) => {
  if (node.kind !== 'op' || node.op !== 'batch_norm') return undefined
  const { x } = node.args
  const scaling = x && 'kind' in x ? channelScalingOf(x) : undefined
  if (!scaling || !x || !('kind' in x) || node.frozen || !uses.onlyUse(x, node)) return 'fine'
  const { factors, op } = scaling
  if (!isWeight(factors) || !factors.trainable || x.kind !== 'op' || !uses.onlyUse(factors, x)) return 'fine'
  const channels = printDim(x.type.shape.at(-1)?.dim ?? 1)
  const starts = factors.init.kind === 'constant' ? `, all ${factors.init.value} at first` : ''
  return {
    facts: { op, channels },
    details: {
      labels: [{ origin: x.origins[0], text: `${channels} factors${starts}` }],
      notes: [`weights behind the normalisation count; its own scale are such weights`],
    },
  }
})
