import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphOf } from '../compile-text.ts'
import { inputsFor, bitsOf, weightsFor } from '../graph-tensors.ts'
import { withBackend } from '../backends.ts'
import { emit, importModel, treeOf } from '../codegen/emitted.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import { at, fill } from '../primitives/nd-array.ts'
import { computes, refuses } from './block.ts'

const s = suite('indexing')

s('a range keeps its axis, an index drops it, and what is negative counts from the end', async () => {
  const given = { inputs: { x: [3, 4, 5] } }
  await computes('y = x[1:, :3, 1:-1]', given, ({ x }) => fill([2, 3, 3], (h, w, c) => at(x, h + 1, w, c + 1)))
  await computes('y = x[:, 1, :]', given, ({ x }) => fill([3, 5], (h, c) => at(x, h, 1, c)))
  await computes('y = x[..., -2]', given, ({ x }) => fill([3, 4], (h, w) => at(x, h, w, 3)))
  await computes('y = x[-1, ..., 2:3]', given, ({ x }) => fill([4, 1], (w) => at(x, 2, w, 2)))
  await computes('y = x[2, 3, 4]', given, ({ x }) => fill([], () => at(x, 2, 3, 4)))
})

s('of a matrix one index is a row, of a vector a number, and ranges of both are shorter', async () => {
  await computes('y = m[1]', { inputs: { m: [3, 2] } }, ({ m }) => fill([2], (c) => at(m, 1, c)))
  await computes('y = m[:, 1]', { inputs: { m: [3, 2] } }, ({ m }) => fill([3], (r) => at(m, r, 1)))
  await computes('y = m[1:]', { inputs: { m: [3, 2] } }, ({ m }) => fill([2, 2], (r, c) => at(m, r + 1, c)))
  await computes('y = v[:-1] - v[1:]', { inputs: { v: [4] } }, ({ v }) => fill([3], (c) => at(v, c) - at(v, c + 1)))
  await computes('y = v[0] * v', { inputs: { v: [4] } }, ({ v }) => fill([4], (c) => at(v, 0) * at(v, c)))
})

s('a sum of maps has trained weights by index', async () => {
  const given = { inputs: { a: [2, 3, 2], b: [2, 3, 2] }, weights: { shares: [2] } }
  await computes('param shares: [2] = ones\ny = shares[0] * a + shares[1] * b', given, ({ a, b }, { shares }) =>
    fill([2, 3, 2], (...i) => at(shares, 0) * at(a, ...i) + at(shares, 1) * at(b, ...i)),
  )
})

s('runs at sizes that are known only then', async () => {
  for (const [H, W] of [[4, 3], [6, 5]] as const) {
    const given = { inputs: { x: [H, W, 2] }, declared: { x: '[H, W, 2] where H % 2 == 0, H >= 2, W >= 3' } }
    await computes('y = x[H / 2:, :W - 2, :]', given, ({ x }) => fill([H / 2, W - 2, 2], (h, w, c) => at(x, h + H / 2, w, c)))
    await computes('y = x[H - 1, 1:, :]', given, ({ x }) => fill([W - 1, 2], (w, c) => at(x, H - 1, w + 1, c)))
  }
})

s('refuses what lies outside, and a map of which one axis alone is said', () => {
  const given = { inputs: { x: [3, 4, 5] } }
  refuses('y = x[:, :, 2:6]', given, 'shape/slice', 'the range: 2 to 6 is not within channels 5')
  refuses('y = x[:, :, -6:]', given, 'shape/slice', 'the range: -1 to 5 is not within channels 5')
  refuses('y = x[3:, :, :]', given, 'type/mismatch', 'the end of the range should be more than 3, where it begins, and is the int 3')
  refuses('y = x[:, 4, :]', given, 'type/index-out-of-range', 'there is no element 4: a map [3, 4, 5] has 4 columns, counted from 0')
  refuses('y = x[0]', given, 'type/index-count', 'a map [3, 4, 5] has 3 axes, and one index is given')
  refuses('y = x[0, 0, 0, 0]', given, 'type/index-count', 'a map [3, 4, 5] has 3 axes, and 4 indices are given')
  refuses('y = v[2]', { inputs: { v: [2] } }, 'type/index-out-of-range', 'there is no element 2: a vector [2] has 2 elements, counted from 0')
})

s('a module gives the numbers of the runner', () =>
  withBackend('cpu', async (tf) => {
    const graph = graphOf(`block Shifted(x: [H, W, C], k: int) -> [H - k, W, C] { return x[k:, :, :] - x[:-k, :, :] }
model Sliced {
  input x: [H, W, 4] where H >= 3
  param shares: [2, 2] = uniform(-1, 1)
  a = Shifted(x, 1)[:-1, :, 1:3]
  output y = shares[0][1] * a + shares[1] * Shifted(x, 2)[..., :2]
  output corner = x[-1, 0, :]
}`)
    const { apply } = await importModel(await emit(graph), 'Sliced')
    const weights = weightsFor(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { H: 5, W: 3 } })
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    assert.equal(bitsOf(apply(treeOf(weights), inputs)), bitsOf(runner.run(inputs)))
  }))

s.run()
