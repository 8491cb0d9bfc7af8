import { multiply } from '../dim/expr.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { hasBatch, operands, type Node, type OpNode } from '../graph/graph.ts'
import { textOf } from '../text/source.ts'
import { factsOf } from '../facts/facts-of.ts'
import { macsOf } from '../facts/stats.ts'
import { argumentOf, expressionAt, libraryCallOf, writtenCall, type LibraryCall } from './library-call.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { multiplyAdds } from './multiply-adds.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { withoutStep } from './step.ts'
import type { Uses } from './uses.ts'
import { own } from '../text/own.ts'

/**
 * Filters whose maps no reader takes: what is trained in them is nothing, and they are computed each time. Frozen filters are
 * left alone: they come from a file, and a choice of them may be all that is wanted.
 */
export const filtersGatheredAway = nodeRule('lint/filters-gathered-away', (node, uses) => {
  const layer = node.kind === 'op' ? linearLayerOf(node) : undefined
  if (!layer || layer.product !== node || layer.channelwise) return undefined
  const filters = Number(node.type.shape.at(-1)!.dim)
  const gathers = layer.kernel.trainable && uses.readers(layer.kernel).length === 1 ? gathersBehind(node, uses) : undefined
  const [gather] = gathers ?? []
  if (!gathers || !gather) return 'fine'
  const kept = new Set(gathers.flatMap((one) => takenBy(one) ?? []))
  if (kept.size === filters) return 'fine'
  const gone = filters - kept.size
  return {
    facts: {
      op: calledOp(node.op, node.origins[0]),
      gone: String(gone),
      filters: String(filters),
      macs: multiplyAdds(multiply(macsOf(node), gone / filters)),
    },
    details: {
      labels: gathers.map((one) => ({ origin: one.origins[0], text: `takes ${takenBy(one)!.length} of ${filters}` })),
      fixes: gathers.length === 1 ? prunedAtSource(node, gather, kept.size) : [],
    },
  }
})

/** The ops that read nothing but a choice of the channels of a value, where all of its readers are such. */
function gathersBehind(node: OpNode, uses: Uses): readonly OpNode[] | undefined {
  for (let at = node; !uses.isOutput(at); ) {
    const readers = uses.readers(at)
    if (readers.length > 0 && readers.every((reader) => takenBy(reader) !== undefined)) return readers
    const [reader] = readers
    if (!reader || readers.length > 1 || !keepsChannels(reader, at)) return undefined
    at = reader
  }
  return undefined
}

/** Whether each channel of the result comes from the same channel of one map, and of nothing else that an input decides. */
function keepsChannels(reader: OpNode, map: Node): boolean {
  const { elementwise, perChannel = [] } = factsOf(reader)
  const others = operands(reader).filter((read) => read !== map)
  const sameChannels = reader.type.shape.at(-1)?.dim === map.type.shape.at(-1)?.dim
  const isKept = elementwise || perChannel.some((parameter) => reader.args[parameter] === map)
  return isKept === true && sameChannels && others.every(({ type }) => !hasBatch(type))
}

/** The channels that an op takes out of a map or vector. */
function takenBy(node: OpNode): readonly number[] | undefined {
  const last = (operandOf(node, 'x')?.type.shape.length ?? 0) - 1
  const { axis, indices, begin, size } = node.attributes
  if (node.op === 'take' && (axis === -1 || axis === last) && Array.isArray(indices)) return indices.map(Number)
  if (node.op !== 'slice' || !Array.isArray(begin) || !Array.isArray(size)) return undefined
  const [from, count] = [begin.at(-1) as unknown, size.at(-1) as unknown]
  return typeof from === 'number' && typeof count === 'number' ? Array.from({ length: count }, (_, i) => from + i) : undefined
}

/** Which parameter of the library's ops the number of filters is. */
const filtersOf: Readonly<Record<string, string>> = { conv: 'filters', 'conv.transpose': 'filters', dense: 'units' }

/**
 * As many filters as are kept, and no choice: what is trained does not depend on the order of the filters. Only within one pipe,
 * where nothing but activations and normalisations stands between, and each filter is taken once.
 */
function prunedAtSource(product: OpNode, gather: OpNode, kept: number): readonly Fix[] {
  const [layer, choice] = [libraryCallOf(product.origins[0]), libraryCallOf(gather.origins[0])]
  const written = layer && writtenCall(layer)
  const parameter = layer && own(filtersOf, layer.name)
  if (!written || !parameter || choice?.name !== 'gather.channels' || takenBy(gather)!.length !== kept) return []
  const filters = argumentOf(written, parameter, 1)
  if (filters?.kind !== 'number' || product.attributes['groups'] !== (product.op === 'conv2d' ? 1 : undefined)) return []
  if (!isOnePipe(layer, choice)) return []
  const gone = withoutStep(choice.span)
  return gone ? [{ title: `make ${kept} filters`, edits: [{ span: filters.span, text: String(kept) }, gone] }] : []
}

/** Steps between which nothing has to know the number of channels. */
const free: ReadonlySet<string> = new Set([
  'relu',
  'relu6',
  'leaky_relu',
  'elu',
  'sigmoid',
  'tanh',
  'norm.batch',
  'pool.max',
  'pool.avg',
  'dropout',
])

function isOnePipe(layer: LibraryCall, choice: LibraryCall): boolean {
  if (layer.span.source !== choice.span.source || layer.span.end > choice.span.start) return false
  const pipe = expressionAt({ ...layer.span, end: choice.span.end })
  if (pipe.kind !== 'pipe' || pipe.head.span.end !== layer.span.end || pipe.steps.at(-1)?.value.span.start !== choice.span.start)
    return false
  const between = pipe.steps.slice(0, -1).map(({ value }) => textOf(value.kind === 'call' ? value.callee.span : value.span))
  return between.every((step) => free.has(step))
}
