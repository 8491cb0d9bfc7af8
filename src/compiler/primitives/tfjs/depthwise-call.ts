import { add, modulo, multiply, negate, type Dim } from '../../dim/expr.ts'
import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { isSpread, type Geometry } from '../shape/convolution-window.ts'
import { padsOf } from '../shape/pads.ts'
import { padded, paddedFor } from './padded.ts'
import { extent, tf, type Expression } from './expression.ts'
import type { Window } from '../facts.ts'
import { spanOf } from '../shape/window.ts'
import { zeroStuffed } from './zero-stuffed.ts'

/** The extents of a depthwise kernel: [kh, kw, C, multiplier]. */
type DepthwiseSizes = readonly [Dim, Dim, Dim, Dim]

/**
 * A dilated kernel is stuffed with zeros up to this many taps. Measured on 56x56x64, 3x3, dilation 2 and 6, in ms: zeros 3 and 49
 * on wasm, 3 and 12 on tfjs-node; through the batch 44 and 58 on wasm, 2 and 2 on tfjs-node.
 */
const stuffedTaps = 49

/**
 * The depthwise convolution of a map. tfjs-node ignores a dilation silently and refuses strides that differ, so neither reaches
 * it.
 */
export function depthwiseCall(
  x: Expression,
  type: TensorType,
  kernel: Expression,
  sizes: DepthwiseSizes,
  geometry: Geometry,
): Expression {
  const { stride, dilation, padding } = geometry
  const rows = { size: sizes[0], stride: stride[0], dilation: dilation[0] }
  const columns = { size: sizes[1], stride: stride[1], dilation: dilation[1] }
  if (isSpread(dilation) && !isSpread(stride) && !fewTaps(rows, columns)) {
    return throughBatch(x, type, kernel, [rows, columns], geometry)
  }
  const filter = isSpread(dilation) ? zeroStuffed(kernel, sizes, dilation) : kernel
  if (stride[0] === stride[1]) {
    const { x: map, pad } = paddedFor(x, type, padding, [rows, columns])
    return tf('depthwiseConv2d', map, filter, stride, pad)
  }
  const everywhere = tf('depthwiseConv2d', padded(x, hasBatch(type), padsOf(type, padding, [rows, columns])), filter, 1, 'valid')
  // a 1x1 average keeps every stride-th row and column, and has a right gradient on every backend
  return tf('avgPool', everywhere, 1, stride, 'valid')
}

function fewTaps(rows: Window, columns: Window): boolean {
  const taps = multiply(spanOf(rows), spanOf(columns))
  return typeof taps === 'number' && taps <= stuffedTaps
}

/** Each phase of the dilation becomes a sample of its own, where the kernel is undilated (Chen et al. 2018, section 3.1). */
function throughBatch(
  x: Expression,
  type: TensorType,
  kernel: Expression,
  windows: readonly [Window, Window],
  { dilation, padding }: Geometry,
): Expression {
  const pads = padsOf(type, padding, windows)
  const extra = pads.map(([before, after], axis) =>
    modulo(negate(add(type.shape[axis]!.dim, add(before, after))), dilation[axis]!)!,
  )
  const around = pads.map(([before, after], axis) => [extent(before), extent(add(after, extra[axis]!))])
  const samples = hasBatch(type) ? x : tf('expandDims', x, 0)
  const phases = tf('depthwiseConv2d', tf('spaceToBatchND', samples, dilation, around), kernel, 1, 'valid')
  const map = tf(
    'batchToSpaceND',
    phases,
    dilation,
    extra.map((crop) => [0, extent(crop)]),
  )
  return hasBatch(type) ? map : tf('squeeze', map, [0])
}
