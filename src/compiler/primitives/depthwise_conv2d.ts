import { multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { notPositive } from './shape/argument-range.ts'
import { mapAxes } from './shape/axis.ts'
import { convolvedSize, kernelWindows, knownTaps, sumOfProducts, unknownTaps, type Geometry } from './shape/convolution-window.ts'
import { repeatedMap, runtimePerSample } from './tfjs/convolution-call.ts'
import { depthwiseCall } from './tfjs/depthwise-call.ts'
import { differ } from './shape/equal-extents.ts'
import { argument, type Expression } from './tfjs/expression.ts'
import { perSampleDepthwise } from './tfjs/per-sample-convolution.ts'
import { definePrimitive } from './primitive.ts'
import { mapOf } from './shape/map-of.ts'
import { wrongRank } from './shape/rank.ts'
import { withPadding } from './shape/window.ts'
import { hasBatch, type TensorType } from '../graph/graph.ts'

export const depthwiseConv2d = definePrimitive({
  name: 'depthwise_conv2d',
  doc: `\`y[h, w, c·m + q] = Σ x[h·s + i·d - top, w·s + j·d - left, c] · kernel[i, j, c, q]\`: every channel has its own m kernels
and is never mixed with another. Zeros outside the map. \`conv.depthwise\` is this with weights of its own.`,
  result: '[⌊(H + top + bottom - d·(kh - 1) - 1) / s⌋ + 1, likewise, C·m]',
  example: `input x: [32, 32, 8]
param kernel: [3, 3, 8, 1] = he_normal
output y: [32, 32, 8] = depthwise_conv2d(x, kernel, padding: same)`,
  signature: {
    x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
    kernel: { kind: 'tensor', doc: '[kh, kw, C, m]; where an input decides its values, and each sample has its own, kh and kw are numbers' },
    stride: { kind: 'size', default: [1, 1], doc: 'rows and columns from one window to the next' },
    padding: { kind: 'padding', default: 'valid', doc: 'zeros around the map' },
    dilation: { kind: 'size', default: [1, 1], doc: 'rows and columns from one tap to the next' },
  },
  facts: { linear: [['x'], ['kernel']], kernel: { of: 'x', by: 'kernel', reads: 2, makes: [2, 3] } },
  factsOf: (call) => ({
    ...(call.kernel.shape[3]!.dim === 1 && { perChannel: ['x'] }),
    sign: ({ x, kernel }) => sumOfProducts(x, kernel, call.padding),
    windows: withPadding(kernelWindows(call.kernel, call), call.padding),
  }),
  shape: (call) => {
    const { x, kernel, stride, dilation } = call
    const refused =
      wrongRank('depthwise_conv2d', 'x', x, 'map') ??
      wrongRank('depthwise_conv2d', 'kernel', kernel, 'kernel') ??
      unknownTaps('depthwise_conv2d', kernel) ??
      notPositive('depthwise_conv2d', 'stride', ...stride) ??
      notPositive('depthwise_conv2d', 'dilation', ...dilation) ??
      differ('depthwise_conv2d', mapAxes.channels, mapOf(x).c, kernel.shape[2]!, [])
    if (refused) return refused
    const size = convolvedSize('depthwise_conv2d', x, kernel, call)
    if ('problem' in size) return size
    const channels = mapOf(x).c
    const multiplier = kernel.shape[3]!
    if (multiplier.dim === 1) return [...size, channels]
    const dim = multiply(channels.dim, multiplier.dim)
    return [
      ...size,
      { dim, how: `${printDim(channels.dim)} * ${printDim(multiplier.dim)} = ${printDim(dim)}`, from: [channels, multiplier] },
    ]
  },
  macs: ({ kernel }, [height, width]) => [height!, width!, ...kernel.shape].map(({ dim }) => dim).reduce(multiply),
  targets: {
    tfjs: {
      run: (call, { result }) => {
        const { x, kernel } = call
        if (hasBatch(kernel)) return eachSample(call, result)
        const [height, width, channels, multiplier] = kernel.shape
        const sizes = [height!.dim, width!.dim, channels!.dim, multiplier!.dim] as const
        return depthwiseCall(argument('x'), x, argument('kernel'), sizes, call)
      },
      module: (call) => (hasBatch(call.kernel) ? runtimePerSample('depthwiseConv2dPerSample', call) : undefined),
    },
  },
})

function eachSample(call: Geometry & { readonly x: TensorType; readonly kernel: TensorType }, result: TensorType): Expression {
  const { x, kernel, padding } = call
  const [, , channels, multiplier] = kernel.shape
  const sizes = {
    result: [mapOf(result).h.dim, mapOf(result).w.dim],
    kernel: [...knownTaps(kernel), channels!.dim, multiplier!.dim],
  } as const
  return perSampleDepthwise(repeatedMap(x), x, argument('kernel'), kernelWindows(kernel, call), padding, sizes)
}
