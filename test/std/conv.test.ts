import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { windowStarts } from '../primitives/pooled.ts'
import { samePads } from '../primitives/same-pads.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/conv')

type Pair = readonly [number, number]
type Pads = readonly [Pair, Pair]

const none: Pads = [[0, 0], [0, 0]]
const relu = (y: NdArray): NdArray => fill(y.shape, (...index) => Math.max(at(y, ...index), 0))
const biased = (y: NdArray, bias: NdArray): NdArray => fill(y.shape, (h, w, o) => at(y, h, w, o) + at(bias, o))

s('conv: y[h, w, o] = Σ x[h·s + i·d, w·s + j·d, c] · kernel[i, j, c, o] + bias[o]; 3x3, stride 1, valid by default', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const weights = { 'y/conv/kernel': [3, 3, 3, 4], 'y/conv/bias': [4] }
    await computes('y = conv(x, 4)', { inputs: { x: [...size, 3] }, weights }, ({ x }, of) =>
      biased(convolved({})({ x, kernel: of['y/conv/kernel'] }, {}), of['y/conv/bias']),
    )
  }
})

s('conv: kernels, strides, dilations and every form of padding', async () => {
  const plain: Pair = [1, 1]
  for (const [written, size, kernel, stride, dilation, pads] of [
    ['1x1', [4, 5], [1, 1], plain, plain, none],
    ['2x3, stride: 2', [6, 7], [2, 3], [2, 2], plain, none],
    ['4, stride: [1, 3]', [5, 9], [4, 4], [1, 3], plain, none],
    ['3x3, padding: same', [5, 6], [3, 3], plain, plain, [[1, 1], [1, 1]]],
    ['3x3, padding: same, stride: 2', [6, 7], [3, 3], [2, 2], plain, [[0, 1], [1, 1]]],
    ['3x3, padding: half, stride: 2', [6, 7], [3, 3], [2, 2], plain, [[1, 1], [1, 1]]],
    ['3x5, padding: half', [4, 5], [3, 5], plain, plain, [[1, 1], [2, 2]]],
    ['2x2, padding: same', [4, 5], [2, 2], plain, plain, [[0, 1], [0, 1]]],
    ['3x3, padding: 2', [4, 5], [3, 3], plain, plain, [[2, 2], [2, 2]]],
    ['3x3, padding: [0, 2]', [4, 5], [3, 3], plain, plain, [[0, 0], [2, 2]]],
    ['3x3, padding: [[0, 1], [2, 3]], stride: 2', [5, 4], [3, 3], [2, 2], plain, [[0, 1], [2, 3]]],
    ['3x2, dilation: 2', [7, 6], [3, 2], plain, [2, 2], none],
    ['3x3, padding: half, dilation: [1, 2]', [5, 6], [3, 3], plain, [1, 2], [[1, 1], [2, 2]]],
  ] as const) {
    const given = { inputs: { x: [...size, 2] }, weights: { 'y/conv/kernel': [...kernel, 2, 3] } }
    await computes(`y = x |> conv(3, ${written}, bias: false)`, given, ({ x }, of) =>
      convolved({ stride, dilation, pads })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: groups read runs of channels apart, each filter C / groups of them', async () => {
  for (const [channels, filters, groups] of [[4, 6, 2], [6, 3, 3], [3, 6, 3]] as const) {
    const given = { inputs: { x: [5, 4, channels] }, weights: { 'y/conv/kernel': [3, 3, channels / groups, filters] } }
    await computes(`y = x |> conv(${filters}, groups: ${groups}, bias: false)`, given, ({ x }, of) =>
      convolved({ groups })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: the activation sees the bias', async () => {
  const weights = { 'y/conv/kernel': [1, 1, 2, 3], 'y/conv/bias': [3] }
  await computes('y = x |> conv(3, 1x1, activation: relu)', { inputs: { x: [3, 4, 2] }, weights }, ({ x }, of) =>
    relu(biased(convolved({})({ x, kernel: of['y/conv/kernel'] }, {}), of['y/conv/bias'])),
  )
})

s('conv: runs at sizes that are known only then', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights: { 'y/conv/kernel': [3, 3, 2, 3] } }
    await computes('y = x |> conv(3, padding: same, stride: 2, bias: false)', given, ({ x }, of) =>
      convolved({ stride: [2, 2], pads: samePads(size, [3, 3], [2, 2]) })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: the kernel starts as glorot_uniform or as told, the bias at zero', () => {
  const inputs = { x: [5, 5, 3] }
  const { 'y/conv/kernel': kernel, 'y/conv/bias': bias } = weightsIn('y = x |> conv(4)', { inputs })
  assert.equal(kernel!.init, { kind: 'variance_scaling', scale: 1, fan: 'average', distribution: 'uniform' })
  assert.equal(bias!.init, { kind: 'constant', value: 0 })
  const told = weightsIn('y = x |> conv(4, init: constant(0.5))', { inputs })
  assert.equal(told['y/conv/kernel']!.init, { kind: 'constant', value: 0.5 })
})

s('conv: refuses groups that do not divide the channels', () => {
  const given = { inputs: { x: [5, 5, 4] } }
  refuses('y = x |> conv(6, groups: 3)', given, 'require/failed', '4 channels do not divide into 3 groups')
  refuses('y = x |> conv(6, groups: 0)', given, 'require/failed', 'groups must be at least 1, not 0')
})

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
    await computes(`y = x |> conv.depthwise(${written}, bias: false)`, given, ({ x }, of) => depthwise(x, of['y/conv/kernel'], windows))
  }
})

