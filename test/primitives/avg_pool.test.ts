import { suite } from 'uvu'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { avgPool } from '../../src/compiler/primitives/avg_pool.ts'
import { computes, random, refuses } from './harness.ts'
import { pooled } from './pooled.ts'
import { samePads } from './same-pads.ts'

const s = suite('avg_pool')

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
const meanWithZeros = (values: readonly number[], zeros: number): number => sum(values) / (values.length + zeros)
const none = [[0, 0], [0, 0]] as const

s('takes the mean of each window, for any stride, odd and even sizes, one sample and several', async () => {
  for (const [extents, size, stride, batch] of [
    [[8, 9], [2, 2], [2, 2], 3],
    [[7, 7], [3, 3], [2, 2], 1],
    [[6, 9], [1, 4], [3, 1], 'none'],
  ] as const) {
    await computes(avgPool, { x: random([...extents, 2], batch), size, stride }, pooled({ size, stride, pads: none }, mean), {
      gradient: true,
    })
  }
})

s('does not count padding unless told, with a right gradient where windows are cut', async () => {
  for (const [padding, pads, batch] of [
    ['same', samePads([7, 8], [3, 3], [2, 2]), 2],
    [[[1, 1], [1, 1]], [[1, 1], [1, 1]], 'none'],
    [[[2, 0], [0, 1]], [[2, 0], [0, 1]], 1],
  ] as const) {
    const geometry = { size: [3, 3], stride: [2, 2], pads } as const
    const call = { x: random([7, 8, 2], batch), size: [3, 3], stride: [2, 2], padding }
    await computes(avgPool, call, pooled(geometry, mean), { gradient: true })
    await computes(avgPool, { ...call, count_padding: true }, pooled(geometry, meanWithZeros), { gradient: true })
  }
})

s('never counts what `ceil` reaches beyond the padding', async () => {
  for (const [extents, size, stride, pads, batch] of [
    [[6, 7], [3, 3], [2, 2], none, 2],
    [[5, 6], [2, 3], [3, 2], [[1, 1], [1, 1]], 'none'],
    [[6, 6], [3, 3], [2, 2], [[1, 0], [0, 1]], 1],
    [[4, 3], [1, 2], [3, 3], none, 2],
  ] as const) {
    const call = { x: random([...extents, 2], batch), size, stride, padding: pads, ceil: true }
    const geometry = { size, stride, pads, ceil: true }
    await computes(avgPool, call, pooled(geometry, mean), { gradient: true })
    await computes(avgPool, { ...call, count_padding: true }, pooled(geometry, meanWithZeros))
  }
})

s('runs on extents that are known only then', async () => {
  const extents = { H: 7, W: 6 }
  const x = random([7, 6, 2], 2, [inputExtent('H'), inputExtent('W'), 2])
  for (const [padding, pads, ceil] of [
    ['same', samePads([7, 6], [3, 2], [2, 2]), false],
    [[[1, 1], [1, 0]], [[1, 1], [1, 0]], true],
    ['valid', none, true],
  ] as const) {
    const call = { x, size: [3, 2], stride: [2, 2], padding, ceil }
    await computes(avgPool, call, pooled({ size: [3, 2], stride: [2, 2], pads, ceil }, mean), { extents })
  }
})

s('refuses what does not fit', () => {
  const x = random([4, 4, 2])
  refuses(avgPool, { x: random([4, 4]), size: [2, 2], stride: [2, 2] }, 'shape/rank')
  refuses(avgPool, { x, size: [5, 2], stride: [1, 1] }, 'shape/window-too-large')
  refuses(avgPool, { x, size: [2, 2], stride: [1, 1], padding: [[0, 2], [0, 0]] }, 'shape/padding-too-large')
})

s.run()
