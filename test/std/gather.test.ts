import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gradientReach } from '../../src/compiler/facts/gradient-reach.ts'
import { graphOf } from '../compile-text.ts'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'
import { dense } from './dense.ts'
import { meanOf } from './mean-of.ts'
import { perChannel } from './per-channel.ts'

const s = suite('std/gather')

s('gather.channels: y[h, w, k] = x[h, w, list[k]], in the order of the list, also twice', async () => {
  for (const list of [[0], [1, 2], [3, 0, 2], [2, 2, 2], [4, 1, 1, 0, 4, 3]]) {
    await computes(`y = x |> gather.channels([${list}])`, { inputs: { x: [3, 4, 5] } }, ({ x }) =>
      fill([3, 4, list.length], (h, w, k) => at(x, h, w, list[k]!)),
    )
  }
})

s('gather.channels: takes elements of a vector', async () => {
  await computes('y = x |> gather.channels([2, 0, 2])', { inputs: { x: [3] } }, ({ x }) => fill([3], (k) => at(x, [2, 0, 2][k]!)))
})

s('gather.channels: runs at sizes that are known only then', async () => {
  for (const size of [[2, 3], [5, 4]] as const) {
    await computes('y = x |> gather.channels([2, 0])', { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } }, ({ x }) =>
      fill([...size, 2], (h, w, k) => at(x, h, w, [2, 0][k]!)),
    )
  }
})

s('gather.channels: refuses an index that no channel has', () => {
  const given = { inputs: { x: [3, 4, 5] } }
  refuses('y = x |> gather.channels([0, 5])', given, 'shape/index')
  refuses('y = x |> gather.channels([-1])', given, 'shape/index')
})

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

const masked = (x: NdArray, vector: NdArray, kernel: NdArray, bias: NdArray): NdArray =>
  perChannel(x, dense(vector, kernel, bias, sigmoid))

s('gather.mask: y = x · σ(W · mean(from) + b), for each sample by itself, from a map of another size', async () => {
  for (const [x, from] of [[[3, 4, 2], [3, 4, 2]], [[4, 3, 3], [2, 5, 4]]] as const) {
    const weights = { 'y/gather/dense/kernel': [from[2], x[2]], 'y/gather/dense/bias': [x[2]] }
    await computes('y = x |> gather.mask(from: other)', { inputs: { x, other: from }, weights }, ({ x, other }, of) =>
      masked(x, meanOf(other), of['y/gather/dense/kernel'], of['y/gather/dense/bias']),
    )
  }
})

s('gather.mask: takes a vector as it is, and maps of sizes that are known only then', async () => {
  const weights = { 'y/gather/dense/kernel': [4, 3], 'y/gather/dense/bias': [3] }
  await computes('y = gather.mask(x, other)', { inputs: { x: [2, 3, 3], other: [4] }, weights }, ({ x, other }, of) =>
    masked(x, other, of['y/gather/dense/kernel'], of['y/gather/dense/bias']),
  )
  for (const size of [[2, 3], [5, 4]] as const) {
    const inputs = { x: [2, 3, 3], other: [...size, 4] }
    await computes('y = gather.mask(x, other)', { inputs, declared: { other: '[H, W, 4]' }, weights }, ({ x, other }, of) =>
      masked(x, meanOf(other), of['y/gather/dense/kernel'], of['y/gather/dense/bias']),
    )
  }
})

s('gather.gate: y[h, w, c] = gate[c] · x[h, w, c], open at first', async () => {
  for (const size of [[3, 4], [2, 5]] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' }, weights: { 'y/gather/gate': [3] } }
    await computes('y = x |> gather.gate', given, ({ x }, of) => perChannel(x, of['y/gather/gate']))
  }
  const inputs = { x: [3, 4, 3] }
  assert.equal(weightsIn('y = x |> gather.gate', { inputs })['y/gather/gate']!.init, { kind: 'constant', value: 1 })
  const told = weightsIn('y = x |> gather.gate(init: zeros)', { inputs })['y/gather/gate']!
  assert.equal([told.init, told.trainable], [{ kind: 'constant', value: 0 }, true])
})

/** The channels of a map by falling score, of equal scores the lower index first: chosen one after the other. */
function largest(x: NdArray, scores: NdArray, k: number): NdArray {
  const left = Array.from({ length: x.shape[2]! }, (_, c) => c)
  const taken = Array.from({ length: k }, () => {
    const best = left.reduce((one, other) => (at(scores, other) > at(scores, one) ? other : one))
    return left.splice(left.indexOf(best), 1)[0]!
  })
  return fill([x.shape[0]!, x.shape[1]!, k], (h, w, r) => at(x, h, w, taken[r]!))
}