s('conv.depthwise: the activation sees the bias; initialisers are as of conv', async () => {
  const weights = { 'y/conv/kernel': [2, 2, 2, 1], 'y/conv/bias': [2] }
  const given = { inputs: { x: [3, 4, 2] }, weights }
  await computes('y = x |> conv.depthwise(2, activation: relu)', given, ({ x }, of) =>
    relu(biased(depthwise(x, of['y/conv/kernel'], {}), of['y/conv/bias'])),
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
  await computes('y = x |> conv.separable(3, bias: false, activation: relu)', given, ({ x }, of) =>
    relu(convolved({})({ x: depthwise(x, of['y/conv/depthwise/kernel'], {}), kernel: of['y/conv/pointwise/kernel'] }, {})),
  )
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

/** Adds each element of x times the kernel to the result, of which `cut` rows and columns before the first are dropped. */
function spread(x: NdArray, kernel: NdArray, stride: Pair, [top, left]: Pair, size: Pair): NdArray {
  const [kh, kw, filters, channels] = kernel.shape as readonly [number, number, number, number]
  const sums = new Map<string, number>()
  for (const [h, w] of places(x.shape[0]!, x.shape[1]!))
    for (const [i, j] of places(kh, kw))
      for (const [o, c] of places(filters, channels)) {
        const key = [h * stride[0] + i - top, w * stride[1] + j - left, o].join()
        sums.set(key, (sums.get(key) ?? 0) + at(x, h, w, c) * at(kernel, i, j, o, c))
      }
  return fill([...size, filters], (...index) => sums.get(index.join()) ?? 0)
}

const places = (rows: number, columns: number): readonly Pair[] =>
  Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns])

s('conv.transpose: y[h·s + i, w·s + j, o] += x[h, w, c] · kernel[i, j, o, c] (Zeiler et al. 2010); 2x2, stride 2 by default', async () => {
  for (const size of [[3, 4], [4, 5]] as const) {
    const weights = { 'y/conv/kernel': [2, 2, 4, 3], 'y/conv/bias': [4] }
    await computes('y = conv.transpose(x, 4)', { inputs: { x: [...size, 3] }, weights }, ({ x }, of) =>
      biased(spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [2 * size[0], 2 * size[1]]), of['y/conv/bias']),
    )
  }
})

