import { suite } from 'uvu'
import { softmax } from '../../src/compiler/primitives/softmax.ts'
import { computes, random, refuses, type Reference } from './harness.ts'
import { at, fill, total } from './nd-array.ts'

const s = suite('softmax')

const along =
  (axis: number): Reference =>
  ({ x }) =>
    fill(x!.shape, (...index) => {
      const other = (i: number): readonly number[] => index.map((place, at) => (at === axis ? i : place))
      return Math.exp(at(x!, ...index)) / total([x!.shape[axis]!], (i) => Math.exp(at(x!, ...other(i!))))
    })

s('makes the elements along any axis positive with the sum 1', async () => {
  for (const [shape, axis, position, batch] of [
    [[5], -1, 0, 3],
    [[5], 0, 0, 'none'],
    [[3, 4, 2], -1, 2, 2],
    [[3, 4, 2], 2, 2, 'none'],
    [[3, 4, 2], 0, 0, 1],
    [[3, 4, 2], -2, 1, 2],
    [[3, 4, 2], 1, 1, 'none'],
    [[2, 3], 0, 0, 2],
  ] as const) {
    await computes(softmax, { x: random(shape, batch), axis }, along(position), { gradient: true })
  }
})

s('refuses an axis that is not there', () => {
  refuses(softmax, { x: random([3, 4]), axis: 2 }, 'shape/axis')
  refuses(softmax, { x: random([3, 4]), axis: -3 }, 'shape/axis')
  refuses(softmax, { x: random([]) }, 'shape/axis')
})

s.run()
