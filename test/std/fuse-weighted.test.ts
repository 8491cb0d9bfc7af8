import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'
import { joined } from './joined.ts'
import { meanOf } from './mean-of.ts'
import { threeInputs } from './three-inputs.ts'

const s = suite('std/fuse: weighted')

const sum = (elements: readonly number[]): number => elements.reduce((all, element) => all + element, 0)

s('fuse.average: w · a + (1 - w) · b with one trained w', async () => {
  for (const given of threeInputs) {
    for (const written of ['', ', per: scalar']) {
      await computes(`y = fuse.average(a, b${written})`, { ...given, weights: { 'y/fuse/weight': [] } }, ({ a, b }, of) => {
        const w = at(of['y/fuse/weight'])
        return joined([a, b], ([x, y]) => w * x! + (1 - w) * y!)
      })
    }
  }
})

s('fuse.average: w[c] · a + (1 - w[c]) · b with one trained w for each channel', async () => {
  for (const [shape, declared] of [[[3, 4, 2], '[3, 4, 2]'], [[2, 5, 2], '[H, W, 2]'], [[2], '[2]']] as const) {
    const given = { inputs: { a: shape, b: shape }, declared: { a: declared, b: declared }, weights: { 'y/fuse/weight': [2] } }
    await computes('y = fuse.average(a, b, per: channel)', given, ({ a, b }, of) =>
      fill(shape, (...index) => {
        const w = at(of['y/fuse/weight'], index.at(-1)!)
        return w * at(a, ...index) + (1 - w) * at(b, ...index)
      }),
    )
  }
})

s('fuse.average: w starts between 0 and 1', () => {
  const given = { inputs: { a: [3, 4, 2], b: [3, 4, 2] } }
  for (const statement of ['y = fuse.average(a, b)', 'y = fuse.average(a, b, per: channel)']) {
    const { init, trainable } = weightsIn(statement, given)['y/fuse/weight']!
    assert.equal([init, trainable], [{ kind: 'uniform', min: 0, max: 1 }, true])
  }
})

s('fuse.static: weights[0] · a + weights[1] · b, without anything trained', async () => {
  for (const given of threeInputs)
    await computes('y = fuse.static(a, b, [0.25, -2])', given, ({ a, b }) => joined([a, b], ([x, y]) => 0.25 * x! - 2 * y!))
})

s('fuse.static: refuses another number of weights', () => {
  const given = { inputs: { a: [3, 4, 2], b: [3, 4, 2] } }
  const message = 'fuse.static combines two maps, so it takes two weights, not 3'
  refuses('y = fuse.static(a, b, [1, 2, 3])', given, 'require/failed', message)
})

const softmax = (logits: NdArray): readonly number[] => {
  const powers = [...logits.data].map(Math.exp)
  return powers.map((power) => power / sum(powers))
}

s('fuse.convex: Σ softmax(logits)ₖ · mapₖ', async () => {
  for (const given of threeInputs) {
    await computes('y = fuse.convex(a, b, c)', { ...given, weights: { 'y/fuse/logits': [3] } }, ({ a, b, c }, of) => {
      const shares = softmax(of['y/fuse/logits'])
      return joined([a, b, c], (elements) => sum(elements.map((element, k) => element * shares[k]!)))
    })
  }
})

s('fuse.convex: the weights sum to 1, however far the logits go', async () => {
  const far = (uniform: number): number => 40 * uniform
  const given = { inputs: { a: [3, 4, 2] }, weights: { 'y/fuse/logits': [4] }, weight: far }
  await computes('y = fuse.convex(a, a, a, a)', given, ({ a }) => a)
})

s('fuse.convex: starts as the mean', () => {
  const { init, trainable } = weightsIn('y = fuse.convex(a, a)', { inputs: { a: [3, 4, 2] } })['y/fuse/logits']!
  assert.equal([init, trainable], [{ kind: 'constant', value: 0 }, true])
})

