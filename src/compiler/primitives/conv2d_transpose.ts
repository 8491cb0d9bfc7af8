import { add, multiply, subtract, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { atLeast } from '../dim/prove.ts'
import { hasBatch, type TensorType } from '../graph/graph.ts'
import { notPositive } from './shape/argument-range.ts'
import { decided, mapAxes } from './shape/axis.ts'
import { kernelWindows, knownTaps, unknownTaps } from './shape/convolution-window.ts'
import { differ } from './shape/equal-extents.ts'
import { repeatedMap } from './tfjs/convolution-call.ts'
import { argument, batchOf, extent, tf, type Expression } from './tfjs/expression.ts'
import { perSampleTransposed, runtimeTransposed } from './tfjs/per-sample-transposed.ts'
import { definePrimitive, problem, type Padding, type Refused, type ResultExtent } from './primitive.ts'
import { mapOf } from './shape/map-of.ts'
import { wrongRank } from './shape/rank.ts'
import { product, summed, united } from './signs.ts'
import { axisPadding, withPadding } from './shape/window.ts'

export const conv2dTranspose = definePrimitive({
  name: 'conv2d_transpose',
  doc: `The transpose of a convolution's matrix: \`x[h, w, c] · kernel[i, j, o, c]\` is added to \`y[h·s + i - top, w·s + j - left, o]\`.
\`conv.transpose\` is this with weights of its own.`,
  paper: 'Dumoulin and Visin 2016, A guide to convolution arithmetic for deep learning, section 4 (arXiv 1603.07285)',
  result: '[(H - 1)·s + kh - top - bottom, likewise, filters], as in PyTorch (TensorFlow makes `valid` at least H·s); with `same` [H·s, W·s, filters]',
  example: `input x: [16, 16, 8]
param kernel: [2, 2, 4, 8] = he_normal
output y: [32, 32, 4] = conv2d_transpose(x, kernel, stride: 2)`,
  signature: {
    x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
    kernel: { kind: 'tensor', doc: '[kh, kw, filters, C]; where an input decides its values, and each sample has its own, kh and kw are numbers' },
    stride: { kind: 'size', default: [1, 1], doc: 'rows and columns from one window of the result to the next' },
    padding: { kind: 'padding', default: 'valid', doc: 'what is cut off around the result' },
  },
  facts: {
    linear: [['x'], ['kernel']],
    // where a stride is longer than the kernel, nothing reaches some places
    sign: ({ x, kernel }) => united(summed(product(x, kernel)), [0]),
    kernel: { of: 'x', by: 'kernel', reads: 3, makes: [2] },
  },
  factsOf: ({ kernel, stride, padding }) => ({
    spreads: withPadding(kernelWindows(kernel, { stride, dilation: [1, 1] }), padding),
  }),
  shape: ({ x, kernel, stride, padding }) => {
    const refused =
      wrongRank('conv2d_transpose', 'x', x, 'map') ??
      wrongRank('conv2d_transpose', 'kernel', kernel, 'kernel') ??
      unknownTaps('conv2d_transpose', kernel) ??
      notPositive('conv2d_transpose', 'stride', ...stride) ??
      differ('conv2d_transpose', mapAxes.channels, mapOf(x).c, kernel.shape[3]!, [])
    if (refused) return refused
    const height = grown(x, kernel, stride, padding, 0)
    if ('problem' in height) return height
    const width = grown(x, kernel, stride, padding, 1)
    if ('problem' in width) return width
    return [height, width, kernel.shape[2]!]
  },
  // every input position meets the whole kernel; most positions of the result do not
  macs: ({ x, kernel }) => [mapOf(x).h, mapOf(x).w, ...kernel.shape].map(({ dim }) => dim).reduce(multiply),
  targets: {
    tfjs: {
      run: ({ x, kernel, stride, padding }, { result }) => {
        if (hasBatch(kernel)) return eachSample(x, kernel, stride, padding, result)
        const sample = hasBatch(x) ? [batchOf(argument('x'))] : []
        const filters = extent(kernel.shape[2]!.dim)
        const made = ([height, width]: readonly [Dim, Dim], pad: 'same' | 'valid') => {
          const shape = [...sample, extent(height), extent(width), filters]
          return tf('conv2dTranspose', argument('x'), argument('kernel'), shape, stride, pad)
        }
        const size = [mapOf(result).h.dim, mapOf(result).w.dim] as const
        if (typeof padding === 'string') return made(size, padding)
        const full = made([uncut(x, kernel, stride, 0), uncut(x, kernel, stride, 1)], 'valid')
        const [[top], [left]] = padding
        return tf('slice', full, [...sample.map(() => 0), top, left, 0], [...sample.map(() => -1), ...size.map(extent), -1])
      },
      module: ({ x, kernel, stride, padding }, { result }) =>
        hasBatch(kernel) ? runtimeTransposed(x, kernel, stride, padding, result) : undefined,
    },
  },
})

function eachSample(
  x: TensorType,
  kernel: TensorType,
  stride: readonly [number, number],
  padding: Padding,
  result: TensorType,
): Expression {
  const { h, w, c } = mapOf(x)
  const sizes = {
    map: [h.dim, w.dim, c.dim],
    kernel: [...knownTaps(kernel), kernel.shape[2]!.dim],
    result: [mapOf(result).h.dim, mapOf(result).w.dim],
  } as const
  return perSampleTransposed(repeatedMap(x), x, argument('kernel'), stride, padding, sizes)
}

/** (n - 1) * stride + k: everything any window reaches. */
const uncut = (x: TensorType, kernel: TensorType, stride: readonly [number, number], axis: 0 | 1): Dim =>
  add(multiply(subtract(x.shape[axis]!.dim, 1), stride[axis]), kernel.shape[axis]!.dim)

function grown(
  x: TensorType,
  kernel: TensorType,
  stride: readonly [number, number],
  padding: Padding,
  axis: 0 | 1,
): ResultExtent | Refused {
  const input = x.shape[axis]!
  const n = printDim(input.dim)
  const pads = axisPadding(padding, axis)
  if (pads === 'same') {
    if (stride[axis] === 1) return input
    const dim = multiply(input.dim, stride[axis])
    return { dim, how: `${n} * ${stride[axis]} = ${printDim(dim)}`, from: [input] }
  }
  const cut = pads[0] + pads[1]
  const dim = subtract(uncut(x, kernel, stride, axis), cut)
  const size = kernel.shape[axis]!
  const how = `(${n} - 1) * ${stride[axis]} + ${printDim(size.dim)}${cut === 0 ? '' : ` - ${cut}`} = ${printDim(dim)}`
  if (atLeast(dim, 1).kind !== 'refuted') return { dim, how, from: [input] }
  const side = axis === 0 ? mapAxes.height : mapAxes.width
  return problem('shape/nothing-left', { op: 'conv2d_transpose', axis: side.name, how }, [decided(input, side)])
}
