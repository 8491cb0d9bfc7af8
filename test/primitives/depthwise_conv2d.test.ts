import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { depthwiseConv2d } from '../../src/compiler/primitives/depthwise_conv2d.ts'
import { computes, random, refuses, rulesCall, shapeOf, typed, type Reference } from './harness.ts'
import { at, fill, total } from './nd-array.ts'
import { samePads } from './same-pads.ts'

const s = suite('depthwise_conv2d')

type Pair = readonly [number, number]

const depthwise =
  (stride: Pair, dilation: Pair, pads: readonly [Pair, Pair]): Reference =>
  ({ x, kernel }) => {
    const [kh, kw, channels, multiplier] = kernel!.shape as readonly [number, number, number, number]
    const steps = ([0, 1] as const).map(
      (axis) =>
        Math.floor(
          (x!.shape[axis]! + pads[axis][0] + pads[axis][1] - dilation[axis] * (kernel!.shape[axis]! - 1) - 1) / stride[axis],
        ) + 1,
    )
    return fill([...steps, channels * multiplier], (h, w, o) =>
      total([kh, kw], (i, j) => {
        const channel = Math.floor(o! / multiplier)
        const row = h! * stride[0] + i! * dilation[0] - pads[0][0]
        const column = w! * stride[1] + j! * dilation[1] - pads[1][0]
        return at(x!, row, column, channel) * at(kernel!, i!, j!, channel, o! % multiplier)
      }),
    )
  }

const none = [[0, 0], [0, 0]] as const

s('convolves each channel with its own kernels', async () => {
  for (const [size, multiplier, stride, batch] of [
    [[9, 8], 1, [1, 1], 3],
    [[7, 7], 2, [2, 2], 1],
    [[6, 9], 3, [3, 3], 'none'],
    [[8, 9], 1, [2, 1], 2],
    [[8, 9], 2, [1, 3], 'none'],
  ] as const) {
    const call = { x: random([...size, 3], batch), kernel: random([3, 2, 3, multiplier], 'none'), stride }
    await computes(depthwiseConv2d, call, depthwise(stride, [1, 1], none), { gradient: true })
  }
})

s('is right with dilation on every backend, for short distances and long ones', async () => {
  for (const [size, dilation, stride, batch] of [
    [[9, 8], [2, 2], [1, 1], 2],
    [[11, 9], [1, 3], [1, 1], 'none'],
    [[14, 17], [4, 5], [1, 1], 2],
    [[20, 21], [6, 6], [1, 1], 'none'],
    [[12, 11], [3, 2], [2, 2], 2],
    [[12, 11], [3, 4], [2, 1], 1],
  ] as const) {
    const kernel = random([3, 3, 2, 2], 'none')
    const same = samePads(size, [3, 3], stride, dilation)
    for (const [padding, pads] of [['valid', none], ['same', same], [[[1, 3], [0, 2]], [[1, 3], [0, 2]]]] as const) {
      await computes(
        depthwiseConv2d,
        { x: random([...size, 2], batch), kernel, dilation, stride, padding },
        depthwise(stride, dilation, pads),
      )
    }
  }
})

s('can be trained with dilation', async () => {
  for (const dilation of [[2, 2], [4, 4]] as const) {
    const call = { x: random([10, 9, 1]), kernel: random([3, 3, 1, 2], 'none'), dilation, padding: 'same' }
    await computes(depthwiseConv2d, call, depthwise([1, 1], dilation, samePads([10, 9], [3, 3], [1, 1], dilation)), {
      gradient: true,
    })
  }
})

s('runs on extents that are known only then', async () => {
  const call = { kernel: random([3, 3, 2, 1], 'none'), dilation: [5, 5], padding: 'same' }
  const x = random([13, 12, 2], 2, [inputExtent('H'), inputExtent('W'), 2])
  const pads = samePads([13, 12], [3, 3], [1, 1], [5, 5])
  await computes(depthwiseConv2d, { ...call, x }, depthwise([1, 1], [5, 5], pads), { extents: { H: 13, W: 12 } })
  const strided = { x, kernel: random([2, 3, 2, 1], 'none'), stride: [3, 3], padding: 'same' }
  await computes(depthwiseConv2d, strided, depthwise([3, 3], [1, 1], samePads([13, 12], [2, 3], [3, 3])), {
    extents: { H: 13, W: 12 },
  })
})

