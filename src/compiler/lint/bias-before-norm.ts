import type { Node, OpNode } from '../graph/graph.ts'
import { printDim } from '../dim/print.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { parameters } from '../library/names.ts'
import { withArgument } from '../library/written-call.ts'
import { libraryCallOf, writtenCall } from '../library/library-call.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { nodeRule, onlyWhenAsked } from './rule.ts'
import type { Uses } from './graph/uses.ts'

/**
 * Batch normalisation subtracts the mean of each channel, the bias with it (Ioffe and Szegedy 2015, section 3.2). Of blocks of
 * the library that have no bias to leave out nothing is said.
 */
export const biasBeforeNorm = onlyWhenAsked(nodeRule('lint/bias-before-norm', (node, uses, modules) => {
  const layer = linearLayerOf(node)
  if (!layer?.bias || node.kind !== 'op') return undefined
  const norm = normBehind(node, uses)
  if (!norm || !uses.readers(layer.bias).every((reader) => normBehind(reader, uses))) return 'fine'
  const call = libraryCallOf(node.origins[0])
  if (call && !parameters.bias.has(call.op)) return undefined
  const written = call && writtenCall(call, modules)
  const without = written && withArgument(written, parameters.bias, 'false')
  return {
    facts: {
      op: call?.op ?? 'the layer',
      norm: calledOp(norm.op, norm.origins[0]),
      count: printDim(layer.bias.type.shape[0]!.dim),
    },
    details: {
      labels: [{ origin: norm.origins[0], text: 'the mean of each channel is taken out here' }],
      fixes: without ? [{ title: `leave the bias out: ${without.text}`, safety: 'unsafe', edits: [without.edit] }] : [],
    },
  }
}))

/** The batch normalisation that alone reads a value, by the statistics of the batch. */
function normBehind(node: Node, uses: Uses): OpNode | undefined {
  const [reader] = uses.readers(node)
  return reader?.op === 'batch_norm' && !reader.frozen && reader.args['x'] === node && uses.onlyUse(node, reader)
    ? reader
    : undefined
}