s('fuse.normalized: Σ relu(w)ₖ · mapₖ / (Σ relu(w)ₖ + epsilon), epsilon 1e-4 (Tan et al. 2020)', async () => {
  for (const given of threeInputs) {
    for (const [written, epsilon] of [['', 1e-4], [', epsilon: 0.5', 0.5]] as const) {
      const weighted = { ...given, weights: { 'y/fuse/weights': [3] } }
      await computes(`y = fuse.normalized(a, b, c${written})`, weighted, ({ a, b, c }, of) => {
        const positive = [...of['y/fuse/weights'].data].map((w) => Math.max(w, 0))
        const total = sum(positive) + epsilon
        return joined([a, b, c], (elements) => sum(elements.map((element, k) => element * positive[k]!)) / total)
      })
    }
  }
})

s('fuse.normalized: is 0 where all weights are negative; they start as ones', async () => {
  const given = { inputs: { a: [3, 4, 2], b: [3, 4, 2] }, weights: { 'y/fuse/weights': [2] } }
  const negative = (uniform: number): number => -Math.abs(uniform) - 0.1
  await computes('y = fuse.normalized(a, b)', { ...given, weight: negative }, ({ a }) => fill(a.shape, () => 0))
  const { init, trainable } = weightsIn('y = fuse.normalized(a, b)', given)['y/fuse/weights']!
  assert.equal([init, trainable], [{ kind: 'constant', value: 1 }, true])
})

s('fuse.select: softmax over the maps of A · relu(norm(W · mean(Σ maps))), for each channel (Li et al. 2019)', async () => {
  for (const [written, channels, hidden, declared, size] of [
    ['', 3, 32, '[3, 4, 3]', [3, 4]],
    [', ratio: 2, minimum: 3', 8, 4, '[H, W, 8]', [5, 2]],
    [', ratio: 2, minimum: 3', 4, 3, '[H, W, 4]', [2, 3]],
  ] as const) {
    const shape = [...size, channels]
    const weights = {
      'y/fuse/z/dense/kernel': [channels, hidden],
      'y/fuse/z/norm/scale': [hidden],
      'y/fuse/z/norm/offset': [hidden],
      'y/fuse/z/norm/mean': [hidden],
      'y/fuse/z/norm/variance': [hidden],
      'y/fuse/logits/0/dense/kernel': [hidden, channels],
      'y/fuse/logits/1/dense/kernel': [hidden, channels],
      'y/fuse/logits/2/dense/kernel': [hidden, channels],
    }
    const inputs = { a: shape, b: shape, c: shape }
    const given = { inputs, declared: { a: declared, b: declared, c: declared }, weights }
    await computes(`y = fuse.select(a, b, c${written})`, given, ({ a, b, c }, of) => {
      const u = meanOf(joined([a, b, c], sum))
      const z = fill([hidden], (i) => {
        const y = total([channels], (k) => at(u, k) * at(of['y/fuse/z/dense/kernel'], k, i))
        const centred = (y - at(of['y/fuse/z/norm/mean'], i)) / Math.sqrt(at(of['y/fuse/z/norm/variance'], i) + 0.001)
        return Math.max(centred * at(of['y/fuse/z/norm/scale'], i) + at(of['y/fuse/z/norm/offset'], i), 0)
      })
      const kernels = [of['y/fuse/logits/0/dense/kernel'], of['y/fuse/logits/1/dense/kernel'], of['y/fuse/logits/2/dense/kernel']]
      const logits = kernels.map((kernel) => fill([channels], (k) => total([hidden], (i) => at(z, i) * at(kernel, i, k))))
      return fill(shape, (h, w, k) => {
        const powers = logits.map((logit) => Math.exp(at(logit, k)))
        return sum([a, b, c].map((map, i) => (at(map, h, w, k) * powers[i]!) / sum(powers)))
      })
    })
  }
})

s.run()