s('conv.transpose: (n - 1) · stride + kernel valid, n · stride same, and explicit amounts cut off', async () => {
  for (const [written, kernel, stride, cut, size] of [
    ['3x3, stride: 2', [3, 3], [2, 2], [0, 0], [7, 9]],
    ['3x2, stride: 1', [3, 2], [1, 1], [0, 0], [5, 5]],
    ['2x2, stride: 3', [2, 2], [3, 3], [0, 0], [8, 11]],
    ['3x3, stride: 2, padding: same', [3, 3], [2, 2], [0, 0], [6, 8]],
    ['4x5, stride: [2, 1], padding: same', [4, 5], [2, 1], [1, 2], [6, 4]],
    ['4x4, stride: 2, padding: 1', [4, 4], [2, 2], [1, 1], [6, 8]],
    ['3x3, stride: 2, padding: [[1, 0], [0, 2]]', [3, 3], [2, 2], [1, 0], [6, 7]],
  ] as const) {
    const given = { inputs: { x: [3, 4, 2] }, weights: { 'y/conv/kernel': [...kernel, 3, 2] } }
    await computes(`y = x |> conv.transpose(3, ${written}, bias: false)`, given, ({ x }, of) =>
      spread(x, of['y/conv/kernel'], stride, cut, size),
    )
  }
})

s('conv.transpose: the activation sees the bias; initialisers are as of conv', async () => {
  const given = { inputs: { x: [3, 4, 2] }, weights: { 'y/conv/kernel': [2, 2, 3, 2], 'y/conv/bias': [3] } }
  await computes('y = x |> conv.transpose(3, activation: relu)', given, ({ x }, of) =>
    relu(biased(spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [6, 8]), of['y/conv/bias'])),
  )
  const { 'y/conv/kernel': kernel, 'y/conv/bias': bias } = weightsIn('y = x |> conv.transpose(3, init: ones)', given)
  assert.equal([kernel!.init, bias!.init], [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 0 }])
})

s('conv.transpose: runs at sizes that are known only then', async () => {
  for (const size of [[2, 3], [4, 3]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights: { 'y/conv/kernel': [3, 3, 3, 2] } }
    await computes('y = x |> conv.transpose(3, 3, bias: false)', given, ({ x }, of) =>
      spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [2 * size[0] + 1, 2 * size[1] + 1]),
    )
  }
})

const meanOf = (map: NdArray): NdArray => {
  const [height, width, channels] = map.shape as readonly [number, number, number]
  return fill([channels], (c) => total([height, width], (h, w) => at(map, h, w, c)) / (height * width))
}

const dense = (x: NdArray, kernel: NdArray, activation: (y: number, u: number) => number = (y) => y): NdArray =>
  fill([kernel.shape[1]!], (u) => activation(total(x.shape, (c) => at(x, c) * at(kernel, c, u)), u))

const softmax = (x: NdArray): NdArray => fill(x.shape, (i) => Math.exp(at(x, i)) / total(x.shape, (j) => Math.exp(at(x, j))))

/** Σ shares[k] · arrays[k], element by element. */
const mixed = (shares: NdArray, arrays: readonly NdArray[]): NdArray =>
  fill(arrays[0]!.shape, (...index) => total([arrays.length], (k) => at(shares, k) * at(arrays[k]!, ...index)))

/** The shapes of the kernels and biases of `experts` convolutions, by their paths. */
const expertShapes = (path: string, experts: number, kernel: readonly number[], bias = true): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Array.from({ length: experts }, (_, k) => [[`${path}/kernel/${k}`, kernel], ...(bias ? [[`${path}/bias/${k}`, kernel.slice(-1)]] : [])]).flat(),
  )

/** The arrays under a path, in the order of their numbers. */
const under = (path: string, arrays: Readonly<Record<string, NdArray>>): readonly NdArray[] =>
  Object.keys(arrays).flatMap((name) => (name.startsWith(`${path}/`) ? [arrays[name]!] : []))

s('conv.mixture: the convolution by Σ weights[k] · kernel[k], with the bias Σ weights[k] · bias[k], for each sample its own', async () => {
  for (const [written, size, channels, kernel, of] of [
    ['', [5, 6], 2, [3, 3, 2, 4], {}],
    [', 2x3, stride: 2, padding: same', [6, 7], 2, [2, 3, 2, 4], { stride: [2, 2], pads: [[0, 0], [1, 1]] }],
    [', stride: [2, 1], padding: half', [6, 7], 2, [3, 3, 2, 4], { stride: [2, 1], pads: [[1, 1], [1, 1]] }],
    [', dilation: 2', [7, 6], 2, [3, 3, 2, 4], { dilation: [2, 2] }],
    [', groups: 2, padding: 1', [4, 5], 6, [3, 3, 3, 4], { groups: 2, pads: [[1, 1], [1, 1]] }],
  ] as const) {
    const given = { inputs: { x: [...size, channels], shares: [3] }, weights: expertShapes('y/conv', 3, kernel) }
    await computes(`y = x |> conv.mixture(shares, 4${written})`, given, ({ x, shares }, arrays) =>
      biased(convolved(of)({ x, kernel: mixed(shares, under('y/conv/kernel', arrays)) }, {}), mixed(shares, under('y/conv/bias', arrays))),
    )
  }
})

