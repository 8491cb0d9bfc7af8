import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { samePads } from '../primitives/same-pads.ts'
import { biased } from './biased.ts'
import { computes, refuses, weightsIn } from './block.ts'
import { dense } from './dense.ts'
import { meanOf } from './mean-of.ts'

const s = suite('std/conv: mixtures of kernels')

const relu = (value: number): number => Math.max(value, 0)
const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
const softmax = (x: NdArray): NdArray => fill(x.shape, (i) => Math.exp(at(x, i)) / total(x.shape, (j) => Math.exp(at(x, j))))

type Shapes = Readonly<Record<string, readonly number[]>>
type Geometry = Parameters<typeof convolved>[0]
type Arrays = Readonly<Record<string, NdArray>>

/** The shapes of numbered weights under a path. */
const numbered = (path: string, count: number, shape: readonly number[]): Shapes =>
  Object.fromEntries(Array.from({ length: count }, (_, k) => [`${path}/${k}`, shape]))

/** The shapes of the kernels and biases of experts. */
const experts = (path: string, count: number, kernel: readonly number[]): Shapes => ({
  ...numbered(`${path}/kernel`, count, kernel),
  ...numbered(`${path}/bias`, count, kernel.slice(-1)),
})

/** The sum of the numbered arrays under a path, each times its share. */
const mixed = (shares: NdArray, path: string, arrays: Arrays): NdArray =>
  fill(arrays[`${path}/0`]!.shape, (...index) =>
    total(shares.shape, (k) => at(shares, k) * at(arrays[`${path}/${k}`]!, ...index)),
  )

/** The convolution by the mixture of the kernels under a path, with the mixture of the biases where there are any. */
function convolvedByMixture(x: NdArray, shares: NdArray, path: string, arrays: Arrays, geometry: Geometry = {}): NdArray {
  const y = convolved(geometry)({ x, kernel: mixed(shares, `${path}/kernel`, arrays) }, {})
  return arrays[`${path}/bias/0`] ? biased(y, mixed(shares, `${path}/bias`, arrays)) : y
}

s('conv.mixture: the convolution by Σ weights[k] · kernel[k], plus Σ weights[k] · bias[k], for each sample its own', async () => {
  for (const [written, size, channels, kernel, geometry] of [
    ['', [5, 6], 2, [3, 3, 2, 4], {}],
    [', 2x3, stride: 2, padding: same', [6, 7], 2, [2, 3, 2, 4], { stride: [2, 2], pads: [[0, 0], [1, 1]] }],
    [', stride: [2, 1], padding: half', [6, 7], 2, [3, 3, 2, 4], { stride: [2, 1], pads: [[1, 1], [1, 1]] }],
    [', dilation: 2', [7, 6], 2, [3, 3, 2, 4], { dilation: [2, 2] }],
    [', groups: 2, padding: 1', [4, 5], 6, [3, 3, 3, 4], { groups: 2, pads: [[1, 1], [1, 1]] }],
  ] as const) {
    const given = { inputs: { x: [...size, channels], shares: [3] }, weights: experts('y/conv', 3, kernel) }
    await computes(`y = x |> conv.mixture(shares, 4${written})`, given, ({ x, shares }, weights) =>
      convolvedByMixture(x, shares, 'y/conv', weights, geometry),
    )
  }
})

s('conv.mixture: by weights of the model, which make one kernel for all samples', async () => {
  const given = { inputs: { x: [5, 6, 2] }, weights: { shares: [2], ...experts('y/conv', 2, [3, 3, 2, 4]) } }
  await computes('param shares: [2] = ones\ny = x |> conv.mixture(shares, 4)', given, ({ x }, weights) =>
    convolvedByMixture(x, weights['shares']!, 'y/conv', weights),
  )
})

s('conv.mixture: with an activation, without biases, at sizes that are known only then', async () => {
  const weights = numbered('y/conv/kernel', 2, [3, 3, 2, 4])
  const statement = 'y = x |> conv.mixture(shares, 4, stride: 2, padding: same, bias: false, activation: relu)'
  for (const size of [[5, 6], [8, 7]] as const) {
    const given = { inputs: { x: [...size, 2], shares: [2] }, declared: { x: '[H, W, 2]' }, weights }
    const geometry = { stride: [2, 2], pads: samePads(size, [3, 3], [2, 2]) } as const
    await computes(statement, given, ({ x, shares }, arrays) =>
      biased(convolvedByMixture(x, shares, 'y/conv', arrays, geometry), undefined, relu),
    )
  }
})

