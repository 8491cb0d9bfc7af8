import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { graphOf } from '../compile-text.ts'
import { biased } from './biased.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/norm')

/** (x - mean) / √(variance + epsilon), both over the elements that differ in the axes alone. */
function standard(x: NdArray, axes: readonly number[], epsilon = 1e-5, unbiased = false): NdArray {
  const groups = new Map<string, number[]>()
  const groupOf = (index: readonly number[]): string => index.filter((_, axis) => !axes.includes(axis)).join()
  fill(x.shape, (...index) => {
    const group = groups.get(groupOf(index)) ?? []
    groups.set(groupOf(index), [...group, at(x, ...index)])
    return 0
  })
  return fill(x.shape, (...index) => {
    const values = groups.get(groupOf(index))!
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return (at(x, ...index) - mean) / Math.sqrt(squares / (values.length - (unbiased ? 1 : 0)) + epsilon)
  })
}

const channelOf = (index: readonly number[]): number => index.at(-1)!

const affine = (x: NdArray, scale: NdArray | undefined, offset: NdArray | undefined): NdArray =>
  biased(scale ? fill(x.shape, (...index) => at(x, ...index) * at(scale, channelOf(index))) : x, offset)

s('norm.standard: (x - mean) / √(variance + epsilon) over some axes of each sample', async () => {
  for (const [written, axes, epsilon, unbiased] of [
    ['[2]', [2], 1e-5, false],
    ['axis: [0, 1], epsilon: 0.1', [0, 1], 0.1, false],
    ['[0, 1, -1], unbiased: true', [0, 1, 2], 1e-5, true],
    ['[1, -1], unbiased: true', [1, 2], 1e-5, true],
  ] as const) {
    const given = { inputs: { x: [3, 4, 5] } }
    await computes(`y = x |> norm.standard(${written})`, given, ({ x }) => standard(x, axes, epsilon, unbiased))
  }
})

s('norm.standard: takes vectors, and maps of sizes that are known only then', async () => {
  await computes('y = x |> norm.standard([0])', { inputs: { x: [5] } }, ({ x }) => standard(x, [0]))
  for (const size of [[2, 3], [5, 4]] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } }
    await computes('y = x |> norm.standard([0, 1, 2])', given, ({ x }) => standard(x, [0, 1, 2]))
  }
})

s('norm.standard: refuses the unbiased variance of one element', () => {
  const message = 'the unbiased variance of one element does not exist'
  refuses('y = x |> norm.standard([2], unbiased: true)', { inputs: { x: [3, 4, 1] } }, 'require/failed', message)
})

/** scale · (x - mean) / √(variance + epsilon) + offset per channel, with the moving statistics. */
const moving = (x: NdArray, mean: NdArray, variance: NdArray, epsilon = 0.001): NdArray =>
  fill(
    x.shape,
    (...index) => (at(x, ...index) - at(mean, channelOf(index))) / Math.sqrt(at(variance, channelOf(index)) + epsilon),
  )

s('norm.batch: scale · (x - mean) / √(variance + 0.001) + offset by moving statistics (Ioffe and Szegedy 2015)', async () => {
  const weights = { 'y/norm/scale': [3], 'y/norm/offset': [3], 'y/norm/mean': [3], 'y/norm/variance': [3] }
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    await computes('y = x |> norm.batch', { inputs: { x: [...size, 3] }, declared: { x: declared }, weights }, ({ x }, of) =>
      affine(moving(x, of['y/norm/mean'], of['y/norm/variance']), of['y/norm/scale'], of['y/norm/offset']),
    )
  }
})

