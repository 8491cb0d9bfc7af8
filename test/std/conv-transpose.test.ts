import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { biased } from './biased.ts'
import { computes, weightsIn } from './block.ts'

const s = suite('std/conv: transpose')

type Pair = readonly [number, number]

const relu = (value: number): number => Math.max(value, 0)

/** Adds each element of x times the kernel to the result, of which `cut` rows and columns before the first are dropped. */
function spread(x: NdArray, kernel: NdArray, stride: Pair, [top, left]: Pair, size: Pair): NdArray {
  const [kh, kw, filters, channels] = kernel.shape as readonly [number, number, number, number]
  const sums = new Map<string, number>()
  for (const [h, w] of places(x.shape[0]!, x.shape[1]!))
    for (const [i, j] of places(kh, kw))
      for (const [o, c] of places(filters, channels)) {
        const key = [h * stride[0] + i - top, w * stride[1] + j - left, o].join()
        sums.set(key, (sums.get(key) ?? 0) + at(x, h, w, c) * at(kernel, i, j, o, c))
      }
  return fill([...size, filters], (...index) => sums.get(index.join()) ?? 0)
}

const places = (rows: number, columns: number): readonly Pair[] =>
  Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns])

s('conv.transpose: y[h·s + i, w·s + j, o] += x[h, w, c] · kernel[i, j, o, c]; 2x2, stride 2 by default', async () => {
  for (const size of [[3, 4], [4, 5]] as const) {
    const weights = { 'y/conv/kernel': [2, 2, 4, 3], 'y/conv/bias': [4] }
    await computes('y = conv.transpose(x, 4)', { inputs: { x: [...size, 3] }, weights }, ({ x }, of) =>
      biased(spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [2 * size[0], 2 * size[1]]), of['y/conv/bias']),
    )
  }
})

s('conv.transpose: (n - 1) · stride + kernel valid, n · stride same, and explicit amounts cut off', async () => {
  for (const [written, kernel, stride, cut, size] of [
    ['3x3, stride: 2', [3, 3], [2, 2], [0, 0], [7, 9]],
    ['3x2, stride: 1', [3, 2], [1, 1], [0, 0], [5, 5]],
    ['2x2, stride: 3', [2, 2], [3, 3], [0, 0], [8, 11]],
    ['3x3, stride: 2, padding: same', [3, 3], [2, 2], [0, 0], [6, 8]],
    ['4x5, stride: [2, 1], padding: same', [4, 5], [2, 1], [1, 2], [6, 4]],
    ['4x4, stride: 2, padding: 1', [4, 4], [2, 2], [1, 1], [6, 8]],
    ['3x3, stride: 2, padding: [[1, 0], [0, 2]]', [3, 3], [2, 2], [1, 0], [6, 7]],
  ] as const) {
    const given = { inputs: { x: [3, 4, 2] }, weights: { 'y/conv/kernel': [...kernel, 3, 2] } }
    await computes(`y = x |> conv.transpose(3, ${written}, bias: false)`, given, ({ x }, of) =>
      spread(x, of['y/conv/kernel'], stride, cut, size),
    )
  }
})

s('conv.transpose: the activation sees the bias; initialisers are as of conv', async () => {
  const given = { inputs: { x: [3, 4, 2] }, weights: { 'y/conv/kernel': [2, 2, 3, 2], 'y/conv/bias': [3] } }
  await computes('y = x |> conv.transpose(3, activation: relu)', given, ({ x }, of) =>
    biased(spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [6, 8]), of['y/conv/bias'], relu),
  )
  const { 'y/conv/kernel': kernel, 'y/conv/bias': bias } = weightsIn('y = x |> conv.transpose(3, init: ones)', given)
  assert.equal([kernel!.init, bias!.init], [{ kind: 'constant', value: 1 }, { kind: 'constant', value: 0 }])
})

s('conv.transpose: runs at sizes that are known only then', async () => {
  for (const size of [[2, 3], [4, 3]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights: { 'y/conv/kernel': [3, 3, 3, 2] } }
    await computes('y = x |> conv.transpose(3, 3, bias: false)', given, ({ x }, of) =>
      spread(x, of['y/conv/kernel'], [2, 2], [0, 0], [2 * size[0] + 1, 2 * size[1] + 1]),
    )
  }
})

s.run()
