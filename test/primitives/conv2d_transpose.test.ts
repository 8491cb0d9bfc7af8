import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { conv2dTranspose } from '../../src/compiler/primitives/conv2d_transpose.ts'
import { computes, random, refuses, rulesCall, shapeOf, typed, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('conv2d_transpose')

type Pair = readonly [number, number]

/**
 * Adds each input position times the kernel to where it belongs, then cuts; `cut` is what stands before the first kept row and
 * column.
 */
const scattered =
  (stride: Pair, cut: Pair, size: Pair): Reference =>
  ({ x, kernel }) => {
    const [kh, kw, filters, channels] = kernel!.shape as readonly [number, number, number, number]
    const result = fill([...size, filters], () => 0)
    for (let h = 0; h < x!.shape[0]!; h++)
      for (let w = 0; w < x!.shape[1]!; w++)
        for (let i = 0; i < kh; i++)
          for (let j = 0; j < kw; j++)
            for (let o = 0; o < filters; o++)
              for (let c = 0; c < channels; c++) {
                const row = h * stride[0] + i - cut[0]
                const column = w * stride[1] + j - cut[1]
                if (row < 0 || column < 0 || row >= size[0] || column >= size[1]) continue
                result.data[(row * size[1] + column) * filters + o]! += at(x!, h, w, c) * at(kernel!, i, j, o, c)
              }
    return result
  }

s('reaches (n - 1) * stride + k with valid padding, as in PyTorch', async () => {
  for (const [kernel, stride, size, batch] of [
    [[2, 2], [2, 2], [10, 8], 3],
    [[3, 3], [2, 2], [11, 9], 1],
    [[2, 3], [3, 1], [14, 6], 'none'],
    [[1, 2], [3, 3], [13, 11], 2],
  ] as const) {
    const call = { x: random([5, 4, 3], batch), kernel: random([...kernel, 2, 3], 'none'), stride }
    assert.equal(shapeOf(conv2dTranspose, call), [...size, 2])
    await computes(conv2dTranspose, call, scattered(stride, [0, 0], size), { gradient: true })
  }
})

s('reaches n * stride with same padding, as in TensorFlow', async () => {
  for (const [kernel, stride] of [
    [[3, 3], [2, 2]],
    [[4, 5], [2, 3]],
    [[2, 2], [3, 3]],
    [[3, 4], [1, 1]],
  ] as const) {
    const cut = [0, 1].map((axis) => Math.floor(Math.max(kernel[axis]! - stride[axis]!, 0) / 2)) as [number, number]
    const call = { x: random([5, 4, 2]), kernel: random([...kernel, 3, 2], 'none'), stride, padding: 'same' }
    await computes(conv2dTranspose, call, scattered(stride, cut, [5 * stride[0], 4 * stride[1]]), { gradient: true })
  }
})

s('takes explicit pads off each side', async () => {
  for (const batch of [2, 'none'] as const) {
    const call = { x: random([5, 4, 2], batch), kernel: random([4, 3, 3, 2], 'none'), stride: [2, 2], padding: [[1, 2], [0, 1]] }
    await computes(conv2dTranspose, call, scattered([2, 2], [1, 0], [12 - 3, 9 - 1]), { gradient: true })
  }
})

s('has a kernel for each sample, of a known height and width', async () => {
  for (const [kernel, stride, padding, cut, size, batch] of [
    [[2, 2], [2, 2], 'valid', [0, 0], [10, 8], 2],
    [[3, 4], [2, 1], 'same', [0, 1], [10, 4], 2],
    [[1, 2], [3, 4], 'same', [0, 0], [15, 16], 2],
    [[1, 2], [3, 3], 'valid', [0, 0], [13, 11], 'none'],
    [[4, 3], [2, 2], [[1, 2], [0, 3]], [1, 0], [9, 6], 'none'],
  ] as const) {
    const call = { x: random([5, 4, 2], batch), kernel: random([...kernel, 3, 2]), stride, padding }
    await computes(conv2dTranspose, call, scattered(stride, cut, size), { gradient: true })
  }
  const x = random([5, 4, 2], 2, [inputExtent('H'), 4, 2])
  const call = { x, kernel: random([3, 3, 2, 2]), stride: [2, 2], padding: 'same' }
  await computes(conv2dTranspose, call, scattered([2, 2], [0, 0], [10, 8]), { extents: { H: 5 } })
  refuses(conv2dTranspose, { x, kernel: random([3, 3, 2, 2], 2, [3, inputExtent('K'), 2, 2]) }, 'shape/symbolic-kernel')
})

s('runs on extents that are known only then', async () => {
  const x = random([5, 4, 2], 2, [inputExtent('H'), inputExtent('W'), 2])
  const call = { x, kernel: random([3, 3, 2, 2], 'none'), stride: [2, 2], padding: [[1, 0], [1, 0]] }
  assert.equal(shapeOf(conv2dTranspose, call).map(printDim), ['2*H', '2*W', '2'])
  await computes(conv2dTranspose, call, scattered([2, 2], [1, 1], [10, 8]), { extents: { H: 5, W: 4 } })
})

s('hands on the extents it does not change and spells the others', () => {
  const x = random([5, 4, 2])
  const kernel = random([3, 3, 6, 2], 'none')
  const same = conv2dTranspose.shape(rulesCall(conv2dTranspose, { x, kernel, padding: 'same' }))
  assert.ok(!('problem' in same) && same[0] === x.type.shape[0] && same[2] === kernel.type.shape[2])
  const valid = conv2dTranspose.shape(rulesCall(conv2dTranspose, { x, kernel, stride: [2, 2], padding: [[1, 0], [1, 0]] }))
  assert.ok(!('problem' in valid))
  assert.is(valid[0]!.how, '(5 - 1) * 2 + 3 - 1 = 10')
})

s('counts multiply-adds by input positions', () => {
  const call = rulesCall(conv2dTranspose, { x: random([5, 4, 3]), kernel: random([2, 2, 6, 3], 'none'), stride: [2, 2] })
  assert.is(conv2dTranspose.macs!(call, typed([10, 8, 6]).shape), 5 * 4 * 2 * 2 * 6 * 3)
})

s('refuses what does not fit', () => {
  const x = random([1, 1, 3])
  refuses(conv2dTranspose, { x, kernel: random([2, 2, 4, 2], 'none') }, 'shape/channel-mismatch')
  refuses(conv2dTranspose, { x, kernel: random([2, 2, 4, 3], 'none'), padding: [[1, 1], [0, 0]] }, 'shape/nothing-left')
  refuses(conv2dTranspose, { x: random([3]), kernel: random([2, 2, 4, 3], 'none') }, 'shape/rank')
  refuses(conv2dTranspose, { x, kernel: random([2, 4, 3], 'none') }, 'shape/rank')
  refuses(conv2dTranspose, { x, kernel: random([2, 2, 4, 3], 'none'), stride: [1, 0] }, 'shape/argument-range')
  const unsure = { x: random([1, 1, 3], 2, [1, 1, inputExtent('C')]), kernel: random([2, 2, 4, 3], 'none') }
  refuses(conv2dTranspose, unsure, 'shape/not-provable')
})

s.run()
