import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { freeExtent, inputExtent } from '../../src/compiler/dim/variable.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { evaluate, type Dim } from '../../src/compiler/dim/expr.ts'
import { conv2d } from '../../src/compiler/primitives/conv2d.ts'
import { convolved } from './convolved.ts'
import { computes, random, refuses, rulesCall, shapeOf, typed } from './harness.ts'
import { samePads } from './same-pads.ts'

const s = suite('conv2d')

s('is the sum over window and channels, for any stride, odd and even sizes, one sample and several', async () => {
  for (const [height, width, stride, batch] of [
    [9, 9, [1, 1], 3],
    [8, 7, [2, 2], 1],
    [7, 10, [2, 3], 2],
    [6, 6, [1, 2], 'none'],
  ] as const) {
    await computes(
      conv2d,
      { x: random([height, width, 3], batch), kernel: random([3, 2, 3, 4], 'none'), stride },
      convolved({ stride }),
      {
        gradient: true,
      },
    )
  }
})

s('pads `same` as TensorFlow does, the odd zero after', async () => {
  for (const [size, kernel, stride] of [
    [[8, 8], [3, 3], [2, 2]],
    [[9, 7], [2, 4], [2, 3]],
    [[5, 6], [1, 5], [3, 1]],
  ] as const) {
    const call = { x: random([...size, 2]), kernel: random([...kernel, 2, 3], 'none'), stride, padding: 'same' }
    await computes(conv2d, call, convolved({ stride, pads: samePads(size, kernel, stride) }), { gradient: true })
  }
})

s('pads explicitly, on each side by its own amount', async () => {
  for (const [stride, pads] of [
    [[1, 1], [[1, 1], [1, 1]]],
    [[2, 2], [[1, 1], [1, 1]]],
    [[1, 2], [[0, 2], [3, 1]]],
    [[1, 1], [[0, 0], [0, 0]]],
  ] as const) {
    const call = { x: random([8, 7, 2]), kernel: random([3, 3, 2, 3], 'none'), stride, padding: pads }
    await computes(conv2d, call, convolved({ stride, pads }), { gradient: stride[0] === 2 })
  }
})

s('spreads its taps by the dilation, also together with a stride', async () => {
  for (const [stride, dilation] of [
    [[1, 1], [2, 2]],
    [[1, 1], [1, 3]],
    [[2, 2], [2, 2]],
    [[1, 2], [3, 1]],
  ] as const) {
    const call = { x: random([11, 9, 2]), kernel: random([3, 2, 2, 3], 'none'), stride, dilation, padding: 'same' }
    await computes(conv2d, call, convolved({ stride, dilation, pads: samePads([11, 9], [3, 2], stride, dilation) }), {
      gradient: true,
    })
  }
})

s('convolves groups of channels apart', async () => {
  for (const [channels, filters, groups, batch] of [
    [4, 6, 2, 2],
    [6, 3, 3, 'none'],
    [4, 4, 4, 2],
    [3, 6, 3, 1],
  ] as const) {
    const call = {
      x: random([5, 6, channels], batch),
      kernel: random([3, 3, channels / groups, filters], 'none'),
      groups,
      stride: [2, 2],
    }
    await computes(conv2d, call, convolved({ stride: [2, 2], groups }), { gradient: batch === 2 })
  }
})

s('convolves groups with dilation, with unequal strides and with a pad on one side', async () => {
  for (const [stride, dilation, groups] of [
    [[1, 1], [2, 2], 2],
    [[2, 1], [1, 1], 4],
    [[1, 1], [2, 1], 4],
  ] as const) {
    const pads = [[1, 0], [2, 1]] as const
    const call = { x: random([7, 8, 4]), kernel: random([3, 3, 4 / groups, 4], 'none'), stride, dilation, groups, padding: pads }
    await computes(conv2d, call, convolved({ stride, dilation, groups, pads }), { gradient: true })
  }
})

