import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { divide, floor, multiply, type Dim } from '../../src/compiler/dim/expr.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { add } from '../../src/compiler/primitives/add.ts'
import { div } from '../../src/compiler/primitives/div.ts'
import { maximum } from '../../src/compiler/primitives/maximum.ts'
import { minimum } from '../../src/compiler/primitives/minimum.ts'
import { mul } from '../../src/compiler/primitives/mul.ts'
import { sub } from '../../src/compiler/primitives/sub.ts'
import { computes, mapOperand, random, refuses, rulesCall, typed, type Reference } from './harness.ts'
import { at, fill, type NdArray } from './nd-array.ts'

const s = suite('elementwise')

/** Reads an array as if it had the shape: vectors along the channels, ones repeated. */
function stretched(array: NdArray, shape: readonly number[]): (...index: readonly number[]) => number {
  const skipped = shape.length - array.shape.length
  return (...index) => at(array, ...array.shape.map((extent, axis) => (extent === 1 ? 0 : index[axis + skipped]!)))
}

const elementwise =
  (shape: readonly number[], operation: (a: number, b: number) => number): Reference =>
  ({ a, b }) => {
    const [left, right] = [stretched(a!, shape), stretched(b!, shape)]
    return fill(shape, (...index) => operation(left(...index), right(...index)))
  }

const operations = [
  [add, (a, b) => a + b],
  [sub, (a, b) => a - b],
  [mul, (a, b) => a * b],
  [div, (a, b) => a / b],
  [maximum, Math.max],
  [minimum, Math.min],
] as const satisfies readonly (readonly [unknown, (a: number, b: number) => number])[]

for (const [primitive, operation] of operations) {
  s(`${primitive.name} combines element by element`, async () => {
    const b = mapOperand(random([3, 4, 2]), (value) => value + 2 * Math.sign(value))
    await computes(primitive, { a: random([3, 4, 2]), b }, elementwise([3, 4, 2], operation), { gradient: true })
  })
}

s('repeats scalars, vectors along the channels, and ones; batched or not, on either side', async () => {
  const pairs = [
    [[3, 4, 2], []],
    [[3, 4, 2], [2]],
    [[3, 4, 2], [3, 4, 1]],
    [[3, 4, 2], [1, 1, 2]],
    [[3, 1, 2], [1, 4, 2]],
    [[4, 4, 4], [4]],
    [[3, 4], [4]],
    [[2, 3, 2, 4], [4]],
    [[5], []],
    [[5], [1]],
    [[3, 5], [1, 5]],
    [[2, 3, 1, 4], [2, 3, 5, 4]],
    [[], []],
  ] as const
  for (const [low, high] of pairs) {
    const shape = [...low].map((extent, axis) => (low.length === high.length ? Math.max(extent, high[axis]!) : extent))
    for (const [first, second] of [[low, high], [high, low]]) {
      for (const batches of [[3, 3], [3, 'none'], ['none', 3], ['none', 'none']] as const) {
        const call = { a: random(first!, batches[0]), b: random(second!, batches[1]) }
        await computes(sub, call, elementwise(shape, (a, b) => a - b), { gradient: shape.length < 4 })
      }
    }
  }
})

s('is right of tensors of any rank', async () => {
  const shape = [2, 1, 3, 1, 2, 1, 2, 2]
  const others = [shape, [2], [], [1, 2, 1, 2, 1, 2, 1, 2], [1, 1, 3, 2, 2, 1, 1, 2]]
  for (const rank of [5, 6, 8]) {
    for (const other of others) {
      const [low, high] = [shape.slice(-rank), other.slice(-rank)]
      const result = low.map((extent, axis) => (high.length === rank ? Math.max(extent, high[axis]!) : extent))
      for (const [first, second] of [[2, 'none'], ['none', 2], [2, 2]] as const) {
        const call = { a: random(low, first), b: random(high, second) }
        await computes(mul, call, elementwise(result, (a, b) => a * b), { gradient: rank < 8 })
      }
    }
  }
})

