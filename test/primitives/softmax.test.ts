import { suite } from 'uvu'
import { softmax } from '../../src/compiler/primitives/softmax.ts'
import { computes, random, refuses, type Reference } from './harness.ts'
import { at, fill, total } from './nd-array.ts'

const s = suite('softmax')

const along =
  (axes: readonly number[]): Reference =>
  ({ x }) =>
    fill(x!.shape, (...index) => {
      const extents = axes.map((axis) => x!.shape[axis]!)
      const other = (places: readonly number[]): readonly number[] => index.map((place, axis) => places[axes.indexOf(axis)] ?? place)
      return Math.exp(at(x!, ...index)) / total(extents, (...places) => Math.exp(at(x!, ...other(places))))
    })

s('makes the elements along any axis, or over several, positive with the sum 1', async () => {
  for (const [shape, axis, positions, batch] of [
    [[5], [-1], [0], 3],
    [[5], [0], [0], 'none'],
    [[3, 4, 2], [-1], [2], 2],
    [[3, 4, 2], [2], [2], 'none'],
    [[3, 4, 2], [0], [0], 1],
    [[3, 4, 2], [-2], [1], 2],
    [[3, 4, 2], [1], [1], 'none'],
    [[2, 3], [0], [0], 2],
    [[3, 4, 2], [0, 1], [0, 1], 2],
    [[3, 4, 2], [1, -1], [1, 2], 'none'],
    [[3, 4, 2], [-1, 0], [0, 2], 3],
    [[2, 3], [0, 1], [0, 1], 1],
  ] as const) {
    await computes(softmax, { x: random(shape, batch), axis }, along(positions), { gradient: true })
  }
})

s('refuses an axis that is not there', () => {
  refuses(softmax, { x: random([3, 4]), axis: [2] }, 'shape/axis')
  refuses(softmax, { x: random([3, 4]), axis: [-3] }, 'shape/axis')
  refuses(softmax, { x: random([]), axis: [-1] }, 'shape/axis')
  refuses(softmax, { x: random([3, 4]), axis: [1, -1] }, 'shape/argument-range')
  refuses(softmax, { x: random([3, 4]), axis: [] }, 'shape/argument-range')
})

s.run()