s('norm.batch: of a vector, with another epsilon, without scale or offset', async () => {
  const statistics = { 'y/norm/mean': [3], 'y/norm/variance': [3] }
  const bare = { inputs: { x: [3] }, weights: statistics }
  await computes('y = x |> norm.batch(epsilon: 0.5, scale: false, offset: false)', bare, ({ x }, of) =>
    moving(x, of['y/norm/mean'], of['y/norm/variance'], 0.5),
  )
  const scaled = { inputs: { x: [2, 3, 3] }, weights: { 'y/norm/scale': [3], ...statistics } }
  await computes('y = x |> norm.batch(offset: false)', scaled, ({ x }, of) =>
    affine(moving(x, of['y/norm/mean'], of['y/norm/variance']), of['y/norm/scale'], undefined),
  )
  const shifted = { inputs: { x: [2, 3, 3] }, weights: { 'y/norm/offset': [3], ...statistics } }
  await computes('y = x |> norm.batch(scale: false)', shifted, ({ x }, of) =>
    affine(moving(x, of['y/norm/mean'], of['y/norm/variance']), undefined, of['y/norm/offset']),
  )
})

s('norm.batch: starts as the identity of a standard distribution; the statistics are states, not trained', () => {
  const weights = Object.entries(weightsIn('y = x |> norm.batch', { inputs: { x: [3, 4, 2] } }))
  assert.equal(
    weights.map(([path, { kind, init, trainable }]) => [path, kind, init, trainable]),
    [
      ['y/norm/scale', 'param', { kind: 'constant', value: 1 }, true],
      ['y/norm/offset', 'param', { kind: 'constant', value: 0 }, true],
      ['y/norm/mean', 'state', { kind: 'constant', value: 0 }, false],
      ['y/norm/variance', 'state', { kind: 'constant', value: 1 }, false],
    ],
  )
})

s('norm.batch: hands epsilon and momentum to the primitive that trains with them', () => {
  const attributesOf = (call: string) => {
    const graph = graphOf(`model M {\n  input x: [3, 4, 2]\n  output y = x |> ${call}\n}\n`)
    const node = graph.outputs[0]!.node
    return node.kind === 'op' ? [node.op, node.attributes['epsilon'], node.attributes['momentum']] : []
  }
  assert.equal(attributesOf('norm.batch'), ['batch_norm', 0.001, 0.99])
  assert.equal(attributesOf('norm.batch(epsilon: 1e-5, momentum: 0.9)'), ['batch_norm', 1e-5, 0.9])
})

const trained = { 'y/norm/scale': [3], 'y/norm/offset': [3] }

s('norm.layer: over the channels of each place, then · scale + offset per channel (Ba et al. 2016)', async () => {
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, weights: trained }
    await computes('y = x |> norm.layer', given, ({ x }, of) =>
      affine(standard(x, [2]), of['y/norm/scale'], of['y/norm/offset']),
    )
  }
})

s('norm.layer: over the whole map, of a vector, with another epsilon, unbiased, without scale or offset', async () => {
  const map = { inputs: { x: [3, 4, 3] }, weights: trained }
  await computes('y = x |> norm.layer(axis: [0, 1, 2], epsilon: 0.1, unbiased: true)', map, ({ x }, of) =>
    affine(standard(x, [0, 1, 2], 0.1, true), of['y/norm/scale'], of['y/norm/offset']),
  )
  await computes('y = x |> norm.layer', { inputs: { x: [3] }, weights: trained }, ({ x }, of) =>
    affine(standard(x, [0]), of['y/norm/scale'], of['y/norm/offset']),
  )
  const shifted = { inputs: { x: [2, 2, 3] }, weights: { 'y/norm/offset': [3] } }
  await computes('y = x |> norm.layer(scale: false)', shifted, ({ x }, of) =>
    affine(standard(x, [2]), undefined, of['y/norm/offset']),
  )
  const scaled = { inputs: { x: [2, 2, 3] }, weights: { 'y/norm/scale': [3] } }
  await computes('y = x |> norm.layer(offset: false)', scaled, ({ x }, of) =>
    affine(standard(x, [2]), of['y/norm/scale'], undefined),
  )
})

