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
  /** The kernel: rows, columns, channels it reads, filters. */
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
  const [down, across] = windows
  const map = padded(x, true, padsOf(type, padding, windows))
  const reach = [extent(reached(height, down.stride)), extent(reached(width, across.stride))]
  const under = (row: number, column: number): Expression => {
    const run = tf('slice', map, [0, row * down.dilation, column * across.dilation, 0], [-1, ...reach, -1])
    return down.stride * across.stride === 1 ? run : tf('avgPool', run, 1, [down.stride, across.stride], 'valid')
  }
  const all = Array.from({ length: rows * columns }, (_, tap) => under(Math.floor(tap / columns), tap % columns))
  const depth = extent(multiply(read, rows * columns))
  const patches = tf('reshape', tf('concat', all, 3), [-1, extent(multiply(height, width)), depth])
  const product = tf('matMul', patches, tf('reshape', kernel, [-1, depth, extent(filters)]))
  return tf('reshape', product, [-1, extent(height), extent(width), extent(filters)])
}

/** From the first to the last of n places that are a stride apart. */
const reached = (n: Dim, stride: number): Dim => add(multiply(subtract(n, 1), stride), 1)
