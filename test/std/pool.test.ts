import { suite } from 'uvu'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { pooled } from '../primitives/pooled.ts'
import { computes, refuses } from './block.ts'

const s = suite('std/pool')

const none = [[0, 0], [0, 0]] as const
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
const max = (values: readonly number[]): number => Math.max(...values)

/** The windows of each way to write them, for maps of an even and an odd size. */
const forms = [
  ['', [6, 7], { size: [2, 2], stride: [2, 2], pads: none }],
  ['(3)', [7, 6], { size: [3, 3], stride: [3, 3], pads: none }],
  ['(2, stride: 1)', [4, 5], { size: [2, 2], stride: [1, 1], pads: none }],
  ['(3x2, stride: [2, 3])', [7, 8], { size: [3, 2], stride: [2, 3], pads: none }],
  ['(3, stride: 2, padding: same)', [6, 7], { size: [3, 3], stride: [2, 2], pads: [[0, 1], [1, 1]] }],
  ['(3, stride: 2, padding: half)', [6, 7], { size: [3, 3], stride: [2, 2], pads: [[1, 1], [1, 1]] }],
  ['(3, stride: 2, padding: 1)', [6, 7], { size: [3, 3], stride: [2, 2], pads: [[1, 1], [1, 1]] }],
  ['(3, padding: [0, 1])', [6, 7], { size: [3, 3], stride: [3, 3], pads: [[0, 0], [1, 1]] }],
  ['(3, padding: [[0, 1], [2, 0]])', [5, 7], { size: [3, 3], stride: [3, 3], pads: [[0, 1], [2, 0]] }],
  ['(3, stride: 2, ceil: true)', [6, 7], { size: [3, 3], stride: [2, 2], pads: none, ceil: true }],
  ['(2, padding: 1, ceil: true)', [5, 6], { size: [2, 2], stride: [2, 2], pads: [[1, 1], [1, 1]], ceil: true }],
] as const

s('pool.max: the largest element of each window, padding never; 2x2, stride as the size by default', async () => {
  for (const [written, size, windows] of forms) {
    // all elements negative, so that a zero that took part would win
    const given = { inputs: { x: [...size, 2] }, element: (uniform: number) => uniform - 2 }
    await computes(`y = x |> pool.max${written}`, given, ({ x }) => pooled(windows, max)({ x }, {}))
  }
})

s('pool.avg: the mean over the elements of the map in each window', async () => {
  for (const [written, size, windows] of forms)
    await computes(`y = x |> pool.avg${written}`, { inputs: { x: [...size, 2] } }, ({ x }) => pooled(windows, mean)({ x }, {}))
})

s('pool.avg: count_padding counts the zeros of the padding, not what ceil adds (PyTorch\'s count_include_pad)', async () => {
  for (const [written, size, windows] of forms.slice(4)) {
    const counted = written.replace(')', ', count_padding: true)')
    await computes(`y = x |> pool.avg${counted}`, { inputs: { x: [...size, 2] } }, ({ x }) =>
      pooled(windows, (values, zeros) => sum(values) / (values.length + zeros))({ x }, {}),
    )
  }
})

s('pool.max and pool.avg: run at sizes that are known only then', async () => {
  for (const size of [[6, 7], [5, 4]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' } }
    const windows = { size: [3, 3], stride: [2, 2], pads: [[1, 1], [1, 1]] } as const
    await computes('y = x |> pool.max(3, stride: 2, padding: half)', given, ({ x }) => pooled(windows, max)({ x }, {}))
    await computes('y = x |> pool.avg(3, stride: 2, padding: 1)', given, ({ x }) => pooled(windows, mean)({ x }, {}))
  }
})

const channel = (map: NdArray, c: number): readonly number[] => [
  ...fill([map.shape[0]!, map.shape[1]!], (h, w) => at(map, h, w, c)).data,
]

s('pool.global: the mean of each channel over the map', async () => {
  for (const [height, width] of [[3, 4], [5, 2], [1, 1]] as const) {
    const given = { inputs: { x: [height, width, 3] }, declared: { x: '[H, W, 3]' } }
    await computes('y = x |> pool.global', given, ({ x }) => fill([3], (c) => mean(channel(x, c))))
  }
})

s('pool.global_max: the largest element of each channel of the map', async () => {
  for (const [height, width] of [[3, 4], [5, 2], [1, 1]] as const) {
    const given = { inputs: { x: [height, width, 3] }, declared: { x: '[H, W, 3]' }, element: (uniform: number) => uniform - 2 }
    await computes('y = x |> pool.global_max', given, ({ x }) => fill([3], (c) => max(channel(x, c))))
  }
})

s('refuses windows larger than the map, and vectors', () => {
  refuses('y = x |> pool.max(5)', { inputs: { x: [4, 6, 2] } }, 'shape/window-too-large')
  refuses('y = x |> pool.global', { inputs: { x: [4] } }, 'shape/rank')
})

s.run()
