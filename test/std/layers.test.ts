import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, total } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'
import { dense } from './dense.ts'

const s = suite('std/plain/layers')

s('dense: y[u] = Σ x[c] · kernel[c, u] + bias[u]', async () => {
  for (const [inputs, units] of [[5, 4], [1, 3], [6, 1]] as const) {
    const weights = { 'y/dense/kernel': [inputs, units], 'y/dense/bias': [units] }
    await computes(`y = x |> dense(${units})`, { inputs: { x: [inputs] }, weights }, ({ x }, of) =>
      dense(x, of['y/dense/kernel'], of['y/dense/bias']),
    )
  }
})

s('dense: each row of a matrix by itself, also of as many as are known only then', async () => {
  const weights = { 'y/dense/kernel': [5, 4], 'y/dense/bias': [4] }
  for (const [rows, declared] of [[3, '[3, 5]'], [1, '[1, 5]'], [2, '[N, 5]'], [4, '[N, 5]']] as const) {
    await computes('y = x |> dense(4)', { inputs: { x: [rows, 5] }, declared: { x: declared }, weights }, ({ x }, of) =>
      dense(x, of['y/dense/kernel'], of['y/dense/bias']),
    )
  }
})

s('dense: with an activation, which sees the bias; without a bias; with another initialiser', async () => {
  const biased = { 'y/dense/kernel': [5, 4], 'y/dense/bias': [4] }
  await computes('y = x |> dense(4, activation: tanh)', { inputs: { x: [5] }, weights: biased }, ({ x }, of) =>
    dense(x, of['y/dense/kernel'], of['y/dense/bias'], Math.tanh),
  )
  const bare = { inputs: { x: [5] }, weights: { 'y/dense/kernel': [5, 4] } }
  await computes('y = x |> dense(4, relu, bias: false)', bare, ({ x }, of) =>
    dense(x, of['y/dense/kernel'], undefined, (y) => Math.max(y, 0)),
  )
  const initsOf = (statements: string) => Object.values(weightsIn(statements, { inputs: { x: [5] } })).map(({ init }) => init)
  const zeros = { kind: 'constant', value: 0 }
  const glorot = { kind: 'variance_scaling', scale: 1, fan: 'average', distribution: 'uniform' }
  assert.equal(initsOf('y = x |> dense(4)'), [glorot, zeros])
  assert.equal(initsOf('y = x |> dense(4, init: normal(0, 0.1))'), [{ kind: 'normal', mean: 0, deviation: 0.1 }, zeros])
})

s('dense: refuses a map', () => {
  refuses('y = x |> dense(4)', { inputs: { x: [3, 4, 5] } }, 'shape/rank')
})

s('dense: of four axes each vector along the last by itself', async () => {
  const weights = { 'y/dense/kernel': [4, 5], 'y/dense/bias': [5] }
  await computes('y = dense(x, 5)', { inputs: { x: [2, 1, 3, 4] }, weights }, ({ x }, of) =>
    fill([2, 1, 3, 5], (a, b, c, unit) =>
      at(of['y/dense/bias'], unit) + total([4], (i) => at(x, a, b, c, i) * at(of['y/dense/kernel'], i, unit)),
    ),
  )
})

s('flatten: y[(h · W + w) · C + c] = x[h, w, c]', async () => {
  for (const shape of [[3, 4, 2], [2, 5], [7], [1, 1, 1]] as const) {
    await computes('y = x |> flatten', { inputs: { x: shape } }, ({ x }) => ({ shape: [x.data.length], data: x.data }))
  }
  for (const size of [[2, 3], [5, 4]] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } }
    await computes('y = x |> flatten', given, ({ x }) =>
      fill([size[0] * size[1] * 3], (i) => at(x, Math.floor(i / 3 / size[1]), Math.floor(i / 3) % size[1], i % 3)),
    )
  }
})

s('split: part k of n has the channels from k · C / n on', async () => {
  for (const [channels, parts, declared] of [
    [6, 3, '[3, 4, 6]'],
    [4, 2, '[H, W, 4]'],
    [5, 5, '[3, W, 5]'],
    [3, 1, '[3, 4, 3]'],
  ] as const) {
    for (let part = 0; part < parts; part++) {
      const given = { inputs: { x: [3, 4, channels] }, declared: { x: declared } }
      await computes(`runs = x |> split(${parts})\ny = runs[${part}]`, given, ({ x }) =>
        fill([3, 4, channels / parts], (h, w, c) => at(x, h, w, (part * channels) / parts + c)),
      )
    }
  }
})

s('split: gives a list as long as the parts', async () => {
  const swapped = 'a, b = x |> split(parts: 2)\ny = fuse.concat(b, a)'
  await computes(swapped, { inputs: { x: [2, 3, 4] } }, ({ x }) => fill(x.shape, (h, w, c) => at(x, h, w, (c + 2) % 4)))
})

s('split: cuts along any axis of any rank', async () => {
  await computes('a, b = split(x, 2, axis: 0)\ny = a - b', { inputs: { x: [4, 3, 2] } }, ({ x }) =>
    fill([2, 3, 2], (h, w, c) => at(x, h, w, c) - at(x, h + 2, w, c)),
  )
  await computes('a, b = split(x, 2, axis: -2)\ny = b', { inputs: { x: [3, 4, 2] }, declared: { x: '[H, W, 2] where W % 2 == 0' } }, ({ x }) =>
    fill([3, 2, 2], (h, w, c) => at(x, h, w + 2, c)),
  )
  await computes('a, b, c = split(x, 3)\ny = b', { inputs: { x: [6] } }, ({ x }) => fill([2], (i) => at(x, i + 2)))
})

s('split: refuses parts that do not divide the channels', () => {
  const given = { inputs: { x: [3, 4, 5] } }
  refuses('parts = x |> split(2)\ny = parts[0]', given, 'require/failed', '5 channels do not divide into 2 parts')
  refuses('parts = x |> split(2, axis: 0)\ny = parts[0]', given, 'require/failed', '3 elements do not divide into 2 parts')
  refuses('parts = x |> split(2, axis: 3)\ny = parts[0]', given, 'require/failed', '[3, 4, 5] has no axis 3')
  refuses('parts = x |> split(0)\ny = parts[0]', given, 'require/failed', 'parts must be at least 1, not 0')
})

s.run()
