import { add, multiply, subtract, type Dim } from '../../dim/expr.ts'
import type { TensorType } from '../../graph/graph.ts'
import { padsOf } from '../shape/pads.ts'
import { padded } from './padded.ts'
import { extent, tf, type Expression } from './expression.ts'
import type { Window } from '../facts.ts'
import type { Padding } from '../primitive.ts'

interface PatchSizes {
  /** Height and width of the result. */
  readonly result: readonly [Dim, Dim]
  /** The kernel: rows, columns, channels it reads, filters (of each channel where it is depthwise). */
  readonly kernel: readonly [number, number, Dim, Dim]
}

/**
 * A convolution with a kernel for each sample, which tfjs has no call for: the channels under all taps are laid side by side, and
 * the product with the flattened kernel sums over both at once. Map and kernel are batched.
 */
export function perSampleConvolution(
  x: Expression,
  type: TensorType,
  kernel: Expression,
  windows: readonly [Window, Window],
  padding: Padding,
  { result: [height, width], kernel: [rows, columns, read, filters] }: PatchSizes,
): Expression {
  const all = underTaps(padded(x, true, padsOf(type, padding, windows)), windows, [height, width], [rows, columns])
  const depth = extent(multiply(read, rows * columns))
  const patches = tf('reshape', tf('concat', all, 3), [-1, extent(multiply(height, width)), depth])
  const product = tf('matMul', patches, tf('reshape', kernel, [-1, depth, extent(filters)]))
  return tf('reshape', product, [-1, extent(height), extent(width), extent(filters)])
}

/** The same of each channel alone, with kernels [rows, columns, channels, multiplier]: the sum over the taps. */
export function perSampleDepthwise(
  x: Expression,
  type: TensorType,
  kernel: Expression,
  windows: readonly [Window, Window],
  padding: Padding,
  { result: [height, width], kernel: [rows, columns, channels, multiplier] }: PatchSizes,
): Expression {
  const map = padded(x, true, padsOf(type, padding, windows))
  const [h, w, c] = [height, width, channels].map(extent)
  const terms = underTaps(map, windows, [height, width], [rows, columns]).map((part, tap) => {
    const taps = tf('slice', kernel, [0, Math.floor(tap / columns), tap % columns, 0, 0], [-1, 1, 1, -1, -1])
    return multiplier === 1 ? tf('mul', part, tf('reshape', taps, [-1, 1, 1, c])) : tf('mul', tf('reshape', part, [-1, h, w, c, 1]), taps)
  })
  const sum = terms.reduce((all, term) => tf('add', all, term))
  return multiplier === 1 ? sum : tf('reshape', sum, [-1, h, w, extent(multiply(channels, multiplier))])
}

/** What is under each tap in all windows of a padded map, row by row. */
function underTaps(
  map: Expression,
  [down, across]: readonly [Window, Window],
  [height, width]: readonly [Dim, Dim],
  [rows, columns]: readonly [number, number],
): readonly Expression[] {
  const reach = [extent(reached(height, down.stride)), extent(reached(width, across.stride))]
  return Array.from({ length: rows * columns }, (_, tap) => {
    const begin = [0, Math.floor(tap / columns) * down.dilation, (tap % columns) * across.dilation, 0]
    const run = tf('slice', map, begin, [-1, ...reach, -1])
    return down.stride * across.stride === 1 ? run : tf('avgPool', run, 1, [down.stride, across.stride], 'valid')
  })
}

/** From the first to the last of n places that are a stride apart. */
const reached = (n: Dim, stride: number): Dim => add(multiply(subtract(n, 1), stride), 1)