/** Few different numbers, so that scores are often equal. */
const coarse = (uniform: number): number => Math.round(2 * uniform) / 2

s(
  'gather.top: the k channels with the largest scores, falling, of equal ones the lower index first, for each sample its own',
  async () => {
    for (const [k, size, declared] of [
      [1, [3, 4], '[3, 4, 6]'],
      [3, [2, 5], '[H, W, 6]'],
      [6, [5, 2], '[H, W, 6]'],
    ] as const) {
      const given = { inputs: { x: [...size, 6], scores: [6] }, declared: { x: declared } }
      for (const element of [coarse, (uniform: number) => uniform, () => 0.25]) {
        await computes(`y = x |> gather.top(${k}, by: scores)`, { ...given, element }, ({ x, scores }) => largest(x, scores, k))
      }
    }
  },
)

s('gather.top: by scores that the map itself decides, and by weights, which choose the same for all samples', async () => {
  await computes('y = gather.top(x, 2, by: pool.global(x))', { inputs: { x: [3, 4, 5] } }, ({ x }) => largest(x, meanOf(x), 2))
  const given = { inputs: { x: [3, 4, 5] }, weights: { scores: [5] } }
  for (const weight of [coarse, (uniform: number) => uniform]) {
    await computes('param scores: [5] = ones\ny = x |> gather.top(2, by: scores)', { ...given, weight }, ({ x }, of) =>
      largest(x, of.scores, 2),
    )
  }
})

s('gather.top: weighted by its scores, so that they can be trained', async () => {
  const given = { inputs: { x: [3, 4, 5], scores: [5] } }
  await computes('y = gather.top(x * scores, 3, by: scores)', given, ({ x, scores }) => largest(perChannel(x, scores), scores, 3))
})

s('gather.top: scores from weights learn nothing, unless the map is weighted by them', () => {
  const learningFrom = (maps: string): readonly string[] => {
    const graph = graphOf(`model M {
  input x: [3, 4, 5]
  scores = x |> pool.global |> dense(5, bias: false)
  output y = gather.top(${maps}, 3, by: scores)
}`)
    return gradientReach(graph, [graph.outputs[0]!.node]).trained.map(({ path }) => path)
  }
  assert.equal(learningFrom('x'), [])
  assert.equal(learningFrom('x * scores'), ['scores/dense/kernel'])
})

s('gather.top: a map of one channel, and of 64', async () => {
  await computes('y = gather.top(x, 1, by: scores)', { inputs: { x: [2, 2, 1], scores: [1] } }, ({ x }) => x)
  const many = { inputs: { x: [2, 1, 64], scores: [64] }, element: coarse }
  await computes('y = gather.top(x, 40, by: scores)', many, ({ x, scores }) => largest(x, scores, 40))
})

s('gather.top: refuses more channels than there are, none, and scores of another length', () => {
  const given = { inputs: { x: [3, 4, 5], scores: [5], others: [4] } }
  refuses('y = gather.top(x, 6, by: scores)', given, 'require/failed', 'of 5 channels, 1 to 5 can be taken, not 6')
  refuses('y = gather.top(x, 0, by: scores)', given, 'require/failed', 'of 5 channels, 1 to 5 can be taken, not 0')
  refuses('y = gather.top(x, 2, by: others)', given, 'shape/argument')
})

s('gather.shuffle: channel n · g + k of g runs of n is channel k of each run in turn (Zhang et al. 2018)', async () => {
  for (const [channels, groups] of [[6, 2], [6, 3], [8, 4], [4, 1], [4, 4]] as const) {
    const run = channels / groups
    await computes(`y = x |> gather.shuffle(${groups})`, { inputs: { x: [2, 3, channels] } }, ({ x }) => {
      const order = Array.from({ length: run }, (_, k) => Array.from({ length: groups }, (__, g) => g * run + k)).flat()
      return fill(x.shape, (h, w, c) => at(x, h, w, order[c]!))
    })
  }
})

s('gather.shuffle: runs at sizes that are known only then', async () => {
  for (const size of [[2, 3], [5, 4]] as const) {
    await computes('y = x |> gather.shuffle(2)', { inputs: { x: [...size, 4] }, declared: { x: '[H, W, 4]' } }, ({ x }) =>
      fill(x.shape, (h, w, c) => at(x, h, w, [0, 2, 1, 3][c]!)),
    )
  }
})

s('gather.shuffle: refuses groups that do not divide the channels', () => {
  const given = { inputs: { x: [3, 4, 4] } }
  refuses('y = x |> gather.shuffle(3)', given, 'require/failed', '4 channels do not divide into 3 groups')
  refuses('y = x |> gather.shuffle(0)', given, 'require/failed', 'groups must be at least 1, not 0')
})

s.run()
