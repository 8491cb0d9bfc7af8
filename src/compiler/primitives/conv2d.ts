import { modulo, multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { TensorType } from '../graph/graph.ts'
import { notPositive } from './shape/argument-range.ts'
import { decided, mapAxes } from './shape/axis.ts'
import { unlessEqual } from './shape/claim.ts'
import { convolutionCall, runtimeConvolution } from './tfjs/convolution-call.ts'
import { convolvedSize, kernelWindows, sumOfProducts, unknownTaps } from './shape/convolution-window.ts'
import { definePrimitive, problem, type Refused } from './primitive.ts'
import { mapOf } from './shape/map-of.ts'
import { wrongRank } from './shape/rank.ts'
import { withPadding } from './shape/window.ts'

export const conv2d = definePrimitive({
  name: 'conv2d',
  doc: `\`y[h, w, o] = Σ x[h·s + i·d - top, w·s + j·d - left, c] · kernel[i, j, c, o]\`, zeros outside the map. The kernel is not
flipped. With \`groups\`, the channels of x and the filters are cut into as many runs, and each run of filters reads its own run
of channels. \`conv\` is this with weights of its own.`,
  result: '[⌊(H + top + bottom - d·(kh - 1) - 1) / s⌋ + 1, likewise, filters]',
  example: `input x: [32, 32, 3]
param kernel: [3, 3, 3, 8] = he_normal
output y: [16, 16, 8] = conv2d(x, kernel, stride: 2, padding: same)`,
  signature: {
    x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
    kernel: { kind: 'tensor', doc: '[kh, kw, C / groups, filters]; where an input decides its values, and each sample has its own, kh and kw are numbers' },
    stride: { kind: 'size', default: [1, 1], doc: 'rows and columns from one window to the next' },
    padding: { kind: 'padding', default: 'valid', doc: 'zeros around the map' },
    dilation: { kind: 'size', default: [1, 1], doc: 'rows and columns from one tap to the next' },
    groups: { kind: 'int', default: 1, doc: 'runs of channels that are convolved apart' },
  },
  facts: { linear: [['x'], ['kernel']], kernel: { of: 'x', by: 'kernel', reads: 2, makes: [3] } },
  factsOf: (call) => ({
    sign: ({ x, kernel }) => sumOfProducts(x, kernel, call.padding),
    windows: withPadding(kernelWindows(call.kernel, call), call.padding),
  }),
  shape: (call) => {
    const { x, kernel, stride, dilation, groups } = call
    const refused =
      wrongRank('conv2d', 'x', x, 'map') ??
      wrongRank('conv2d', 'kernel', kernel, 'kernel') ??
      unknownTaps('conv2d', kernel) ??
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
  targets: { tfjs: { run: (call, { result }) => convolutionCall(call, result), module: runtimeConvolution } },
})

function otherChannels(x: TensorType, kernel: TensorType, groups: number): Refused | undefined {
  const has = mapOf(x).c
  const takes = kernel.shape[2]!
  const labels = [decided(has, mapAxes.channels), decided(takes, mapAxes.channels)]
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
  const labels = [decided(filters, { name: 'filters', said: 'named' })]
  return unlessEqual({ op: 'conv2d', axis: 'filters left over', a: modulo(filters.dim, groups)!, b: 0, labels }, () =>
    problem('shape/groups', { op: 'conv2d', filters: printDim(filters.dim), groups: String(groups) }, labels),
  )
}
