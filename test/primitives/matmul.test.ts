import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { matmul } from '../../src/compiler/primitives/matmul.ts'
import { computes, random, refuses, rulesCall, shapeOf, typed, type Reference } from './harness.ts'
import { at, fill, total } from './nd-array.ts'

const s = suite('matmul')

const product =
  (n: number | undefined, k: number, m: number, transposeA = false, transposeB = false): Reference =>
  ({ a, b }) =>
    fill(n === undefined ? [m] : [n, m], (...index) => {
      const [i, j] = n === undefined ? [0, index[0]!] : (index as readonly [number, number])
      return total([k], (inner) => {
        const left = n === undefined ? at(a!, inner!) : transposeA ? at(a!, inner!, i) : at(a!, i, inner!)
        return left * (transposeB ? at(b!, j, inner!) : at(b!, inner!, j))
      })
    })

const batches = [[3, 3], [1, 'none'], [3, 'none'], ['none', 3], ['none', 'none']] as const

s('multiplies a vector with a matrix, each batched or not', async () => {
  for (const [batchA, batchB] of batches)
    for (const transposed of [false, true]) {
      const call = { a: random([4], batchA), b: random(transposed ? [5, 4] : [4, 5], batchB), transpose_b: transposed }
      await computes(matmul, call, product(undefined, 4, 5, false, transposed), { gradient: true })
    }
})

s('multiplies matrices, each batched or not, each transposed or not', async () => {
  for (const [batchA, batchB] of batches)
    for (const transpose_a of [false, true])
      for (const transpose_b of [false, true]) {
        const a = random(transpose_a ? [4, 3] : [3, 4], batchA)
        const b = random(transpose_b ? [5, 4] : [4, 5], batchB)
        await computes(matmul, { a, b, transpose_a, transpose_b }, product(3, 4, 5, transpose_a, transpose_b), { gradient: true })
      }
})

s('runs on extents that are known only then', async () => {
  const n = inputExtent('n')
  const call = { a: random([3, 4], 2, [n, 4]), b: random([4, 5], 'none') }
  assert.equal(shapeOf(matmul, call).map(printDim), ['n', '5'])
  await computes(matmul, call, product(3, 4, 5), { extents: { n: 3 } })
})

s('counts n * k * m multiply-adds', () => {
  const macs = (call: object, result: readonly number[]) => matmul.macs!(rulesCall(matmul, call as never), typed(result).shape)
  assert.is(macs({ a: random([400]), b: random([400, 120], 'none') }, [120]), 48_000)
  assert.is(macs({ a: random([3, 4]), b: random([5, 4], 'none'), transpose_b: true }, [3, 5]), 60)
})

s('hands on the outer extents', () => {
  const [a, b] = [random([4, 3]), random([4, 5], 'none')]
  assert.equal(matmul.shape(rulesCall(matmul, { a, b, transpose_a: true })), [a.type.shape[1], b.type.shape[1]])
})

s('refuses inner extents that differ, and ranks that are no matrix', () => {
  const b = random([4, 5], 'none')
  const wrong = refuses(matmul, { a: random([3]), b }, 'shape/inner-mismatch')
  assert.equal(wrong.facts, { op: 'matmul', a: '3', b: '4' })
  refuses(matmul, { a: random([4, 3]), b }, 'shape/inner-mismatch')
  refuses(matmul, { a: random([2, 3, 4]), b }, 'shape/rank')
  refuses(matmul, { a: random([4]), b, transpose_a: true }, 'shape/rank')
  refuses(matmul, { a: random([4]), b: random([4]) }, 'shape/rank')
  refuses(matmul, { a: random([4], 2, [inputExtent('n')]), b }, 'shape/not-provable')
})

s.run()
