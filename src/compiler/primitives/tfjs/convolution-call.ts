import { multiply, type Dim } from '../../dim/expr.ts'
import { hasBatch, type TensorType } from '../../graph/graph.ts'
import { isSpread, kernelWindows, knownTaps, type Geometry } from '../shape/convolution-window.ts'
import { depthwiseCall } from './depthwise-call.ts'
import { paddedFor } from './padded.ts'
import { argument, extent, runtime, tf, type Expression } from './expression.ts'
import { perSampleConvolution } from './per-sample-convolution.ts'
import { repeated } from './sample-axes.ts'
import { padsOf } from '../shape/pads.ts'
import { mapOf } from '../shape/map-of.ts'
import { quotient } from '../shape/window.ts'
import { zeroStuffed } from './zero-stuffed.ts'

interface Call extends Geometry {
  readonly x: TensorType
  readonly kernel: TensorType
  readonly groups: number
}

/** The tfjs expression of `conv2d`: tfjs knows neither groups nor kernels per sample, nor a stride together with a dilation. */
export function convolutionCall(call: Call, result: TensorType): Expression {
  const { x, kernel, groups } = call
  if (hasBatch(kernel)) return perSampleCall(call, result)
  if (isDepthwise(x, groups)) return channelwiseCall(call)
  return inGroups(argument('x'), call, (map, filters) => wholeCall(map, filters, call))
}

/** The same as one call of the runtime file of emitted modules, where it takes many of TensorFlow.js. */
export function runtimeConvolution(call: Call): Expression | undefined {
  const { x, kernel, groups, stride, dilation, padding } = call
  const windows = kernelWindows(kernel, call)
  if (hasBatch(kernel)) return runtimePerSample('conv2dPerSample', call, ...(groups === 1 ? [] : [groups]))
  if (!hasBatch(x)) return undefined
  const stuffed = isSpread(stride) && isSpread(dilation)
  if (isDepthwise(x, groups) || (groups === 1 && !stuffed)) return undefined
  const { x: map, pad } = paddedFor(argument('x'), x, padding, windows)
  const filter = stuffed ? runtime('dilatedKernel', argument('kernel'), dilation) : argument('kernel')
  if (groups === 1) return tf('conv2d', map, filter, stride, pad)
  return runtime('groupedConv2d', map, filter, stride, pad, groups, isSpread(dilation) && !stuffed ? dilation : 1)
}

/** The same for kernels of each sample, unless sizes of inputs decide the pads. */
export function runtimePerSample(
  fn: string,
  { x, kernel, stride, padding, dilation }: Geometry & Pick<Call, 'x' | 'kernel'>,
  ...groups: readonly number[]
): Expression | undefined {
  const pads = padsOf(x, padding, kernelWindows(kernel, { stride, dilation }))
  const all = pads.flat()
  if (!all.every((pad) => typeof pad === 'number')) return undefined
  const [rows, columns] = pads.map((sides) => sides.map(extent))
  const around = new Set(all).size === 1 ? all[0] : [rows, columns]
  return runtime(fn, repeatedMap(x), argument('kernel'), stride, around, dilation, ...groups)
}

/** The map of each sample, where kernels are of each sample. */
export const repeatedMap = (x: TensorType): Expression =>
  hasBatch(x) ? argument('x') : repeated(argument('x'), x, argument('kernel'))

/** One group for each channel. */
const isDepthwise = (x: TensorType, groups: number): boolean => groups > 1 && mapOf(x).c.dim === groups

/** The extents of a kernel: rows, columns, channels read, filters. */
const dimsOf = ({ shape }: TensorType): readonly [Dim, Dim, Dim, Dim] => [
  shape[0]!.dim,
  shape[1]!.dim,
  shape[2]!.dim,
  shape[3]!.dim,
]

function wholeCall(x: Expression, kernel: Expression, call: Call): Expression {
  const { stride, dilation, padding } = call
  const stuffed = isSpread(stride) && isSpread(dilation)
  const [height, width, read, filters] = dimsOf(call.kernel)
  const filter = stuffed ? zeroStuffed(kernel, [height, width, read, quotient(filters, call.groups)], dilation) : kernel
  const { x: map, pad } = paddedFor(x, call.x, padding, kernelWindows(call.kernel, call))
  return isSpread(dilation) && !stuffed
    ? tf('conv2d', map, filter, stride, pad, 'NHWC', dilation)
    : tf('conv2d', map, filter, stride, pad)
}

/** Filters c·m to c·m + m - 1 read channel c: the order of a depthwise kernel [kh, kw, C, m] flattened. */
function channelwiseCall(call: Call): Expression {
  const { x, kernel, groups } = call
  const [height, width, , filters] = dimsOf(kernel)
  const sizes = [height, width, groups, quotient(filters, groups)] as const
  return depthwiseCall(argument('x'), x, tf('reshape', argument('kernel'), sizes.map(extent)), sizes, call)
}

/** Each run of channels with its run of filters, and the results side by side. */
function inGroups(x: Expression, call: Call, convolve: (x: Expression, kernel: Expression) => Expression): Expression {
  const { kernel, groups } = call
  if (groups === 1) return convolve(x, argument('kernel'))
  const [, , read, filters] = dimsOf(kernel)
  const made = quotient(filters, groups)
  const batched = hasBatch(call.x) || hasBatch(kernel)
  const parts = Array.from({ length: groups }, (_, group) =>
    convolve(
      runOf(x, batched, 2, multiply(read, group), read),
      runOf(argument('kernel'), hasBatch(kernel), 3, multiply(made, group), made),
    ),
  )
  return tf('concat', parts, -1)
}

/** A run along the last axis, before which there are `leading` others and the batch. */
const runOf = (tensor: Expression, batched: boolean, leading: number, begin: Dim, size: Dim): Expression => {
  const others = Array.from({ length: leading + (batched ? 1 : 0) })
  return tf('slice', tensor, [...others.map(() => 0), extent(begin)], [...others.map(() => -1), extent(size)])
}

function perSampleCall(call: Call, result: TensorType): Expression {
  const { kernel, groups, padding } = call
  const [, , read, filters] = dimsOf(kernel)
  const [height, width] = result.shape
  const sizes = { result: [height!.dim, width!.dim], kernel: [...knownTaps(kernel), read, quotient(filters, groups)] } as const
  const windows = kernelWindows(kernel, call)
  return inGroups(repeatedMap(call.x), call, (x, run) => perSampleConvolution(x, call.x, run, windows, padding, sizes))
}