s('conv.mixture: by weights of the model, which make one kernel for all samples', async () => {
  const weights = { shares: [2], ...expertShapes('y/conv', 2, [3, 3, 2, 4]) }
  await computes('param shares: [2] = ones\ny = x |> conv.mixture(shares, 4)', { inputs: { x: [5, 6, 2] }, weights }, ({ x }, arrays) =>
    biased(
      convolved({})({ x, kernel: mixed(arrays['shares']!, under('y/conv/kernel', arrays)) }, {}),
      mixed(arrays['shares']!, under('y/conv/bias', arrays)),
    ),
  )
})

s('conv.mixture: with an activation, without biases, at sizes that are known only then', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const inputs = { x: [...size, 2], shares: [2] }
    const given = { inputs, declared: { x: '[H, W, 2]' }, weights: expertShapes('y/conv', 2, [3, 3, 2, 4], false) }
    await computes('y = x |> conv.mixture(shares, 4, stride: 2, padding: same, bias: false, activation: relu)', given, ({ x, shares }, arrays) =>
      relu(convolved({ stride: [2, 2], pads: samePads(size, [3, 3], [2, 2]) })({ x, kernel: mixed(shares, under('y/conv/kernel', arrays)) }, {})),
    )
  }
})

s('conv.dynamic: a mixture by softmax(W₂ · relu(W₁ · mean(x)) / temperature), 4 experts, ratio 4 (Chen et al. 2020)', async () => {
  for (const [written, channels, hidden, experts] of [['', 8, 2, 4], [', experts: 2, ratio: 2, temperature: 30', 6, 3, 2], ['', 3, 1, 4]] as const) {
    const weights = {
      'y/conv/temperature': [],
      'y/conv/logits/reduce/kernel': [channels, hidden],
      'y/conv/logits/expand/kernel': [hidden, experts],
      ...expertShapes('y/conv/mixture', experts, [3, 3, channels, 4]),
    }
    await computes(`y = x |> conv.dynamic(4${written})`, { inputs: { x: [5, 6, channels] }, weights }, ({ x }, arrays) => {
      const squeezed = dense(meanOf(x), arrays['y/conv/logits/reduce/kernel']!, (y) => Math.max(y, 0))
      const shares = softmax(dense(squeezed, arrays['y/conv/logits/expand/kernel']!, (y) => y / at(arrays['y/conv/temperature']!)))
      const kernel = mixed(shares, under('y/conv/mixture/kernel', arrays))
      return biased(convolved({})({ x, kernel }, {}), mixed(shares, under('y/conv/mixture/bias', arrays)))
    })
  }
})

s('conv.dynamic: by a routing of elsewhere, with every argument of a convolution', async () => {
  const call = 'conv.dynamic(4, 2x3, experts: 3, routing: shares, stride: 2, padding: [[0, 1], [1, 0]], groups: 2, bias: false, activation: relu)'
  const given = { inputs: { x: [5, 6, 4], shares: [3] }, weights: expertShapes('y/conv/mixture', 3, [2, 3, 2, 4], false) }
  await computes(`y = x |> ${call}`, given, ({ x, shares }, arrays) => {
    const kernel = mixed(shares, under('y/conv/mixture/kernel', arrays))
    return relu(convolved({ stride: [2, 2], groups: 2, pads: [[0, 1], [1, 0]] })({ x, kernel }, {}))
  })
  const dilated = { inputs: { x: [7, 6, 2], shares: [2] }, weights: expertShapes('y/conv/mixture', 2, [3, 3, 2, 4], false) }
  await computes('y = x |> conv.dynamic(4, experts: 2, routing: shares, dilation: 2, bias: false)', dilated, ({ x, shares }, arrays) =>
    convolved({ dilation: [2, 2] })({ x, kernel: mixed(shares, under('y/conv/mixture/kernel', arrays)) }, {}),
  )
})

