import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { windowStarts } from '../primitives/pooled.ts'
import { biased } from './biased.ts'
import { computes, weightsIn } from './block.ts'

const s = suite('std/conv: depthwise and separable')

type Pair = readonly [number, number]
type Pads = readonly [Pair, Pair]

const none: Pads = [[0, 0], [0, 0]]
const relu = (value: number): number => Math.max(value, 0)

interface Windows {
  readonly stride?: Pair
  readonly dilation?: Pair
  readonly pads?: Pads
}

/** Each channel with its own kernels; channel c · multiplier + m of the result is kernel m of channel c. */
function depthwise(x: NdArray, kernel: NdArray, { stride = [1, 1], dilation = [1, 1], pads = none }: Windows): NdArray {
  const [kh, kw, channels, multiplier] = kernel.shape as readonly [number, number, number, number]
  const starts = ([0, 1] as const).map((axis) => {
    const span = (kernel.shape[axis]! - 1) * dilation[axis] + 1
    return windowStarts(x.shape[axis]!, span, stride[axis], pads[axis])
  })
  return fill([starts[0]!.length, starts[1]!.length, channels * multiplier], (h, w, o) =>
    total([kh, kw], (i, j) => {
      const c = Math.floor(o / multiplier)
      const value = at(x, starts[0]![h]! + i * dilation[0], starts[1]![w]! + j * dilation[1], c)
      return value * at(kernel, i, j, c, o % multiplier)
    }),
  )
}

s('conv.depthwise: y[h, w, c · m + k] = Σ x[h·s + i·d, w·s + j·d, c] · kernel[i, j, c, k] + bias (Chollet 2017)', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const weights = { 'y/conv/kernel': [3, 3, 3, 1], 'y/conv/bias': [3] }
    await computes('y = conv.depthwise(x)', { inputs: { x: [...size, 3] }, weights }, ({ x }, of) =>
      biased(depthwise(x, of['y/conv/kernel'], {}), of['y/conv/bias']),
    )
  }
})

s('conv.depthwise: kernels, strides, dilations, padding and several kernels for a channel', async () => {
  for (const [written, size, kernel, multiplier, windows] of [
    ['2x3, stride: 2, multiplier: 2', [6, 7], [2, 3], 2, { stride: [2, 2] }],
    ['3x3, stride: 2, padding: same', [6, 7], [3, 3], 1, { stride: [2, 2], pads: [[0, 1], [1, 1]] }],
    ['3x3, stride: 2, padding: half', [6, 7], [3, 3], 1, { stride: [2, 2], pads: [[1, 1], [1, 1]] }],
    ['3x3, padding: [[0, 1], [2, 0]], multiplier: 3', [4, 5], [3, 3], 3, { pads: [[0, 1], [2, 0]] }],
    ['3x2, dilation: 2', [6, 6], [3, 2], 1, { dilation: [2, 2] }],
  ] as const) {
    const given = { inputs: { x: [...size, 2] }, weights: { 'y/conv/kernel': [...kernel, 2, multiplier] } }
    await computes(`y = x |> conv.depthwise(${written}, bias: false)`, given, ({ x }, of) =>
      depthwise(x, of['y/conv/kernel'], windows),
    )
  }
})

s('conv.depthwise: the activation sees the bias; initialisers are as of conv', async () => {
  const weights = { 'y/conv/kernel': [2, 2, 2, 1], 'y/conv/bias': [2] }
  const given = { inputs: { x: [3, 4, 2] }, weights }
  await computes('y = x |> conv.depthwise(2, activation: relu)', given, ({ x }, of) =>
    biased(depthwise(x, of['y/conv/kernel'], {}), of['y/conv/bias'], relu),
  )
  const { 'y/conv/kernel': kernel, 'y/conv/bias': bias } = weightsIn('y = x |> conv.depthwise(2, init: ones)', given)
  assert.equal([kernel!.init, bias!.init], [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 0 }])
})

s('conv.depthwise: runs at sizes that are known only then', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights: { 'y/conv/kernel': [3, 3, 2, 1] } }
    await computes('y = x |> conv.depthwise(stride: 2, padding: half, bias: false)', given, ({ x }, of) =>
      depthwise(x, of['y/conv/kernel'], { stride: [2, 2], pads: [[1, 1], [1, 1]] }),
    )
  }
})

s('conv.separable: a depthwise convolution, then a 1x1 convolution (Chollet 2017)', async () => {
  for (const [written, size, kernel, multiplier, windows] of [
    ['', [5, 6], [3, 3], 1, {}],
    [', 3x2, stride: 2, padding: same, multiplier: 2', [7, 6], [3, 2], 2, { stride: [2, 2], pads: [[1, 1], [0, 0]] }],
    [', 3x3, dilation: 2', [7, 6], [3, 3], 1, { dilation: [2, 2] }],
  ] as const) {
    const weights = {
      'y/conv/depthwise/kernel': [...kernel, 2, multiplier],
      'y/conv/pointwise/kernel': [1, 1, 2 * multiplier, 4],
      'y/conv/pointwise/bias': [4],
    }
    await computes(`y = x |> conv.separable(4${written})`, { inputs: { x: [...size, 2] }, weights }, ({ x }, of) => {
      const middle = depthwise(x, of['y/conv/depthwise/kernel'], windows)
      return biased(convolved({})({ x: middle, kernel: of['y/conv/pointwise/kernel'] }, {}), of['y/conv/pointwise/bias'])
    })
  }
})

s('conv.separable: bias and activation belong to the second convolution, the initialiser to both', async () => {
  const weights = { 'y/conv/depthwise/kernel': [3, 3, 2, 1], 'y/conv/pointwise/kernel': [1, 1, 2, 3] }
  const given = { inputs: { x: [5, 4, 2] }, weights }
  await computes('y = x |> conv.separable(3, bias: false, activation: relu)', given, ({ x }, of) => {
    const middle = depthwise(x, of['y/conv/depthwise/kernel'], {})
    return biased(convolved({})({ x: middle, kernel: of['y/conv/pointwise/kernel'] }, {}), undefined, relu)
  })
  const inits = Object.values(weightsIn('y = x |> conv.separable(3, bias: false, init: ones)', given)).map(({ init }) => init)
  assert.equal(inits, [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 1 }])
})

s('conv.separable: runs at sizes that are known only then', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const weights = { 'y/conv/depthwise/kernel': [3, 3, 2, 1], 'y/conv/pointwise/kernel': [1, 1, 2, 3] }
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights }
    await computes('y = x |> conv.separable(3, bias: false)', given, ({ x }, of) =>
      convolved({})({ x: depthwise(x, of['y/conv/depthwise/kernel'], {}), kernel: of['y/conv/pointwise/kernel'] }, {}),
    )
  }
})

s.run()
