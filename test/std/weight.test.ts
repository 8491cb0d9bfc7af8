import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/weight')

const perChannel = (x: NdArray, weights: NdArray): NdArray => fill(x.shape, (h, w, c) => at(x, h, w, c) * at(weights, c))

s('weight.static: y[h, w, c] = list[c] · x[h, w, c], without anything trained', async () => {
  for (const size of [[3, 4], [5, 2]] as const) {
    await computes('y = x |> weight.static([0.5, -2, 0])', { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } }, ({ x }) =>
      perChannel(x, fill([3], (c) => [0.5, -2, 0][c]!)),
    )
  }
})

s('weight.static: refuses a list of another length', () => {
  const message = 'weight.static needs equal channels: 3 against 2'
  refuses('y = x |> weight.static([0.5, 2])', { inputs: { x: [3, 4, 3] } }, 'shape/channel-mismatch', message)
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

const meanOf = (map: NdArray): NdArray => {
  const [height, width, channels] = map.shape as readonly [number, number, number]
  return fill([channels], (c) => total([height, width], (h, w) => at(map, h, w, c)) / (height * width))
}

const maxOf = (map: NdArray): NdArray =>
  fill([map.shape[2]!], (c) => Math.max(...fill([map.shape[0]!, map.shape[1]!], (h, w) => at(map, h, w, c)).data))

const layer = (x: NdArray, kernel: NdArray, bias: NdArray | undefined, activation: (y: number) => number = (y) => y): NdArray =>
  fill([kernel.shape[1]!], (u) => activation(total(x.shape, (c) => at(x, c) * at(kernel, c, u)) + (bias ? at(bias, u) : 0)))

s('weight.attention: y = x · σ(W₂ · relu(W₁ · mean(x) + b₁) + b₂), each sample by itself (Hu et al. 2018)', async () => {
  for (const [written, channels, hidden] of [['', 32, 2], ['(ratio: 4)', 10, 2], ['(ratio: 4, hidden: 5)', 6, 5], ['(hidden: 1)', 3, 1]] as const) {
    const weights = {
      'y/weight/reduce/kernel': [channels, hidden],
      'y/weight/reduce/bias': [hidden],
      'y/weight/expand/kernel': [hidden, channels],
      'y/weight/expand/bias': [channels],
    }
    await computes(`y = x |> weight.attention${written}`, { inputs: { x: [3, 4, channels] }, weights }, ({ x }, of) => {
      const squeezed = layer(meanOf(x), of['y/weight/reduce/kernel'], of['y/weight/reduce/bias'], relu)
      return perChannel(x, layer(squeezed, of['y/weight/expand/kernel'], of['y/weight/expand/bias'], sigmoid))
    })
  }
})

s('weight.attention: with other activations, without biases, at sizes that are known only then', async () => {
  for (const size of [[3, 4], [5, 2]] as const) {
    const weights = { 'y/weight/reduce/kernel': [4, 2], 'y/weight/expand/kernel': [2, 4] }
    const given = { inputs: { x: [...size, 4] }, declared: { x: '[H, W, 4]' }, weights }
    await computes('y = x |> weight.attention(ratio: 2, activation: tanh, gate: hard_sigmoid, bias: false)', given, ({ x }, of) => {
      const squeezed = layer(meanOf(x), of['y/weight/reduce/kernel'], undefined, Math.tanh)
      return perChannel(x, layer(squeezed, of['y/weight/expand/kernel'], undefined, (y) => Math.min(Math.max(y + 3, 0), 6) / 6))
    })
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
      return perChannel(
        x,
        fill([channels], (c) => sigmoid(total([kernel], (i) => at(of['y/weight/conv/kernel'], i, 0, 0, 0) * at(mean, c + i - half)))),
      )
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

/** σ(norm(conv([max over channels, mean over channels]))): one weight for each place. */
function placeWeights(x: NdArray, kernel: NdArray, [scale, offset, mean, variance]: readonly NdArray[]): NdArray {
  const [height, width, channels] = x.shape as readonly [number, number, number]
  const seen = fill([height, width, 2], (h, w, k) => {
    const { data } = fill([channels], (c) => at(x, h, w, c))
    return k === 0 ? Math.max(...data) : data.reduce((sum, value) => sum + value, 0) / channels
  })
  const half = (kernel.shape[0]! - 1) / 2
  const y = convolved({ pads: [[half, half], [half, half]] })({ x: seen, kernel }, {})
  return fill(y.shape, (h, w) =>
    sigmoid(((at(y, h, w, 0) - at(mean!, 0)) / Math.sqrt(at(variance!, 0) + 1e-5)) * at(scale!, 0) + at(offset!, 0)),
  )
}

const perPlace = (x: NdArray, weights: NdArray): NdArray => fill(x.shape, (h, w, c) => at(x, h, w, c) * at(weights, h, w, 0))

s('weight.spatial: y = x · σ(norm(conv([max, mean] over channels))), 7x7 by default (Woo et al. 2018)', async () => {
  for (const [written, size, declared, kernel] of [
    ['', [5, 6], '[5, 6, 3]', 7],
    ['(kernel: 3)', [4, 3], '[H, W, 3]', 3],
    ['(kernel: 3)', [2, 5], '[H, W, 3]', 3],
  ] as const) {
    const weights = {
      'y/weight/conv/kernel': [kernel, kernel, 2, 1],
      'y/weight/norm/scale': [1],
      'y/weight/norm/offset': [1],
      'y/weight/norm/mean': [1],
      'y/weight/norm/variance': [1],
    }
    await computes(`y = x |> weight.spatial${written}`, { inputs: { x: [...size, 3] }, declared: { x: declared }, weights }, ({ x }, of) => {
      const norm = [of['y/weight/norm/scale'], of['y/weight/norm/offset'], of['y/weight/norm/mean'], of['y/weight/norm/variance']]
      return perPlace(x, placeWeights(x, of['y/weight/conv/kernel'], norm))
    })
  }
})

s('weight.cbam: channel weights σ(mlp(mean(x)) + mlp(max(x))) by one perceptron, then spatial weights (Woo et al. 2018)', async () => {
  for (const [written, size, declared, channels, hidden, kernel] of [
    ['', [3, 4], '[3, 4, 16]', 16, 1, 7],
    ['(ratio: 2, kernel: 3)', [4, 3], '[H, W, 6]', 6, 3, 3],
    ['(ratio: 2, kernel: 3)', [2, 5], '[H, W, 6]', 6, 3, 3],
  ] as const) {
    const weights = {
      'y/weight/squeeze/dense/kernel': [channels, hidden],
      'y/weight/squeeze/dense/bias': [hidden],
      'y/weight/expand/dense/kernel': [hidden, channels],
      'y/weight/expand/dense/bias': [channels],
      'y/weight/spatial/conv/kernel': [kernel, kernel, 2, 1],
      'y/weight/spatial/norm/scale': [1],
      'y/weight/spatial/norm/offset': [1],
      'y/weight/spatial/norm/mean': [1],
      'y/weight/spatial/norm/variance': [1],
    }
    const given = { inputs: { x: [...size, channels] }, declared: { x: declared }, weights }
    await computes(`y = x |> weight.cbam${written}`, given, ({ x }, of) => {
      const perceptron = (vector: NdArray): NdArray => {
        const squeezed = layer(vector, of['y/weight/squeeze/dense/kernel'], of['y/weight/squeeze/dense/bias'], relu)
        return layer(squeezed, of['y/weight/expand/dense/kernel'], of['y/weight/expand/dense/bias'])
      }
      const [mean, max] = [perceptron(meanOf(x)), perceptron(maxOf(x))]
      const weighted = perChannel(x, fill([channels], (c) => sigmoid(at(mean, c) + at(max, c))))
      const path = 'y/weight/spatial/norm'
      const norm = [of[`${path}/scale`], of[`${path}/offset`], of[`${path}/mean`], of[`${path}/variance`]]
      return perPlace(weighted, placeWeights(weighted, of['y/weight/spatial/conv/kernel'], norm))
    })
  }
})

s('weight.cbam: refuses to squeeze to nothing', () => {
  const message = '8 channels squeezed by 16 leave nothing: choose a smaller ratio'
  refuses('y = x |> weight.cbam', { inputs: { x: [3, 4, 8] } }, 'require/failed', message)
})

const classified = {
  'cam/weight/average': [3, 1],
  'cam/weight/peak': [3, 1],
  'cam/weight/maps/conv/kernel': [1, 1, 6, 3],
  'cam/weight/maps/conv/bias': [3],
}

/** relu(conv([x · average, x · peak])): what U-GAT-IT hands on. */
function weightedMaps(x: NdArray, average: NdArray, peak: NdArray, kernel: NdArray, bias: NdArray): NdArray {
  const channels = x.shape[2]!
  return fill(x.shape, (h, w, o) => {
    const terms = total([channels], (c) => {
      const both = at(average, c, 0) * at(kernel, 0, 0, c, o) + at(peak, c, 0) * at(kernel, 0, 0, channels + c, o)
      return at(x, h, w, c) * both
    })
    return relu(terms + at(bias, o))
  })
}

s('weight.cam: maps relu(conv([x · w_average, x · w_peak])) and their sum over channels (Kim et al. 2020)', async () => {
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, weights: classified }
    await computes('cam = weight.cam(x)\ny = cam.maps', given, ({ x }, of) =>
      weightedMaps(x, of['cam/weight/average'], of['cam/weight/peak'], of['cam/weight/maps/conv/kernel'], of['cam/weight/maps/conv/bias']),
    )
    await computes('cam = weight.cam(x)\ny = cam.heatmap', given, ({ x }, of) => {
      const [kernel, bias] = [of['cam/weight/maps/conv/kernel'], of['cam/weight/maps/conv/bias']]
      const maps = weightedMaps(x, of['cam/weight/average'], of['cam/weight/peak'], kernel, bias)
      return fill([...size, 1], (h, w) => total([3], (c) => at(maps, h, w, c)))
    })
  }
})

s('weight.cam: logits [mean(x) · w_average, max(x) · w_peak]', async () => {
  const given = { inputs: { x: [3, 4, 3] }, weights: classified }
  await computes('cam = weight.cam(x)\ny = cam.logits', given, ({ x }, of) => {
    const [mean, max] = [meanOf(x), maxOf(x)]
    const logits = [
      total([3], (c) => at(mean, c) * at(of['cam/weight/average'], c, 0)),
      total([3], (c) => at(max, c) * at(of['cam/weight/peak'], c, 0)),
    ]
    return fill([2], (k) => logits[k]!)
  })
})

s.run()