s('conv.dynamic: the temperature is a state that starts as told; kernels start as told, biases at zero', () => {
  const weights = weightsIn('y = x |> conv.dynamic(4, temperature: 30, init: ones)', { inputs: { x: [5, 5, 4] } })
  const { kind, init, trainable } = weights['y/conv/temperature']!
  assert.equal([kind, init, trainable], ['state', { kind: 'constant', value: 30 }, false])
  assert.equal(weights['y/conv/mixture/kernel/3']!.init, { kind: 'constant', value: 1 })
  assert.equal(weights['y/conv/mixture/bias/3']!.init, { kind: 'constant', value: 0 })
})

s('conv.dynamic: refuses temperatures that are not positive, and a routing for another number of experts', () => {
  const given = { inputs: { x: [5, 5, 4], shares: [3] } }
  refuses('y = x |> conv.dynamic(4, temperature: 0)', given, 'require/failed', 'the temperature must be positive, not 0')
  refuses('y = x |> conv.dynamic(4, routing: shares)', given, 'shape/argument', 'conv.dynamic needs experts = 4 in the shape of routing, which is [3]')
})

s('conv.conditional: a mixture by σ(W · mean(x) + b), 8 experts (Yang et al. 2019)', async () => {
  for (const [written, experts, size, declared, of] of [
    ['', 8, [5, 6], '[5, 6, 2]', {}],
    [', experts: 2, stride: 2, padding: half', 2, [6, 7], '[H, W, 2]', { stride: [2, 2], pads: [[1, 1], [1, 1]] }],
  ] as const) {
    const weights = {
      'y/conv/routing/dense/kernel': [2, experts],
      'y/conv/routing/dense/bias': [experts],
      ...expertShapes('y/conv/mixture', experts, [3, 3, 2, 4]),
    }
    const given = { inputs: { x: [...size, 2] }, declared: { x: declared }, weights }
    await computes(`y = x |> conv.conditional(4${written})`, given, ({ x }, arrays) => {
      const bias = arrays['y/conv/routing/dense/bias']!
      const shares = dense(meanOf(x), arrays['y/conv/routing/dense/kernel']!, (y, k) => 1 / (1 + Math.exp(-y - at(bias, k))))
      const kernel = mixed(shares, under('y/conv/mixture/kernel', arrays))
      return biased(convolved(of)({ x, kernel }, {}), mixed(shares, under('y/conv/mixture/bias', arrays)))
    })
  }
})

s('conv.conditional: with every other argument of a convolution', async () => {
  const weights = {
    'y/conv/routing/dense/kernel': [4, 2],
    'y/conv/routing/dense/bias': [2],
    ...expertShapes('y/conv/mixture', 2, [3, 2, 2, 4], false),
  }
  const call = 'conv.conditional(4, 3x2, experts: 2, dilation: [1, 2], groups: 2, bias: false, activation: relu, init: ones)'
  await computes(`y = x |> ${call}`, { inputs: { x: [5, 6, 4] }, weights }, ({ x }, arrays) => {
    const bias = arrays['y/conv/routing/dense/bias']!
    const shares = dense(meanOf(x), arrays['y/conv/routing/dense/kernel']!, (y, k) => 1 / (1 + Math.exp(-y - at(bias, k))))
    return relu(convolved({ dilation: [1, 2], groups: 2 })({ x, kernel: mixed(shares, under('y/conv/mixture/kernel', arrays)) }, {}))
  })
})

s('conv.mixture, dynamic and conditional: refuse groups that do not divide the channels', () => {
  const given = { inputs: { x: [5, 5, 4], shares: [4] } }
  for (const call of ['mixture(shares, 6, groups: 3)', 'dynamic(6, groups: 3)', 'conditional(6, groups: 3)'])
    refuses(`y = x |> conv.${call}`, given, 'require/failed', '4 channels do not divide into 3 groups')
})

s.run()
