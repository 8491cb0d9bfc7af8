import { multiply } from '../dim/expr.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { hasBatch, isWeight, operands, type Node, type OpNode } from '../graph/graph.ts'
import { isSamePlace } from '../text/source.ts'
import { factsOf } from '../facts/facts-of.ts'
import { macsOf } from '../facts/stats.ts'
import { parameters, type OpName } from '../library/names.ts'
import { argumentOf } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { stepAt } from '../reading/written.ts'
import { libraryCallOf, writtenCall, type LibraryCall } from '../library/library-call.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { multiplyAdds } from './graph/multiply-adds.ts'
import { nodeRule } from './rule.ts'
import { withoutStep } from '../fixes/without-step.ts'
import type { Uses } from './graph/uses.ts'

/**
 * Filters whose maps no reader takes: what is trained in them is nothing, and they are computed each time. Frozen filters are
 * left alone: they come from a file, and a choice of them may be all that is wanted.
 */
export const filtersGatheredAway = nodeRule('lint/filters-gathered-away', (node, uses, modules) => {
  const layer = node.kind === 'op' ? linearLayerOf(node) : undefined
  if (!layer || layer.product !== node || layer.reads === 'one') return undefined
  const filters = Number(node.type.shape.at(-1)!.dim)
  const behind = layer.kernel.trainable && uses.readers(layer.kernel).length === 1 ? gathersBehind(node, uses) : undefined
  if (!behind) return 'fine'
  const { gathers } = behind
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
      fixes: prunedAtSource(layer, behind, kept.size, modules),
    },
  }
})

interface Gathers {
  /** The ops that read nothing but a choice of the channels of a value, all of its readers. */
  readonly gathers: readonly OpNode[]
  /** What stands between the filters and that value. */
  readonly between: readonly OpNode[]
}

function gathersBehind(node: OpNode, uses: Uses): Gathers | undefined {
  const between: OpNode[] = []
  for (let at = node; !uses.isOutput(at); between.push(at)) {
    const readers = uses.readers(at)
    if (readers.length > 0 && readers.every((reader) => takenBy(reader) !== undefined)) return { gathers: readers, between }
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
const takenBy = (node: OpNode): readonly number[] | undefined => factsOf(node).takes?.channels

const choosing: OpName = 'gather.channels'

/**
 * As many filters as are kept, and no choice: what is trained does not depend on the order of the filters. Only within one pipe,
 * where each filter is taken once, and what stands between has weights of its own for each channel, or numbers for all of them.
 */
function prunedAtSource(
  { product, reads }: LinearLayer,
  { gathers, between }: Gathers,
  kept: number,
  modules: Modules,
): readonly Fix[] {
  const [gather, ...others] = gathers
  const [layer, choice] = [product, gather].map((node) => node && libraryCallOf(node.origins[0]))
  if (!gather || others.length > 0 || !layer || choice?.op !== choosing || takenBy(gather)!.length !== kept) return []
  const written = writtenCall(layer, modules)
  const filters = written && argumentOf(written, parameters.filters)
  if (filters?.kind !== 'number' || reads !== 'all' || !between.every(treatsChannelsAlike) || !isOnePipe(layer, choice, modules)) return []
  const gone = withoutStep(choice.span, modules)
  return gone ? [{ title: `make ${kept} filters`, safety: 'unsafe', edits: [{ span: filters.span, text: String(kept) }, gone] }] : []
}

const treatsChannelsAlike = (node: OpNode): boolean =>
  operands(node).every((read) => hasBatch(read.type) || isWeight(read) || read.type.shape.every(({ dim }) => dim === 1))

/** Whether a pipe leads from the filters, its head or a step, to the choice. */
function isOnePipe(layer: LibraryCall, choice: LibraryCall, modules: Modules): boolean {
  const pipe = stepAt(choice.span, modules)?.pipe
  return pipe !== undefined && [pipe.head, ...pipe.steps.map(({ value }) => value)].some(({ span }) => isSamePlace(span, layer.span))
}
