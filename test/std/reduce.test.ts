import { suite } from 'uvu'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { computes } from './block.ts'

const s = suite('std/reduce')

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
const max = (values: readonly number[]): number => Math.max(...values)
const min = (values: readonly number[]): number => Math.min(...values)

/** Combines the elements that differ in the axes alone; `keep` leaves these with extent 1. */
function reduced(x: NdArray, axes: readonly number[], keep: boolean, combine: (values: readonly number[]) => number): NdArray {
  const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
  const groups = fill(kept, (...place) => {
    const values: number[] = []
    fill(x.shape, (...index) => {
      if (index.every((i, axis) => axes.includes(axis) || i === place[axis])) values.push(at(x, ...index))
      return 0
    })
    return combine(values)
  })
  return { ...groups, shape: keep ? kept : kept.filter((_, axis) => !axes.includes(axis)) }
}

const forms = [
  ['', [0, 1, 2], false],
  ['(keep: true)', [0, 1, 2], true],
  ['([0, 1])', [0, 1], false],
  ['([-1])', [2], false],
  ['(axis: [2, 0], keep: true)', [0, 2], true],
] as const

s('reduce.sum: the sum over some axes, or all', async () => {
  for (const [written, axes, keep] of forms)
    await computes(`y = x |> reduce.sum${written}`, { inputs: { x: [3, 4, 2] } }, ({ x }) => reduced(x, axes, keep, sum))
})

s('reduce.mean: the mean over some axes, or all', async () => {
  for (const [written, axes, keep] of forms)
    await computes(`y = x |> reduce.mean${written}`, { inputs: { x: [3, 4, 2] } }, ({ x }) => reduced(x, axes, keep, mean))
})

s('reduce.max: the largest element over some axes, or all', async () => {
  for (const [written, axes, keep] of forms)
    await computes(`y = x |> reduce.max${written}`, { inputs: { x: [3, 4, 2] } }, ({ x }) => reduced(x, axes, keep, max))
})

s('reduce.min: the smallest element over some axes, or all', async () => {
  for (const [written, axes, keep] of forms)
    await computes(`y = x |> reduce.min${written}`, { inputs: { x: [3, 4, 2] } }, ({ x }) => reduced(x, axes, keep, min))
})

s('reduces vectors, and maps of sizes that are known only then', async () => {
  await computes('y = x |> reduce.sum', { inputs: { x: [5] } }, ({ x }) => reduced(x, [0], false, sum))
  for (const size of [[2, 3], [5, 4]] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: '[H, W, 3]' } }
    await computes('y = x |> reduce.mean([0, 1])', given, ({ x }) => reduced(x, [0, 1], false, mean))
    await computes('y = x |> reduce.max([1], keep: true)', given, ({ x }) => reduced(x, [1], true, max))
  }
})

s.run()
