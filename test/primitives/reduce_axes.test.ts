import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reduceAxes } from '../../src/compiler/primitives/reduce_axes.ts'
import { computes, random, refuses, rulesCall, type Reference } from './harness.ts'
import { at, fill } from './nd-array.ts'

const s = suite('reduce_axes')

const ways: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
}

const over =
  (how: string, axes: readonly number[], keep: boolean): Reference =>
  ({ x }) => {
    const { shape } = x!
    const kept = shape.flatMap((extent, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [extent]))
    return fill(kept, (...index) => {
      const rest = keep ? index.filter((_, axis) => !axes.includes(axis)) : [...index]
      const values: number[] = []
      const gather = (axis: number, found: readonly number[], left: readonly number[]): void => {
        if (axis === shape.length) values.push(at(x!, ...found))
        else if (!axes.includes(axis)) gather(axis + 1, [...found, left[0]!], left.slice(1))
        else for (let i = 0; i < shape[axis]!; i++) gather(axis + 1, [...found, i], left)
      }
      gather(0, [], rest)
      return ways[how]!(values)
    })
  }

for (const how of Object.keys(ways)) {
  s(`takes the ${how} over any axes, kept or not, batched or not`, async () => {
    for (const [shape, axis, positions, batch] of [
      [[3, 4, 2], [0, 1], [0, 1], 2],
      [[3, 4, 2], [-1], [2], 'none'],
      [[3, 4, 2], [0, -1, 1], [0, 1, 2], 3],
      [[5], [0], [0], 1],
      [[2, 3], [1, 0], [0, 1], 'none'],
    ] as const) {
      for (const keep of [false, true]) {
        await computes(reduceAxes, { x: random(shape, batch), how, axis, keep }, over(how, positions, keep), { gradient: !keep })
      }
    }
  })
}

s('hands on the extents that stay', () => {
  const x = random([3, 4, 2])
  const dropped = reduceAxes.shape(rulesCall(reduceAxes, { x, how: 'mean', axis: [0, 1] }))
  assert.equal(dropped, [x.type.shape[2]])
  const kept = reduceAxes.shape(rulesCall(reduceAxes, { x, how: 'mean', axis: [1], keep: true }))
  assert.equal(kept, [x.type.shape[0], { dim: 1, how: 'mean over width 4', from: [x.type.shape[1]] }, x.type.shape[2]])
})

s('refuses axes that are not there, twice there, or none', () => {
  const x = random([3, 4, 2])
  refuses(reduceAxes, { x, how: 'sum', axis: [3] }, 'shape/axis')
  refuses(reduceAxes, { x, how: 'sum', axis: [1, -2] }, 'shape/argument-range')
  refuses(reduceAxes, { x, how: 'sum', axis: [] }, 'shape/argument-range')
  refuses(reduceAxes, { x: random([]), how: 'sum', axis: [0] }, 'shape/axis')
})

s.run()