s('runs for any size, window, stride and padding', async () => {
  const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
  await fc.assert(
    fc.asyncProperty(pair(9), pair(4), pair(4), fc.constantFrom('same', 'valid'), async (size, kernel, stride, padding) => {
      fc.pre(padding === 'same' || (size[0] >= kernel[0] && size[1] >= kernel[1]))
      const call = { x: random([...size, 2]), kernel: random([...kernel, 2, 1], 'none'), stride, padding }
      const pads = padding === 'same' ? samePads(size, kernel, stride) : none
      await computes(depthwiseConv2d, call, depthwise(stride, [1, 1], pads), { gradient: true })
    }),
    { numRuns: 60 },
  )
})

s('convolves each sample with its own kernel, of a known height and width', async () => {
  for (const [multiplier, stride, dilation, batch] of [
    [1, [1, 1], [1, 1], 2],
    [2, [2, 1], [1, 1], 2],
    [3, [2, 2], [2, 3], 2],
    [1, [1, 2], [3, 1], 'none'],
  ] as const) {
    const pads = samePads([9, 8], [3, 2], stride, dilation)
    const call = { x: random([9, 8, 2], batch), kernel: random([3, 2, 2, multiplier]), stride, dilation, padding: 'same' }
    await computes(depthwiseConv2d, call, depthwise(stride, dilation, pads), { gradient: true })
  }
  const x = random([9, 8, 2], 2, [inputExtent('H'), 8, inputExtent('C')])
  const call = { x, kernel: random([2, 3, 2, 2], 2, [2, 3, inputExtent('C'), 2]) }
  await computes(depthwiseConv2d, { ...call, padding: [[0, 1], [1, 1]] }, depthwise([1, 1], [1, 1], [[0, 1], [1, 1]]), { extents: { H: 9, C: 2 } })
  const open = random([2, 3, 2, 2], 2, [inputExtent('H'), 3, 2, 2])
  refuses(depthwiseConv2d, { x: random([9, 8, 2]), kernel: open, padding: 'same' }, 'shape/symbolic-kernel')
})

s('makes channels times multiplier channels, and hands the channels on where the multiplier is 1', () => {
  const x = random([8, 8, 3])
  assert.equal(shapeOf(depthwiseConv2d, { x, kernel: random([3, 3, 3, 4], 'none') }), [6, 6, 12])
  const result = depthwiseConv2d.shape(rulesCall(depthwiseConv2d, { x, kernel: random([3, 3, 3, 1], 'none'), padding: 'same' }))
  assert.ok(!('problem' in result) && result.every((extent, axis) => extent === x.type.shape[axis]))
})

s('counts one multiply-add per kernel element and position of the result', () => {
  const call = rulesCall(depthwiseConv2d, {
    x: random([8, 8, 3]),
    kernel: random([3, 3, 3, 2], 'none'),
    stride: [2, 2],
    padding: 'same',
  })
  const macs = depthwiseConv2d.macs!(call, typed([4, 4, 6]).shape)
  assert.is(evaluate(macs, {}), 4 * 4 * 3 * 3 * 3 * 2)
})

s('refuses what does not fit', () => {
  const x = random([8, 8, 4])
  refuses(depthwiseConv2d, { x, kernel: random([3, 3, 3, 1], 'none') }, 'shape/channel-mismatch')
  refuses(depthwiseConv2d, { x: random([4]), kernel: random([3, 3, 4, 1], 'none') }, 'shape/rank')
  refuses(depthwiseConv2d, { x, kernel: random([3, 3, 4], 'none') }, 'shape/rank')
  refuses(depthwiseConv2d, { x, kernel: random([9, 3, 4, 1], 'none') }, 'shape/window-too-large')
  refuses(depthwiseConv2d, { x, kernel: random([3, 3, 4, 1], 'none'), dilation: [4, 1] }, 'shape/window-too-large')
  refuses(depthwiseConv2d, { x, kernel: random([3, 3, 4, 1], 'none'), stride: [0, 1] }, 'shape/argument-range')
  const unsure = { x: random([8, 8, 4], 2, [8, 8, inputExtent('C')]), kernel: random([3, 3, 4, 1], 'none') }
  refuses(depthwiseConv2d, unsure, 'shape/not-provable')
})

s.run()