s('norm.instance: each channel of each sample over its map, then · scale + offset (Ulyanov et al. 2016)', async () => {
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, weights: trained }
    await computes('y = x |> norm.instance', given, ({ x }, of) =>
      affine(standard(x, [0, 1]), of['y/norm/scale'], of['y/norm/offset']),
    )
  }
})

s('norm.instance: with another epsilon, unbiased, without scale and offset', async () => {
  const inputs = { x: [3, 4, 3] }
  await computes('y = x |> norm.instance(epsilon: 0.1, unbiased: true, scale: false, offset: false)', { inputs }, ({ x }) =>
    standard(x, [0, 1], 0.1, true),
  )
  await computes('y = x |> norm.instance(scale: false)', { inputs, weights: { 'y/norm/offset': [3] } }, ({ x }, of) =>
    affine(standard(x, [0, 1]), undefined, of['y/norm/offset']),
  )
})

s('norm.layer and norm.instance: start without effect', () => {
  for (const call of ['norm.layer', 'norm.instance']) {
    const weights = Object.values(weightsIn(`y = x |> ${call}`, { inputs: { x: [3, 4, 2] } }))
    assert.equal(weights.map(({ init }) => init), [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 0 }])
  }
})

/** The mixture of both, with the factors of a sample. */
function adaptive(x: NdArray, scale: NdArray, offset: NdArray, rho: NdArray, epsilon = 1e-5, unbiased = false): NdArray {
  const [instance, layer] = [standard(x, [0, 1], epsilon, unbiased), standard(x, [0, 1, 2], epsilon, unbiased)]
  const mixed = fill(x.shape, (h, w, c) => at(rho, c) * at(instance, h, w, c) + (1 - at(rho, c)) * at(layer, h, w, c))
  return affine(mixed, scale, offset)
}

s("norm.adaptive: (ρ · instance(x) + (1 - ρ) · layer(x)) · scale + offset, by a sample's factors (Kim et al. 2020)", async () => {
  for (const [size, declared] of [
    [[3, 4], '[3, 4, 3]'],
    [[5, 2], '[H, W, 3]'],
    [[2, 3], '[H, W, 3]'],
  ] as const) {
    const inputs = { x: [...size, 3], scale: [3], offset: [3] }
    const given = { inputs, declared: { x: declared }, weights: { 'y/norm/rho': [3] } }
    await computes('y = x |> norm.adaptive(scale, offset)', given, ({ x, scale, offset }, of) =>
      adaptive(x, scale, offset, of['y/norm/rho']),
    )
  }
  const inputs = { x: [3, 4, 3], a: [3], b: [3] }
  const call = 'y = x |> norm.adaptive(scale: a, offset: b, epsilon: 0.1, unbiased: true)'
  await computes(call, { inputs, weights: { 'y/norm/rho': [3] } }, ({ x, a, b }, of) =>
    adaptive(x, a, b, of['y/norm/rho'], 0.1, true),
  )
})

s('norm.adaptive: ρ starts at 0.9 or as told, and is kept between 0 and 1', () => {
  const inputs = { x: [3, 4, 2], a: [2], b: [2] }
  const rho = weightsIn('y = x |> norm.adaptive(a, b)', { inputs })['y/norm/rho']!
  assert.equal([rho.init, rho.within, rho.trainable], [{ kind: 'constant', value: 0.9 }, [0, 1], true])
  const told = weightsIn('y = x |> norm.adaptive(a, b, init: zeros)', { inputs })['y/norm/rho']!
  assert.equal(told.init, { kind: 'constant', value: 0 })
})

s('norm.standard: takes a list of numbers as the tensor that it is', async () => {
  const given = { inputs: { x: [2, 3] } }
  const wanted = standard({ shape: [3], data: Float64Array.of(1, 2, 6) }, [0])
  await computes('y = x * norm.standard([1, 2, 6], 0)', given, ({ x }) => fill([2, 3], (r, c) => at(x, r, c) * at(wanted, c)))
})

s.run()
