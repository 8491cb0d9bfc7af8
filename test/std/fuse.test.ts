import { suite } from 'uvu'
import { convolved } from '../primitives/convolved.ts'
import { at, fill } from '../primitives/nd-array.ts'
import { biased } from './biased.ts'
import { computes, refuses } from './block.ts'
import { joined } from './joined.ts'
import { threeInputs } from './three-inputs.ts'

const s = suite('std/fuse')

const sum = (elements: readonly number[]): number => elements.reduce((all, element) => all + element, 0)
const product = (elements: readonly number[]): number => elements.reduce((all, element) => all * element, 1)
const mean = (elements: readonly number[]): number => sum(elements) / elements.length
const max = (elements: readonly number[]): number => Math.max(...elements)
const min = (elements: readonly number[]): number => Math.min(...elements)

s('fuse.add: a + b + …', async () => {
  for (const given of threeInputs) {
    await computes('y = fuse.add(a, b)', given, ({ a, b }) => joined([a, b], sum))
    await computes('y = fuse.add(...[a, b], c)', given, ({ a, b, c }) => joined([a, b, c], sum))
  }
})

s('fuse.sub: a - b', async () => {
  for (const given of threeInputs)
    await computes('y = a |> fuse.sub(b)', given, ({ a, b }) => joined([a, b], ([x, y]) => x! - y!))
})

s('fuse.mul: a · b · …', async () => {
  for (const given of threeInputs) {
    await computes('y = fuse.mul(a, b)', given, ({ a, b }) => joined([a, b], product))
    await computes('y = fuse.mul(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], product))
  }
})

s('fuse.div: a / b, infinite where b is 0', async () => {
  const away = (uniform: number): number => uniform + Math.sign(uniform) / 4
  for (const given of threeInputs)
    await computes('y = fuse.div(a, b)', { ...given, element: away }, ({ a, b }) => joined([a, b], ([x, y]) => x! / y!))
  // + 0 makes -0, which divides to -Infinity, a 0
  const whole = (uniform: number): number => Math.round(2 * uniform) + 0
  await computes('y = fuse.div(a + 3, b)', { inputs: { a: [3, 4, 2], b: [3, 4, 2] }, element: whole }, ({ a, b }) =>
    joined([a, b], ([x, y]) => (x! + 3) / y!),
  )
})

s('fuse.max: the largest of the elements at a place', async () => {
  for (const given of threeInputs) await computes('y = fuse.max(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], max))
})

s('fuse.min: the smallest of the elements at a place', async () => {
  for (const given of threeInputs) await computes('y = fuse.min(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], min))
})

s('fuse.mean: (a + b + …) / n', async () => {
  for (const given of threeInputs) {
    await computes('y = fuse.mean(a, b)', given, ({ a, b }) => joined([a, b], mean))
    await computes('y = fuse.mean(a, b, c)', given, ({ a, b, c }) => joined([a, b, c], mean))
  }
})

s('elementwise fusions refuse to stretch a map', () => {
  const given = { inputs: { a: [3, 4, 2], b: [1, 1, 2] } }
  for (const [op, operator] of [['add', '+'], ['sub', '-'], ['mul', '*'], ['div', '/']]) {
    const message = `fuse.${op} takes equal shapes, not [3, 4, 2] and [1, 1, 2]: to stretch one on purpose write ${operator}`
    refuses(`y = fuse.${op}(a, b)`, given, 'require/failed', message)
  }
  for (const op of ['max', 'min', 'average'])
    refuses(`y = fuse.${op}(a, b)`, given, 'require/failed', `fuse.${op} takes equal shapes, not [3, 4, 2] and [1, 1, 2]`)
  refuses('y = fuse.static(a, b, [1, 2])', given, 'require/failed', 'fuse.static takes equal shapes, not [3, 4, 2] and [1, 1, 2]')
})

s('fuse.concat: the channels of each map after those of the one before', async () => {
  for (const [size, declared] of [[[3, 4], '3, 4'], [[2, 5], 'H, W'], [[4, 3], 'H, W']] as const) {
    const inputs = { a: [...size, 2], b: [...size, 3], c: [...size, 1] }
    const given = { inputs, declared: { a: `[${declared}, 2]`, b: `[${declared}, 3]`, c: `[${declared}, 1]` } }
    await computes('y = fuse.concat(a, b, c)', given, ({ a, b, c }) =>
      fill([...size, 6], (h, w, k) => (k < 2 ? at(a, h, w, k) : k < 5 ? at(b, h, w, k - 2) : at(c, h, w, 0))),
    )
  }
})

s('fuse.concat: along another axis, and of vectors', async () => {
  await computes('y = fuse.concat(a, b, axis: 0)', { inputs: { a: [3, 4, 2], b: [1, 4, 2] } }, ({ a, b }) =>
    fill([4, 4, 2], (h, w, c) => (h < 3 ? at(a, h, w, c) : at(b, h - 3, w, c))),
  )
  await computes('y = fuse.concat(a, b)', { inputs: { a: [3], b: [2] } }, ({ a, b }) =>
    fill([5], (c) => (c < 3 ? at(a, c) : at(b, c - 3))),
  )
})

s('fuse.concat: refuses maps of other sizes', () => {
  refuses('y = fuse.concat(a, b)', { inputs: { a: [3, 4, 2], b: [3, 5, 2] } }, 'shape/size-mismatch')
})

s('fuse.project: a 1x1 convolution of both, one after the other', async () => {
  for (const [size, declared] of [[[3, 4], '3, 4'], [[2, 5], 'H, W'], [[4, 3], 'H, W']] as const) {
    const inputs = { a: [...size, 2], b: [...size, 3] }
    const weights = { 'y/fuse/conv/kernel': [1, 1, 5, 4], 'y/fuse/conv/bias': [4] }
    const given = { inputs, declared: { a: `[${declared}, 2]`, b: `[${declared}, 3]` }, weights }
    await computes('y = fuse.project(a, b, 4)', given, ({ a, b }, of) => {
      const x = fill([...size, 5], (h, w, c) => (c < 2 ? at(a, h, w, c) : at(b, h, w, c - 2)))
      return biased(convolved({})({ x, kernel: of['y/fuse/conv/kernel'] }, {}), of['y/fuse/conv/bias'])
    })
  }
})

s.run()