s('hands TensorFlow.js at most five axes', () => {
  for (const [rank, fn] of [[4, 'add'], [5, 'reshape']] as const) {
    const type = typed(Array<number>(rank).fill(2))
    const expression = add.targets.tfjs.run(rulesCall(add, { a: type, b: type }), { result: type })
    assert.ok('kind' in expression && expression.kind === 'call' && expression.fn === fn)
  }
})

s('does not take samples for channels or rows when their numbers agree', async () => {
  await computes(mul, { a: random([2, 2, 2], 'none'), b: random([2], 2) }, elementwise([2, 2, 2], (a, b) => a * b))
  await computes(mul, { a: random([2, 2, 2], 2), b: random([], 2) }, elementwise([2, 2, 2], (a, b) => a * b))
})

s('follows the rule of the language for every pair of shapes', () => {
  const extent = fc.constantFrom<Dim>(1, 2, 3, inputExtent('H'), inputExtent('W'))
  const shape = fc.array(extent, { maxLength: 4 })
  const same = (a: Dim, b: Dim): boolean => printDim(a) === printDim(b)
  fc.assert(
    fc.property(shape, shape, (left, right) => {
      const [low, high] = left.length <= right.length ? [left, right] : [right, left]
      const fits =
        low.length === high.length
          ? low.every((dim, axis) => same(dim, high[axis]!) || dim === 1 || high[axis] === 1)
          : low.length === 0 || (low.length === 1 && same(low[0]!, high.at(-1)!))
      const result = add.shape(rulesCall(add, { a: { type: typed(left), samples: [] }, b: { type: typed(right), samples: [] } }))
      assert.is('problem' in result, !fits)
      if ('problem' in result) return
      const wanted = low.length === high.length ? left.map((dim, axis) => (dim === 1 ? right[axis]! : dim)) : high
      assert.equal(result.map(({ dim }) => printDim(dim)), wanted.map(printDim))
    }),
    { numRuns: 1000 },
  )
})

s('says which extents differ, where each was decided, and what is missing', () => {
  const H = inputExtent('H')
  const channels = refuses(add, { a: random([8, 8, 64]), b: random([8, 8, 128]) }, 'shape/channel-mismatch')
  assert.equal(channels.facts, { op: 'add', a: '64', b: '128' })
  assert.equal(channels.labels.map(({ text }) => text), ['64 channels decided here', '128 channels decided here'])
  assert.is(refuses(add, { a: random([8, 8, 64]), b: random([9, 8, 64]) }, 'shape/size-mismatch').facts.axis, 'height')
  assert.is(refuses(add, { a: random([8, 8, 64]), b: random([8, 9, 64]) }, 'shape/size-mismatch').facts.axis, 'width')
  assert.is(refuses(add, { a: random([8, 8]), b: random([8, 9]) }, 'shape/size-mismatch').facts.axis, 'axis 1')
  refuses(add, { a: random([8, 8, 64]), b: random([32]) }, 'shape/channel-mismatch')
  refuses(add, { a: random([8, 8, 64]), b: random([1]) }, 'shape/channel-mismatch')
  refuses(add, { a: random([8, 8, 64]), b: random([8, 64]) }, 'shape/no-broadcast')
  refuses(add, { a: random([2, 8, 8, 64]), b: random([8, 8, 64]) }, 'shape/no-broadcast')
  const a = { type: typed([H, 8, 3]), samples: [] }
  const unsure = refuses(add, { a, b: random([8, 8, 3]) }, 'shape/not-provable')
  assert.equal(unsure.facts, { op: 'add', axis: 'height', claim: 'H equal to 8', doubt: 'for H = 1: 1 against 8' })
  assert.is(printConditions(unsure.missing ?? []), 'H == 8')
})

s('proposes the `where` that closes a gap', () => {
  const H = inputExtent('H')
  const restored = multiply(floor(divide(H, 2)!), 2)
  const call = { a: { type: typed([H, 8, 3]), samples: [] }, b: { type: typed([restored, 8, 3]), samples: [] } }
  const unsure = refuses(add, call, 'shape/not-provable')
  assert.is(printConditions(unsure.missing ?? []), 'H % 2 == 0')
  assert.is(unsure.facts.doubt, 'for H = 1: 1 against 0')
})

s.run()