s('runs for any size, window, stride and padding', async () => {
  const small = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
  await fc.assert(
    fc.asyncProperty(small(9), small(4), small(4), fc.constantFrom('same', 'valid'), async (size, kernel, stride, padding) => {
      fc.pre(padding === 'same' || (size[0] >= kernel[0] && size[1] >= kernel[1]))
      const call = { x: random([...size, 2]), kernel: random([...kernel, 2, 2], 'none'), stride, padding }
      await computes(conv2d, call, convolved({ stride, ...(padding === 'same' && { pads: samePads(size, kernel, stride) }) }), {
        gradient: true,
      })
    }),
    { numRuns: 60 },
  )
})

s('has the gradient of its definition', async () => {
  const call = { x: random([5, 6, 2]), kernel: random([3, 2, 2, 2], 'none'), padding: 'same' }
  await computes(conv2d, call, convolved({ pads: samePads([5, 6], [3, 2]) }), { gradient: true })
})

s('keeps symbolic extents exact, and runs once they are known', async () => {
  const H = inputExtent('H')
  const W = inputExtent('W')
  const extents = { H: 9, W: 6 }
  const pads = [[1, 1], [1, 1]] as const
  const call = { x: random([9, 6, 2], 2, [H, W, 2]), kernel: random([3, 3, 2, 2], 'none'), stride: [2, 2], padding: pads }
  assert.equal(shapeOf(conv2d, call).map(printDim), ['ceil(H / 2)', 'ceil(W / 2)', '2'])
  await computes(conv2d, call, convolved({ stride: [2, 2], pads }), { extents })
  const same = { ...call, padding: 'same' }
  assert.equal(shapeOf(conv2d, same).map(printDim), ['ceil(H / 2)', 'ceil(W / 2)', '2'])
  await computes(conv2d, same, convolved({ stride: [2, 2], pads: samePads([9, 6], [3, 3], [2, 2]) }), { extents })
})

s('hands on the extents it did not decide, and spells the arithmetic of those it did', () => {
  const x = typed([27, 27, 3])
  const kernel = typed([3, 3, 3, 8], false)
  const args = (rest: object) =>
    rulesCall(conv2d, { x: { type: x, samples: [] }, kernel: { type: kernel, samples: [] }, ...rest })
  const same = conv2d.shape(args({ padding: 'same' }))
  assert.ok(!('problem' in same) && same[0] === x.shape[0] && same[1] === x.shape[1] && same[2] === kernel.shape[3])
  const strided = conv2d.shape(args({ padding: [[1, 1], [1, 1]], stride: [2, 2] }))
  assert.ok(!('problem' in strided))
  assert.is(strided[0]!.how, 'floor((27 + 2 - 3) / 2) + 1 = 14')
  const dilated = conv2d.shape(args({ dilation: [4, 1] }))
  assert.ok(!('problem' in dilated))
  assert.is(dilated[0]!.how, '27 - 4 * (3 - 1) - 1 + 1 = 19')
  assert.is(dilated[1]!.how, '27 - 3 + 1 = 25')
})

