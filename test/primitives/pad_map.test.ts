import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { divide, subtract } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { padMap } from '../../src/compiler/primitives/pad_map.ts'
import { computes, random, refuses, rulesCall, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('pad_map')

type Amounts = readonly [readonly [number, number], readonly [number, number]]

/** Where a place outside 0..n-1 is found inside, by walking back from the border step by step. */
function mirrored(place: number, extent: number, mode: string): number {
  let [inside, step] = [0, 1]
  const from = place < 0 ? -place : place - (extent - 1)
  if (place >= 0 && place < extent) return place
  if (mode === 'symmetric') inside = -1
  for (let i = 0; i < from; i++) inside += step
  return place < 0 ? inside : extent - 1 - inside
}

const surrounded =
  ([[top, bottom], [left, right]]: Amounts, mode: string, value = 0): Reference =>
  ({ x }) => {
    const [height, width, channels] = x!.shape as readonly [number, number, number]
    return fill([top + height + bottom, left + width + right, channels], (h, w, c) => {
      const [row, column] = [h! - top, w! - left]
      if (mode !== 'zero') return at(x!, mirrored(row, height, mode), mirrored(column, width, mode), c!)
      return row >= 0 && row < height && column >= 0 && column < width ? at(x!, row, column, c!) : value
    })
  }

s('fills with a constant', async () => {
  for (const [amounts, value, batch] of [
    [[[1, 2], [0, 3]], 0, 2],
    [[[5, 0], [1, 1]], 0.5, 'none'],
    [[[0, 0], [0, 0]], 0.5, 2],
  ] as const) {
    await computes(padMap, { x: random([3, 4, 2], batch), amounts, value }, surrounded(amounts, 'zero', value), {
      gradient: true,
    })
  }
})

s('mirrors at the border, without the border element or with it', async () => {
  for (const [mode, amounts, batch] of [
    ['reflect', [[2, 1], [0, 3]], 2],
    ['reflect', [[1, 1], [1, 1]], 'none'],
    ['symmetric', [[3, 1], [4, 2]], 1],
    ['symmetric', [[0, 2], [1, 0]], 'none'],
  ] as const) {
    await computes(padMap, { x: random([3, 4, 2], batch), amounts, mode }, surrounded(amounts, mode), { gradient: true })
  }
})

s('runs on extents that are known only then', async () => {
  const H = inputExtent('H', { modulus: 1, remainder: 0, min: 3, max: Infinity })
  const amounts = [[2, 2], [1, 1]] as const
  await computes(padMap, { x: random([5, 4, 2], 2, [H, 4, 2]), amounts, mode: 'reflect' }, surrounded(amounts, 'reflect'), {
    extents: { H: 5 },
  })
})

s('pads by what depends on an extent', async () => {
  const [H, h] = [inputExtent('H'), inputExtent('h')]
  const missing = { x: random([5, 4, 2], 2, [H, 4, 2]), amounts: [[0, subtract(h, H)], [1, 0]] }
  assert.is(printConditions(refuses(padMap, missing, 'shape/not-provable').missing ?? []), 'h >= H')
  const wide = inputExtent('W', { modulus: 2, remainder: 0, min: 4, max: Infinity })
  const half = divide(wide, 2)
  for (const mode of ['zero', 'reflect', 'symmetric'])
    await computes(
      padMap,
      { x: random([3, 6, 2], 2, [3, wide, 2]), amounts: [[1, 2], [half, 1]], mode },
      surrounded([[1, 2], [3, 1]], mode),
      { extents: { W: 6 }, gradient: true },
    )
})

s('spells the sum and hands on what it does not pad', () => {
  const x = random([3, 4, 2])
  const result = padMap.shape(rulesCall(padMap, { x, amounts: [[1, 2], [0, 0]] }))
  assert.equal(result, [{ dim: 6, how: '3 + 1 + 2 = 6', from: [x.type.shape[0]] }, x.type.shape[1], x.type.shape[2]])
})

s('refuses reflections of more than there is', () => {
  const x = random([3, 4, 2])
  refuses(padMap, { x, amounts: [[3, 0], [0, 0]], mode: 'reflect' }, 'shape/padding-too-large')
  refuses(padMap, { x, amounts: [[0, 0], [0, 5]], mode: 'symmetric' }, 'shape/padding-too-large')
  refuses(padMap, { x: random([4]), amounts: [[1, 1], [1, 1]] }, 'shape/rank')
  refuses(padMap, { x, amounts: [[0, 0], [-1, 2]] }, 'shape/padding')
  const unsure = { x: random([3, 4, 2], 2, [inputExtent('H'), 4, 2]), amounts: [[1, 1], [0, 0]], mode: 'reflect' }
  assert.is(printConditions(refuses(padMap, unsure, 'shape/not-provable').missing ?? []), 'H >= 2')
})

s.run()
