import { modulo, multiply, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { TensorType } from '../graph.ts'
import { notPositive } from './argument-range.ts'
import { decided } from './axis.ts'
import { unlessEqual } from './claim.ts'
import { convolvedSize, isSpread, kernelWindows, type Geometry } from './convolution-window.ts'
import { depthwiseCall } from './depthwise-call.ts'
import { paddedFor } from './explicit-padding.ts'
import { argument, extent, tf, type Expression } from './expression.ts'
import { definePrimitive, problem, type Refused } from './primitive.ts'
import { wrongRank } from './rank.ts'
import { quotient } from './window.ts'
import { zeroStuffed } from './zero-stuffed.ts'

export const conv2d = definePrimitive({
  name: 'conv2d',
  doc: `y[h, w, o] = Σ x[h·s + i·d - top, w·s + j·d - left, c] · kernel[i, j, c, o], zeros outside the map. The kernel is not flipped.
With \`groups\`, the channels of x and the filters are cut into as many runs, and each run of filters reads its own run of channels.`,
  example: 'y = conv2d(x, kernel, stride: 2, padding: same)',
  signature: {
    x: { kind: 'tensor', doc: 'the map [H, W, C]' },
    kernel: { kind: 'tensor', doc: '[kh, kw, C / groups, filters]' },
    stride: { kind: 'size', default: [1, 1], doc: 'rows and columns from one window to the next' },
    padding: { kind: 'padding', default: 'valid', doc: 'zeros around the map' },
    dilation: { kind: 'size', default: [1, 1], doc: 'rows and columns from one tap to the next' },
    groups: { kind: 'int', default: 1, doc: 'runs of channels that are convolved apart' },
  },
  traits: { linear: ['x', 'kernel'] },
  shape: (call) => {
    const { x, kernel, stride, dilation, groups } = call
    const refused =
      wrongRank('conv2d', 'x', x, 'map') ??
      wrongRank('conv2d', 'kernel', kernel, 'kernel') ??
      notPositive('conv2d', 'stride', ...stride) ??
      notPositive('conv2d', 'dilation', ...dilation) ??
      notPositive('conv2d', 'groups', groups) ??
      otherChannels(x, kernel, groups) ??
      unevenFilters(kernel, groups)
    if (refused) return refused
    const size = convolvedSize('conv2d', x, kernel, call)
    return 'problem' in size ? size : [...size, kernel.shape[3]!]
  },
  macs: ({ kernel }, [height, width]) => [height!, width!, ...kernel.shape].map(({ dim }) => dim).reduce(multiply),
  gradientLimit: ({ x, stride, dilation, groups }) =>
    isSpread(dilation) && !isSpread(stride) && !isDepthwise(x, groups)
      ? 'TensorFlow.js has no gradient of a dilated convolution'
      : undefined,
  tfjs: (call) => {
    const { x, kernel, groups } = call
    if (kernel.batched) return { unsupported: 'TensorFlow.js has no convolution with one kernel per sample' }
    if (groups === 1) return wholeCall(argument('x'), x, argument('kernel'), kernel, call)
    return isDepthwise(x, groups) ? channelwiseCall(x, kernel, call) : groupedCall(x, kernel, call, groups)
  },
})

function otherChannels(x: TensorType, kernel: TensorType, groups: number): Refused | undefined {
  const has = x.shape[2]!
  const takes = kernel.shape[2]!
  const labels = [decided(has, 'channels'), decided(takes, 'channels')]
  const needed = multiply(takes.dim, groups)
  return unlessEqual({ op: 'conv2d', axis: 'channels', a: has.dim, b: needed, labels }, () =>
    problem(
      'shape/channel-mismatch',
      { op: 'conv2d', a: printDim(has.dim), b: groups === 1 ? printDim(needed) : `${groups} groups of ${printDim(takes.dim)}` },
      labels,
    ),
  )
}

function unevenFilters(kernel: TensorType, groups: number): Refused | undefined {
  const filters = kernel.shape[3]!
  const labels = [decided(filters, 'channels')]
  return unlessEqual({ op: 'conv2d', axis: 'filters left over', a: modulo(filters.dim, groups)!, b: 0, labels }, () =>
    problem('shape/groups', { op: 'conv2d', filters: printDim(filters.dim), groups: String(groups) }, labels),
  )
}

/** One group per channel. */
const isDepthwise = (x: TensorType, groups: number): boolean => groups > 1 && x.shape[2]!.dim === groups

function wholeCall(x: Expression, type: TensorType, kernel: Expression, kernelType: TensorType, geometry: Geometry): Expression {
  const { stride, dilation, padding } = geometry
  // tfjs refuses a stride together with a dilation
  const stuffed = isSpread(stride) && isSpread(dilation)
  const filter = stuffed ? zeroStuffed(kernel, dimsOf(kernelType), dilation) : kernel
  const { x: map, pad } = paddedFor(x, type, padding, kernelWindows(kernelType, geometry))
  return isSpread(dilation) && !stuffed
    ? tf('conv2d', map, filter, stride, pad, 'NHWC', dilation)
    : tf('conv2d', map, filter, stride, pad)
}

const dimsOf = ({ shape }: TensorType): readonly Dim[] => shape.map(({ dim }) => dim)

/** Filters c·m to c·m + m - 1 read channel c: the order of a depthwise kernel [kh, kw, C, m] flattened. */
function channelwiseCall(x: TensorType, kernel: TensorType, geometry: Geometry): Expression {
  const [height, width, , filters] = dimsOf(kernel) as readonly [Dim, Dim, Dim, Dim]
  const channels = x.shape[2]!.dim
  const sizes = [height, width, channels, quotient(filters, Number(channels))] as const
  return depthwiseCall(argument('x'), x, tf('reshape', argument('kernel'), sizes.map(extent)), sizes, geometry)
}

function groupedCall(x: TensorType, kernel: TensorType, geometry: Geometry, groups: number): Expression {
  const read = kernel.shape[2]!.dim
  const made = quotient(kernel.shape[3]!.dim, groups)
  const leading = x.batched ? [0, 0, 0] : [0, 0]
  const parts = Array.from({ length: groups }, (_, group) =>
    wholeCall(
      tf('slice', argument('x'), [...leading, extent(multiply(read, group))], [...leading.map(() => -1), extent(read)]),
      x,
      tf('slice', argument('kernel'), [0, 0, 0, extent(multiply(made, group))], [-1, -1, -1, extent(made)]),
      kernel,
      geometry,
    ),
  )
  return tf('concat', parts, -1)
}
