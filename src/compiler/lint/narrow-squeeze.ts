import { printDim } from '../dim/print.ts'
import { argumentOf, libraryCallOf, withArgument, writtenCall } from './library-call.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { fixedByHand, nodeRule } from './rule.ts'
import { saidHere } from '../text/said-here.ts'

/**
 * Fewer hidden units than this make nearly the same weights of every sample: MobileNetV3 and EfficientNet squeeze to 8 and 4 at
 * least.
 */
const fewest = 4

const squeezes: ReadonlySet<string> = new Set(['weight.attention', 'weight.cbam'])

/**
 * An excitation through very few channels. A number of hidden channels that is written as such is meant, and maps of fewer than
 * twice that many channels leave no better choice.
 */
export const narrowSqueeze = fixedByHand(nodeRule('lint/narrow-squeeze', (node) => {
  const layer = node.kind === 'op' ? linearLayerOf(node) : undefined
  const call = libraryCallOf(node.origins[0])
  if (!layer || layer.product !== node || node.op !== 'matmul' || !call || !squeezes.has(call.name)) return undefined
  const [channels, hidden] = layer.kernel.type.shape.map(({ dim }) => Number(dim)) as [number, number]
  // the layer that expands again
  if (hidden >= channels) return undefined
  const written = writtenCall(call)
  if (hidden >= fewest || channels < 2 * fewest) return 'fine'
  if (!written || (call.name === 'weight.attention' && argumentOf(written, 'hidden', 2))) return 'fine'
  const ratio = String(Math.floor(channels / fewest))
  const edit = withArgument(written, 'ratio', 1, ratio)
  const extent = layer.x.type.shape[0]!
  return {
    facts: { op: call.name, channels: String(channels), hidden: String(hidden) },
    details: {
      labels: [{ origin: extent.origin, ...saidHere(`${printDim(extent.dim)} channels`, 'decided') }],
      notes: [`ratio: ${ratio} leaves ${Math.floor(channels / Number(ratio))}`],
      fixes: edit ? [{ title: `squeeze less: ratio: ${ratio}`, edits: [edit] }] : [],
    },
  }
}))
