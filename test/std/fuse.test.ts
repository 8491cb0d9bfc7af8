import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/fuse')

/** Maps of one shape in one, element by element. */
const joined = (maps: readonly NdArray[], combine: (elements: readonly number[]) => number): NdArray =>
  fill(maps[0]!.shape, (...index) => combine(maps.map((map) => at(map, ...index))))

const sum = (elements: readonly number[]): number => elements.reduce((all, element) => all + element, 0)
const product = (elements: readonly number[]): number => elements.reduce((all, element) => all * element, 1)
const mean = (elements: readonly number[]): number => sum(elements) / elements.length
const max = (elements: readonly number[]): number => Math.max(...elements)
const min = (elements: readonly number[]): number => Math.min(...elements)

/** Three inputs of one shape: maps of even and odd, fixed and open sizes, and vectors. */
const threes = (
  [
    [[4, 3, 2], '[4, 3, 2]'],
    [[3, 4, 2], '[H, W, C]'],
    [[2, 5, 3], '[H, W, C]'],
    [[6], '[6]'],
  ] as const
).map(([shape, declared]) => ({ inputs: { a: shape, b: shape, c: shape }, declared: { a: declared, b: declared, c: declared } }))

s('fuse.add: a + b + …', async () => {
  for (const given of threes) {
    await computes('y = fuse.add(a, b)', given, ({ a, b }) => joined([a, b], sum))
    await computes('y = fuse.add(...[a, b], c)', given, ({ a, b, c }) => joined([a, b, c], sum))
  }
})

s('fuse.sub: a - b', async () => {
  for (const given of threes) await computes('y = a |> fuse.sub(b)', given, ({ a, b }) => joined([a, b], ([x, y]) => x! - y!))
})