s(
  'conv.dynamic: a mixture by softmax(W₂ · relu(W₁ · mean(x)) / temperature), 4 experts, ratio 4 (Chen et al. 2020)',
  async () => {
    for (const [written, channels, hidden, count] of [
      ['', 8, 2, 4],
      [', experts: 2, ratio: 2, temperature: 30', 6, 3, 2],
      ['', 3, 1, 4],
    ] as const) {
      const weights = {
        'y/conv/temperature': [],
        'y/conv/reduce/kernel': [channels, hidden],
        'y/conv/expand/kernel': [hidden, count],
        ...experts('y/conv/mixture', count, [3, 3, channels, 4]),
      }
      await computes(`y = x |> conv.dynamic(4${written})`, { inputs: { x: [5, 6, channels] }, weights }, ({ x }, of) => {
        const squeezed = dense(meanOf(x), of['y/conv/reduce/kernel']!, undefined, relu)
        const logits = dense(squeezed, of['y/conv/expand/kernel']!)
        const temperature = at(of['y/conv/temperature']!)
        const shares = softmax(fill(logits.shape, (k) => at(logits, k) / temperature))
        return convolvedByMixture(x, shares, 'y/conv/mixture', of)
      })
    }
  },
)

s('conv.dynamic: by a routing of elsewhere, with every argument of a convolution', async () => {
  const arranged = 'stride: 2, padding: [[0, 1], [1, 0]], groups: 2, bias: false, activation: relu'
  const given = { inputs: { x: [5, 6, 4], shares: [3] }, weights: numbered('y/conv/mixture/kernel', 3, [2, 3, 2, 4]) }
  const geometry = { stride: [2, 2], groups: 2, pads: [[0, 1], [1, 0]] } as const
  await computes(`y = x |> conv.dynamic(4, 2x3, experts: 3, routing: shares, ${arranged})`, given, ({ x, shares }, weights) =>
    biased(convolvedByMixture(x, shares, 'y/conv/mixture', weights, geometry), undefined, relu),
  )
  const dilated = { inputs: { x: [7, 6, 2], shares: [2] }, weights: experts('y/conv/mixture', 2, [3, 3, 2, 4]) }
  await computes('y = x |> conv.dynamic(4, experts: 2, routing: shares, dilation: 2)', dilated, ({ x, shares }, weights) =>
    convolvedByMixture(x, shares, 'y/conv/mixture', weights, { dilation: [2, 2] }),
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
  refuses('y = x |> conv.dynamic(4, routing: shares)', given, 'shape/argument')
})

s('conv.conditional: a mixture by σ(W · mean(x) + b), 8 experts (Yang et al. 2019)', async () => {
  for (const [written, count, size, declared, geometry] of [
    ['', 8, [5, 6], '[5, 6, 2]', {}],
    [', experts: 2, stride: 2, padding: half', 2, [6, 7], '[H, W, 2]', { stride: [2, 2], pads: [[1, 1], [1, 1]] }],
  ] as const) {
    const weights = {
      'y/conv/routing/dense/kernel': [2, count],
      'y/conv/routing/dense/bias': [count],
      ...experts('y/conv/mixture', count, [3, 3, 2, 4]),
    }
    const given = { inputs: { x: [...size, 2] }, declared: { x: declared }, weights }
    await computes(`y = x |> conv.conditional(4${written})`, given, ({ x }, of) => {
      const shares = dense(meanOf(x), of['y/conv/routing/dense/kernel']!, of['y/conv/routing/dense/bias'], sigmoid)
      return convolvedByMixture(x, shares, 'y/conv/mixture', of, geometry)
    })
  }
})

s('conv.conditional: with every other argument of a convolution', async () => {
  const weights = {
    'y/conv/routing/dense/kernel': [4, 2],
    'y/conv/routing/dense/bias': [2],
    ...numbered('y/conv/mixture/kernel', 2, [3, 2, 2, 4]),
  }
  const statement = 'y = x |> conv.conditional(4, 3x2, experts: 2, dilation: [1, 2], groups: 2, bias: false, activation: relu)'
  await computes(statement, { inputs: { x: [5, 6, 4] }, weights }, ({ x }, of) => {
    const shares = dense(meanOf(x), of['y/conv/routing/dense/kernel']!, of['y/conv/routing/dense/bias'], sigmoid)
    return biased(convolvedByMixture(x, shares, 'y/conv/mixture', of, { dilation: [1, 2], groups: 2 }), undefined, relu)
  })
})

s('conv.mixture and conditional: kernels start as told, biases at zero', () => {
  const given = { inputs: { x: [5, 5, 4], shares: [2] } }
  for (const [call, path] of [
    ['mixture(shares, 4, init: ones)', 'y/conv'],
    ['conditional(4, init: ones)', 'y/conv/mixture'],
  ] as const) {
    const weights = weightsIn(`y = x |> conv.${call}`, given)
    const inits = [weights[`${path}/kernel/1`]!.init, weights[`${path}/bias/1`]!.init]
    assert.equal(inits, [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 0 }])
  }
})

s('conv.mixture, dynamic and conditional: refuse groups that do not divide the channels', () => {
  const given = { inputs: { x: [5, 5, 4], shares: [4] } }
  for (const call of ['mixture(shares, 6', 'dynamic(6', 'conditional(6']) {
    refuses(`y = x |> conv.${call}, groups: 3)`, given, 'require/failed', '4 channels do not divide into 3 groups')
    refuses(`y = x |> conv.${call}, groups: 0)`, given, 'require/failed', 'groups must be at least 1, not 0')
  }
})

s.run()
