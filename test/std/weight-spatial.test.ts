import { suite } from 'uvu'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'
import { biased } from './biased.ts'
import { computes, refuses } from './block.ts'
import { dense } from './dense.ts'
import { meanOf } from './mean-of.ts'
import { perChannel } from './per-channel.ts'

const s = suite('std/weight: of places, and of both')

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const relu = (x: number): number => Math.max(x, 0)

const maxOf = (map: NdArray): NdArray =>
  fill([map.shape[2]!], (c) => Math.max(...fill([map.shape[0]!, map.shape[1]!], (h, w) => at(map, h, w, c)).data))

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
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, weights }
    await computes(`y = x |> weight.spatial${written}`, given, ({ x }, of) => {
      const norm = [of['y/weight/norm/scale'], of['y/weight/norm/offset'], of['y/weight/norm/mean'], of['y/weight/norm/variance']]
      return perPlace(x, placeWeights(x, of['y/weight/conv/kernel'], norm))
    })
  }
})

s('weight.cbam: σ(mlp(mean(x)) + mlp(max(x))) by one perceptron, then spatial weights (Woo et al. 2018)', async () => {
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
        const squeezed = dense(vector, of['y/weight/squeeze/dense/kernel'], of['y/weight/squeeze/dense/bias'], relu)
        return dense(squeezed, of['y/weight/expand/dense/kernel'], of['y/weight/expand/dense/bias'])
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
function weightedMaps(x: NdArray, of: Readonly<Record<keyof typeof classified, NdArray>>): NdArray {
  const [kernel, bias] = [of['cam/weight/maps/conv/kernel'], of['cam/weight/maps/conv/bias']]
  const both = [perChannel(x, column(of['cam/weight/average'])), perChannel(x, column(of['cam/weight/peak']))]
  const stacked = fill([...x.shape.slice(0, 2), 6], (h, w, c) => at(both[Math.floor(c / 3)]!, h, w, c % 3))
  return biased(convolved({})({ x: stacked, kernel }, {}), bias, relu)
}

const column = (matrix: NdArray): NdArray => ({ shape: [matrix.shape[0]!], data: matrix.data })

s('weight.cam: maps relu(conv([x · w_average, x · w_peak])) and their sum over channels (Kim et al. 2020)', async () => {
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, weights: classified }
    await computes('cam = weight.cam(x)\ny = cam.maps', given, ({ x }, of) => weightedMaps(x, of))
    await computes('cam = weight.cam(x)\ny = cam.heatmap', given, ({ x }, of) => {
      const maps = weightedMaps(x, of)
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
