import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { add, ceil, divide, extreme, evaluate, floor, keyOf, multiply, type Dim } from '../../src/compiler/dim/expr.ts'
import { parseDim } from '../../src/compiler/dim/parse.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'

const s = suite('an extent read from its text')

const extents = new Map<string, Dim>([
  ['H', inputExtent('H')],
  ['W', inputExtent('W', { modulus: 16, remainder: 3, min: 19, max: Infinity })],
  ['D', inputExtent('D', { modulus: 1, remainder: 0, min: 5, max: 40 })],
])

const { dim: anyDim } = fc.letrec<{ dim: Dim }>((tie) => ({
  dim: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...extents.values()),
    fc.integer({ min: -9, max: 9 }),
    fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => add(a, b)),
    fc.tuple(tie('dim'), fc.integer({ min: -4, max: 4 })).map(([a, b]) => multiply(a, b)),
    fc.tuple(tie('dim'), fc.integer({ min: 2, max: 6 })).map(([a, b]) => floor(divide(a, b)!)),
    fc.tuple(tie('dim'), fc.integer({ min: 2, max: 6 })).map(([a, b]) => ceil(divide(a, b)!)),
    fc.tuple(fc.constantFrom('max' as const, 'min' as const), tie('dim'), tie('dim')).map(([kind, a, b]) => extreme(kind, a, b)),
  ),
}))

const read = (text: string): Dim => {
  const result = parseDim(text, extents)
  if ('error' in result) throw new Error(`${text}: ${result.error.message}`)
  return result.dim
}

s('has the values of the extent that was printed', () => {
  const sizes = fc.record({
    H: fc.integer({ min: 1, max: 99 }),
    W: fc.integer({ min: 1, max: 9 }).map((v) => 16 * v + 3),
    D: fc.integer({ min: 5, max: 40 }),
  })
  fc.assert(fc.property(anyDim, sizes, (dim, at) => evaluate(read(printDim(dim)), at) === evaluate(dim, at)), { numRuns: 500 })
})

s('prints as what was read from its text', () => {
  fc.assert(
    fc.property(anyDim, (dim) => {
      const once = printDim(read(printDim(dim)))
      assert.is(printDim(read(once)), once)
    }),
    { numRuns: 500 },
  )
})

s('is the extent that was printed, not only an equal one, after a product and a rounding', () => {
  for (const dim of [floor(divide(multiply(extents.get('H')!, extents.get('W')!), 4)!), divide(extents.get('H')!, 2)!, 0.5, -3]) {
    assert.is(keyOf(read(printDim(dim))), keyOf(dim))
  }
})

const refused = (text: string, message: string, at: number) =>
  s(`refuses "${text}": ${message}`, () => assert.equal(parseDim(text, extents), { error: { message, at } }))

refused('H / 2)', 'expected the end, found )', 5)
refused('floor(H / 2', "expected ')', found the end", 11)
refused('ceil(X / 2)', 'no input has an extent X', 5)
refused('round(H / 2)', 'an extent has no function round', 0)
refused('H / (H + W)', 'an extent is divided by numbers other than 0 only', 4)
refused('H / 0', 'an extent is divided by numbers other than 0 only', 4)
refused('H % 2', "an extent has no '%' in it", 2)
refused('max(H)', "expected ',', found )", 5)
refused('', 'expected an extent, found the end', 0)
refused('9007199254740993*H + 9007199254740993*H', 'an extent is too large to compute exactly', 0)

s.run()