s('fuse.mul: a · b · …', async () => {
  for (const given of threes) {
    await computes('y = fuse.mul(a, b)', given, ({ a, b }) => joined([a, b], product))
    await computes('y = fuse.mul(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], product))
  }
})

s('fuse.div: a / b, infinite where b is 0', async () => {
  const away = (uniform: number): number => uniform + Math.sign(uniform) / 4
  for (const given of threes)
    await computes('y = fuse.div(a, b)', { ...given, element: away }, ({ a, b }) => joined([a, b], ([x, y]) => x! / y!))
  const whole = (uniform: number): number => Math.round(2 * uniform) + 0
  await computes('y = fuse.div(a + 3, b)', { inputs: { a: [3, 4, 2], b: [3, 4, 2] }, element: whole }, ({ a, b }) =>
    joined([a, b], ([x, y]) => (x! + 3) / y!),
  )
})

s('fuse.max: the largest of the elements at a place', async () => {
  for (const given of threes) await computes('y = fuse.max(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], max))
})

s('fuse.min: the smallest of the elements at a place', async () => {
  for (const given of threes) await computes('y = fuse.min(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], min))
})

s('fuse.mean: (a + b + …) / n', async () => {
  for (const given of threes) {
    await computes('y = fuse.mean(a, b)', given, ({ a, b }) => joined([a, b], mean))
    await computes('y = fuse.mean(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], mean))
  }
})

s('elementwise fusions refuse to stretch a map', () => {
  const given = { inputs: { a: [3, 4, 2], b: [1, 1, 2] } }
  for (const [op, operator] of [['add', '+'], ['sub', '-'], ['mul', '*'], ['div', '/']]) {
    const message = `fuse.${op} takes equal shapes, not [3, 4, 2] and [1, 1, 2]: to stretch one on purpose write ${operator}`
    refuses(`y = fuse.${op}(a, b)`, given, 'require/failed', message)
  }
  for (const op of ['max', 'min', 'average'])
    refuses(`y = fuse.${op}(a, b)`, given, 'require/failed', `fuse.${op} takes equal shapes, not [3, 4, 2] and [1, 1, 2]`)
  refuses('y = fuse.static(a, b, [1, 2])', given, 'require/failed', 'fuse.static takes equal shapes, not [3, 4, 2] and [1, 1, 2]')
})

s('fuse.concat: the channels of each map after those of the one before', async () => {
  for (const [size, declared] of [[[3, 4], '3, 4'], [[2, 5], 'H, W'], [[4, 3], 'H, W']] as const) {
    const inputs = { a: [...size, 2], b: [...size, 3], c: [...size, 1] }
    const given = { inputs, declared: { a: `[${declared}, 2]`, b: `[${declared}, 3]`, c: `[${declared}, 1]` } }
    await computes('y = fuse.concat(a, b, c)', given, ({ a, b, c }) =>
      fill([...size, 6], (h, w, k) => (k < 2 ? at(a, h, w, k) : k < 5 ? at(b, h, w, k - 2) : at(c, h, w, 0))),
    )
  }
})

s('fuse.concat: along another axis, and of vectors', async () => {
  await computes('y = fuse.concat(a, b, axis: 0)', { inputs: { a: [3, 4, 2], b: [1, 4, 2] } }, ({ a, b }) =>
    fill([4, 4, 2], (h, w, c) => (h < 3 ? at(a, h, w, c) : at(b, h - 3, w, c))),
  )
  await computes('y = fuse.concat(a, b)', { inputs: { a: [3], b: [2] } }, ({ a, b }) => fill([5], (c) => (c < 3 ? at(a, c) : at(b, c - 3))))
})

s('fuse.concat: refuses maps of other sizes', () => {
  refuses('y = fuse.concat(a, b)', { inputs: { a: [3, 4, 2], b: [3, 5, 2] } }, 'shape/size-mismatch', 'fuse.concat needs equal sizes: width 4 against 5')
})

s('fuse.project: a 1x1 convolution of both, one after the other', async () => {
  for (const [size, declared] of [[[3, 4], '3, 4'], [[2, 5], 'H, W'], [[4, 3], 'H, W']] as const) {
    const inputs = { a: [...size, 2], b: [...size, 3] }
    const weights = { 'y/fuse/conv/kernel': [1, 1, 5, 4], 'y/fuse/conv/bias': [4] }
    const given = { inputs, declared: { a: `[${declared}, 2]`, b: `[${declared}, 3]` }, weights }
    await computes('y = fuse.project(a, b, 4)', given, ({ a, b }, of) => {
      const x = fill([...size, 5], (h, w, c) => (c < 2 ? at(a, h, w, c) : at(b, h, w, c - 2)))
      const mixed = convolved({})({ x, kernel: of['y/fuse/conv/kernel'] }, {})
      return fill(mixed.shape, (h, w, o) => at(mixed, h, w, o) + at(of['y/fuse/conv/bias'], o))
    })
  }
})

s('fuse.average: w · a + (1 - w) · b with one trained w', async () => {
  for (const given of threes) {
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
  for (const given of threes)
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
  for (const given of threes) {
    await computes('y = fuse.convex(a, b, c)', { ...given, weights: { 'y/fuse/logits': [3] } }, ({ a, b, c }, of) => {
      const shares = softmax(of['y/fuse/logits'])
      return joined([a, b, c], (elements) => sum(elements.map((element, k) => element * shares[k]!)))
    })
  }
})

s('fuse.convex: the weights are positive and sum to 1, however far the logits go', async () => {
  const far = (uniform: number): number => 40 * uniform
  const given = { inputs: { a: [3, 4, 2] }, weights: { 'y/fuse/logits': [4] }, weight: far }
  await computes('y = fuse.convex(a, a, a, a)', given, ({ a }) => a)
  await computes('y = fuse.convex(a * 0 + 1, a * 0 + 2, a * 0 + 2, a * 0 + 3) - 1', given, ({ a }, of) => {
    const shares = softmax(of['y/fuse/logits'])
    return fill(a.shape, () => shares[1]! + shares[2]! + 2 * shares[3]!)
  })
})

s('fuse.convex: starts as the mean', () => {
  const { init, trainable } = weightsIn('y = fuse.convex(a, a)', { inputs: { a: [3, 4, 2] } })['y/fuse/logits']!
  assert.equal([init, trainable], [{ kind: 'constant', value: 0 }, true])
})

s('fuse.normalized: Σ relu(w)ₖ · mapₖ / (Σ relu(w)ₖ + epsilon), epsilon 1e-4 (Tan et al. 2020)', async () => {
  for (const given of threes) {
    for (const [written, epsilon] of [['', 1e-4], [', epsilon: 0.5', 0.5]] as const) {
      await computes(`y = fuse.normalized(a, b, c${written})`, { ...given, weights: { 'y/fuse/weights': [3] } }, ({ a, b, c }, of) => {
        const positive = [...of['y/fuse/weights'].data].map((w) => Math.max(w, 0))
        const weighted = (elements: readonly number[]): number => sum(elements.map((element, k) => element * positive[k]!))
        return joined([a, b, c], (elements) => weighted(elements) / (sum(positive) + epsilon))
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

s('fuse.select: softmax over the maps of A · relu(norm(W · mean(Σ maps))), for each sample and channel (Li et al. 2019)', async () => {
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
      const u = fill([channels], (k) => total(size, (h, w) => at(a, h, w, k) + at(b, h, w, k) + at(c, h, w, k)) / (size[0] * size[1]))
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
