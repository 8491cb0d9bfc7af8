import { printDim } from '../dim/print.ts'
import { parameters } from '../library/names.ts'
import { argumentOf, withArgument } from '../library/written-call.ts'
import { libraryCallOf, writtenCall } from '../library/library-call.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { nodeRule } from './rule.ts'
import { labelText } from '../text/label-text.ts'

/**
 * Fewer hidden units than this make nearly the same weights of every sample: MobileNetV3 and EfficientNet squeeze to 8 and 4 at
 * least.
 */
const fewest = 4

/**
 * An excitation through very few channels. A number of hidden channels that is written as such is meant, and maps of fewer than
 * twice that many channels leave no better choice.
 */
export const narrowSqueeze = nodeRule('lint/narrow-squeeze', (node, _uses, modules) => {
  const layer = node.kind === 'op' ? linearLayerOf(node) : undefined
  const call = libraryCallOf(node.origins[0])
  if (!layer || layer.product !== node || factsOf(node).windows || !call || !parameters.ratio.has(call.op)) return undefined
  const [channels, hidden] = layer.kernel.type.shape.map(({ dim }) => Number(dim)) as [number, number]
  // the layer that expands again
  if (hidden >= channels) return undefined
  const written = writtenCall(call, modules)
  if (hidden >= fewest || channels < 2 * fewest) return 'fine'
  if (!written || argumentOf(written, parameters.hidden)) return 'fine'
  const ratio = String(Math.floor(channels / fewest))
  const squeezed = withArgument(written, parameters.ratio, ratio)
  const extent = layer.x.type.shape[0]!
  return {
    facts: { op: call.op, channels: String(channels), hidden: String(hidden) },
    details: {
      labels: [{ origin: extent.origin, ...labelText(`${printDim(extent.dim)} channels`, 'decided') }],
      notes: [`${parameters.ratio.get(call.op)}: ${ratio} leaves ${Math.floor(channels / Number(ratio))}`],
      fixes: squeezed ? [{ title: `squeeze less: ${squeezed.text}`, safety: 'unsafe', edits: [squeezed.edit] }] : [],
    },
  }
})
