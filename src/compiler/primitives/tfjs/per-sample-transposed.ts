import { add, multiply, subtract, type Dim } from '../../dim/expr.ts'
import type { TensorType } from '../../graph/graph.ts'
import type { Padding } from '../primitive.ts'
import { knownTaps } from '../shape/convolution-window.ts'
import { mapOf } from '../shape/map-of.ts'
import { axisPadding, spanOf } from '../shape/window.ts'
import { repeatedMap } from './convolution-call.ts'
import { argument, extent, runtime, tf, type Expression } from './expression.ts'
import { perSampleConvolution } from './per-sample-convolution.ts'
import { spreadAlong } from './zero-stuffed.ts'

interface Sizes {
  readonly map: readonly [height: Dim, width: Dim, channels: Dim]
  readonly kernel: readonly [rows: number, columns: number, filters: Dim]
  readonly result: readonly [height: Dim, width: Dim]
}

/**
 * A transposed convolution with a kernel for each sample: the convolution of the map, with zeros between its elements, with the kernel
 * turned round. Map and kernel are batched.
 */
export function perSampleTransposed(
  x: Expression,
  type: TensorType,
  kernel: Expression,
  stride: readonly [number, number],
  padding: Padding,
  { map: [height, width, channels], kernel: [rows, columns, filters], result }: Sizes,
): Expression {
  const [down, across] = stride
  const tall = spanOf({ size: height, stride: 1, dilation: down })
  const wide = spanOf({ size: width, stride: 1, dilation: across })
  const apart = spreadAlong(spreadAlong(x, -1, height, multiply(width, channels), down), -1, width, channels, across)
  const spread = tf('reshape', apart, [-1, extent(tall), extent(wide), extent(channels)])
  const turned = tf('transpose', tf('reverse', kernel, [1, 2]), [0, 1, 2, 4, 3])
  const [above, left] = [cutOf(rows, down, axisPadding(padding, 0)), cutOf(columns, across, axisPadding(padding, 1))]
  const around = [[rows - 1, rows - 1 + above.missing], [columns - 1, columns - 1 + left.missing]] as const
  const windows = [{ size: rows, stride: 1, dilation: 1 }, { size: columns, stride: 1, dilation: 1 }] as const
  const whole = [add(tall, rows - 1 + above.missing), add(wide, columns - 1 + left.missing)] as const
  const sizes = { result: whole, kernel: [rows, columns, channels, filters] } as const
  const full = perSampleConvolution(spread, type, turned, windows, around, sizes)
  const isWhole = above.before === 0 && left.before === 0 && whole.every((dim, axis) => subtract(dim, result[axis]!) === 0)
  return isWhole ? full : tf('slice', full, [0, above.before, left.before, 0], [-1, ...result.map(extent), -1])
}

/** The same as one call of the runtime file of emitted modules. */
export function runtimeTransposed(
  x: TensorType,
  kernel: TensorType,
  stride: readonly [number, number],
  padding: Padding,
  result: TensorType,
): Expression {
  const [rows, columns] = knownTaps(kernel)
  const cut = [cutOf(rows, stride[0], axisPadding(padding, 0)).before, cutOf(columns, stride[1], axisPadding(padding, 1)).before]
  const size = [mapOf(result).h.dim, mapOf(result).w.dim].map(extent)
  return runtime('conv2dTransposePerSample', repeatedMap(x), argument('kernel'), size, stride, cut)
}

/** What is cut off before the result, and what is missing behind it where a stride is longer than the kernel. */
function cutOf(size: number, stride: number, padding: ReturnType<typeof axisPadding>): { readonly before: number; readonly missing: number } {
  if (padding !== 'same') return { before: padding[0], missing: 0 }
  return { before: Math.floor(Math.max(size - stride, 0) / 2), missing: Math.max(stride - size, 0) }
}