s('gives the size that counting windows one by one gives', () => {
  const geometry = fc.record({
    n: fc.integer({ min: 1, max: 20 }),
    k: fc.integer({ min: 1, max: 6 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.nat(4),
    after: fc.nat(4),
  })
  fc.assert(
    fc.property(geometry, ({ n, k, stride, dilation, before, after }) => {
      let windows = 0
      while (windows * stride + (k - 1) * dilation < n + before + after) windows++
      const rest = { stride: [stride, 1], dilation: [dilation, 1], padding: [[before, after], [0, 0]] }
      const kernel = { type: typed([k, 1, 1, 1], false), samples: [] }
      const fixed = { x: { type: typed([n, 1, 1]), samples: [] }, kernel, ...rest }
      if (windows === 0) refuses(conv2d, fixed, 'shape/window-too-large')
      else assert.equal(shapeOf(conv2d, fixed)[0], windows)
      const symbolic = shapeOf(conv2d, { ...fixed, x: { type: typed([inputExtent('H'), 1, 1]), samples: [] } })
      assert.is(Math.max(evaluate(symbolic[0]!, { H: n }), 0), windows)
    }),
  )
})

s('counts one multiply-add per kernel element and position of the result', () => {
  const call = rulesCall(conv2d, {
    x: { type: typed([32, 32, 4]), samples: [] },
    kernel: { type: typed([5, 5, 2, 6], false), samples: [] },
    groups: 2,
  })
  const result = conv2d.shape(call)
  assert.ok(!('problem' in result))
  assert.is(conv2d.macs!(call, typed(result.map(({ dim }) => dim)).shape), 28 * 28 * 5 * 5 * 2 * 6)
})

s('refuses a kernel for each sample whose size an input decides, unless a caller does', () => {
  const call = (K: Dim) => ({ x: random([5, 5, 2]), kernel: random([3, 3, 2, 2], 2, [K, K, 2, 2]), padding: 'same' })
  const wrong = refuses(conv2d, call(inputExtent('K')), 'shape/symbolic-kernel')
  assert.equal(wrong.facts, { op: 'conv2d', kernel: '[K, K, 2, 2]' })
  assert.is(wrong.labels.length, 2)
  assert.ok(!('problem' in conv2d.shape(rulesCall(conv2d, call(freeExtent('K'))))))
})

s('convolves each sample with a kernel of its own', async () => {
  for (const [stride, dilation, groups, batch] of [
    [[1, 1], [1, 1], 1, 3],
    [[2, 1], [1, 2], 1, 3],
    [[2, 2], [1, 1], 2, 3],
    [[1, 1], [1, 1], 4, 'none'],
  ] as const) {
    const pads = samePads([6, 7], [3, 2], stride, dilation)
    const call = {
      x: random([6, 7, 4], batch),
      kernel: random([3, 2, 4 / groups, 4], 3),
      stride,
      dilation,
      groups,
      padding: 'same',
    }
    await computes(conv2d, call, convolved({ stride, dilation, groups, pads }), { gradient: groups === 1 })
  }
  await computes(conv2d, { x: random([4, 5, 3]), kernel: random([1, 1, 3, 2]) }, convolved({}), { gradient: true })
})

s('refuses what does not fit', () => {
  const x = random([8, 8, 4])
  const kernel = random([3, 3, 4, 6], 'none')
  refuses(conv2d, { x: random([8]), kernel }, 'shape/rank')
  refuses(conv2d, { x, kernel: random([3, 4, 6], 'none') }, 'shape/rank')
  refuses(conv2d, { x, kernel, stride: [1, 0] }, 'shape/argument-range')
  refuses(conv2d, { x, kernel, dilation: [0, 1] }, 'shape/argument-range')
  refuses(conv2d, { x, kernel, groups: 0 }, 'shape/argument-range')
  refuses(conv2d, { x, kernel: random([3, 3, 2, 5], 'none'), groups: 2 }, 'shape/groups')
  refuses(conv2d, { x: random([2, 9, 4]), kernel }, 'shape/window-too-large')
  const wrong = refuses(conv2d, { x, kernel: random([3, 3, 3, 6], 'none') }, 'shape/channel-mismatch')
  assert.equal(wrong.labels.map(({ extent }) => extent), [x.type.shape[2], wrong.labels[1]!.extent])
  assert.equal(wrong.labels.map(({ text }) => text), ['4 channels decided here', '3 channels decided here'])
  const grouped = refuses(conv2d, { x, kernel: random([3, 3, 4, 6], 'none'), groups: 2 }, 'shape/channel-mismatch')
  assert.is(grouped.facts.b, '2 groups of 4')
})

s('asks for a `where` when channels are not known to be equal', () => {
  const C = inputExtent('C')
  const unsure = refuses(
    conv2d,
    { x: random([8, 8, 4], 2, [8, 8, C]), kernel: random([3, 3, 4, 6], 'none') },
    'shape/not-provable',
  )
  assert.is(unsure.facts.doubt, 'for C = 1: 1 against 4')
})

s.run()
