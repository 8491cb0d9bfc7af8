import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, total } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'
import { dense } from './dense.ts'
import { meanOf } from './mean-of.ts'
import { perChannel } from './per-channel.ts'

const s = suite('std/weight')

s('weight.static: y[h, w, c] = list[c] · x[h, w, c], without anything trained', async () => {
  for (const size of [[3, 4], [5, 2]] as const) {
    await computes(
      'y = x |> weight.static([0.5, -2, 0])',
      { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } },
      ({ x }) =>
        perChannel(
          x,
          fill([3], (c) => [0.5, -2, 0][c]!),
        ),
    )
  }
})

s('weight.static: refuses a list of another length', () => {
  refuses('y = x |> weight.static([0.5, 2])', { inputs: { x: [3, 4, 3] } }, 'shape/channel-mismatch')
})

s('weight.learned: y[h, w, c] = scale[c] · x[h, w, c], ones at first', async () => {
  for (const size of [[3, 4], [5, 2]] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' }, weights: { 'y/weight/scale': [3] } }
    await computes('y = x |> weight.learned', given, ({ x }, of) => perChannel(x, of['y/weight/scale']))
  }
  const inputs = { x: [3, 4, 3] }
  const scale = weightsIn('y = x |> weight.learned', { inputs })['y/weight/scale']!
  assert.equal([scale.init, scale.trainable], [{ kind: 'constant', value: 1 }, true])
  const told = weightsIn('y = x |> weight.learned(init: [1, 2, 3])', { inputs })['y/weight/scale']!
  assert.equal(told.init, { kind: 'values', values: [1, 2, 3] })
})

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const relu = (x: number): number => Math.max(x, 0)

s('weight.attention: y = x · σ(W₂ · relu(W₁ · mean(x) + b₁) + b₂), each sample by itself (Hu et al. 2018)', async () => {
  for (const [written, channels, hidden] of [
    ['', 32, 2],
    ['(ratio: 4)', 10, 2],
    ['(ratio: 4, hidden: 5)', 6, 5],
    ['(hidden: 1)', 3, 1],
  ] as const) {
    const weights = {
      'y/weight/reduce/kernel': [channels, hidden],
      'y/weight/reduce/bias': [hidden],
      'y/weight/expand/kernel': [hidden, channels],
      'y/weight/expand/bias': [channels],
    }
    await computes(`y = x |> weight.attention${written}`, { inputs: { x: [3, 4, channels] }, weights }, ({ x }, of) => {
      const squeezed = dense(meanOf(x), of['y/weight/reduce/kernel'], of['y/weight/reduce/bias'], relu)
      return perChannel(x, dense(squeezed, of['y/weight/expand/kernel'], of['y/weight/expand/bias'], sigmoid))
    })
  }
})

s('weight.attention: with other activations, without biases, at sizes that are known only then', async () => {
  for (const size of [[3, 4], [5, 2]] as const) {
    const weights = { 'y/weight/reduce/kernel': [4, 2], 'y/weight/expand/kernel': [2, 4] }
    const given = { inputs: { x: [...size, 4] }, declared: { x: '[H, W, 4]' }, weights }
    await computes(
      'y = x |> weight.attention(ratio: 2, activation: tanh, gate: hard_sigmoid, bias: false)',
      given,
      ({ x }, of) => {
        const squeezed = dense(meanOf(x), of['y/weight/reduce/kernel'], undefined, Math.tanh)
        return perChannel(
          x,
          dense(squeezed, of['y/weight/expand/kernel'], undefined, (y) => Math.min(Math.max(y + 3, 0), 6) / 6),
        )
      },
    )
  }
})

s('weight.attention: refuses to squeeze to nothing', () => {
  const message = '8 channels squeezed by 16 leave nothing: choose a smaller ratio'
  refuses('y = x |> weight.attention', { inputs: { x: [3, 4, 8] } }, 'require/failed', message)
})

s('weight.efficient: y = x · σ(Σ kernel[i] · mean(x)[c + i - k/2]), zeros beyond the channels (Wang et al. 2020)', async () => {
  for (const [written, channels, kernel] of [
    ['', 4, 1],
    ['', 8, 3],
    ['', 64, 3],
    ['', 128, 5],
    ['(kernel: 5)', 3, 5],
  ] as const) {
    const given = { inputs: { x: [2, 3, channels] }, weights: { 'y/weight/conv/kernel': [kernel, 1, 1, 1] } }
    await computes(`y = x |> weight.efficient${written}`, given, ({ x }, of) => {
      const mean = meanOf(x)
      const half = (kernel - 1) / 2
      const slid = (c: number): number =>
        total([kernel], (i) => at(of['y/weight/conv/kernel'], i, 0, 0, 0) * at(mean, c + i - half))
      return perChannel(x, fill([channels], (c) => sigmoid(slid(c))))
    })
  }
})

s('weight.efficient: the kernel is |(log₂ C + 1) / 2| and if that is even one more, and odd where it is given', () => {
  // the formula of the paper's listing: t = int(abs((log2(C) + 1) / 2)); k = t if t % 2 else t + 1
  for (const [channels, kernel] of [[2, 1], [16, 3], [32, 3], [256, 5], [512, 5], [2048, 7]] as const) {
    const { type } = weightsIn('y = x |> weight.efficient', { inputs: { x: [1, 1, channels] } })['y/weight/conv/kernel']!
    assert.is(type.shape[0]!.dim, kernel, `${channels} channels`)
  }
  const message = 'the kernel slides symmetrically, so it is odd, not 4'
  refuses('y = x |> weight.efficient(kernel: 4)', { inputs: { x: [3, 4, 8] } }, 'require/failed', message)
})

s.run()
