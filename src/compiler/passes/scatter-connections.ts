import { factsOf } from '../facts/facts-of.ts'
import { macsOf } from '../facts/stats.ts'
import type { Node, OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { channelMixOf, differOnlyAlong, type ChannelMix } from './channel-mix.ts'
import { costOf } from './cost.ts'
import { joinNeighbours } from './join-neighbours.ts'

/**
 * concatⱼ(conv(gather(x, iⱼ), Wⱼ)) = conv(x, W) with W[…, iⱼ[p], j·o + f] = Σ Wⱼ[…, p, f], zero elsewhere: a table of connections
 * as one kernel. Rows of the kernels, next to each other, times a constant matrix of zeros and ones: an index that repeats adds, and the
 * gradient of each Wⱼ is that of its own elements alone, as the zeros of W are no weights.
 *
 * For kernels of one window with o filters each, the channels and filters of which are their last axes. Multiply-adds by zeros are spent to save
 * calls: the cost decides.
 */
export const scatterConnections = joinNeighbours(
  (first, other) => {
    const [a, b] = [connectionsOf(first), connectionsOf(other)]
    return a !== undefined && b !== undefined && a.source === b.source && differOnlyAlong(a.reads, a.kernel, b.kernel)
  },
  ({ parts, instead }, isReadOnce) => {
    const [first] = parts
    const list = parts.map((part) => connectionsOf(part)!)
    const { source, channels, inputs, reads, of, by, window, filters } = list[0]!
    const taps = window.reduce((product, extent) => product * extent, 1)
    if (list.every(({ x }) => x === list[0]!.x)) return undefined
    const gathers = [...new Set(list.map(({ x }) => x))].filter((x) => x !== source && isReadOnce(x))
    const columns = inputs * filters * parts.length
    const rows = list.flatMap(({ channels: chosen }, j) => chosen.map((channel) => ({ channel, j })))

    const macs = list.reduce((sum, one) => sum + one.macs, 0)
    const dense = (list[0]!.macs / channels.length) * inputs * parts.length
    const before = costOf({ calls: parts.length + 1 + gathers.length, macs })
    const elements = rows.length * filters * columns
    const after = costOf({ calls: 5, macs: dense, weightMacs: taps * elements, fetched: elements })
    if (after >= before) return undefined

    const make = instead(gathers)
    const joined = make.op('concatenate', { parts: list.map(({ kernel }) => kernel) }, { axis: reads })
    const flat = make.op('reshape', { x: joined }, { shape: [taps, rows.length * filters] })
    const places = Array.from({ length: elements }, () => 0)
    for (const [row, { channel, j }] of rows.entries())
      for (let f = 0; f < filters; f++) places[(row * filters + f) * columns + (channel * parts.length + j) * filters + f] = 1
    const scattered = make.op('matmul', { a: flat, b: make.constant([rows.length * filters, columns], places) })
    const kernel = make.op('reshape', { x: scattered }, { shape: [...window, inputs, parts.length * filters] })
    return make.op(first.op, { ...first.args, [of]: source, [by]: kernel }, first.attributes)
  },
)

interface Connections extends ChannelMix {
  /** What the channels are gathered from, and how many it has. */
  readonly source: Node
  readonly inputs: number
  readonly channels: readonly number[]
  /** The extents of the kernel before its channels. */
  readonly window: readonly number[]
  readonly filters: number
  readonly macs: number
}

function connectionsOf(node: OpNode): Connections | undefined {
  const mix = channelMixOf(node)
  if (!mix || mix.makes !== mix.reads + 1 || mix.makes !== mix.kernel.type.shape.length - 1) return undefined
  const { source, channels } = gatheredFrom(mix.x)
  const inputs = source?.type.shape.at(-1)?.dim
  const macs = macsOf(node)
  const extents = mix.kernel.type.shape.map(({ dim }) => dim).filter((dim) => typeof dim === 'number')
  if (!source || typeof inputs !== 'number' || typeof macs !== 'number' || extents.length < mix.kernel.type.shape.length) return undefined
  const all = Array.from({ length: inputs }, (_, channel) => channel)
  return { ...mix, source, inputs, channels: channels ?? all, window: extents.slice(0, mix.reads), filters: extents[mix.makes]!, macs }
}

/** The map that x has channels of, and which; x itself where it is no gathering. */
function gatheredFrom(x: Node): { readonly source: Node | undefined; readonly channels?: readonly number[] } {
  const { takes } = factsOf(x)
  if (x.kind !== 'op' || !takes?.whole) return { source: x }
  return { source: operandOf(x, takes.of), channels: takes.channels }
}
