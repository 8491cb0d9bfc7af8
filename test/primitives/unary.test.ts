import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { abs } from '../../src/compiler/primitives/abs.ts'
import { elu } from '../../src/compiler/primitives/elu.ts'
import { erf } from '../../src/compiler/primitives/erf.ts'
import { exp } from '../../src/compiler/primitives/exp.ts'
import { log } from '../../src/compiler/primitives/log.ts'
import { relu } from '../../src/compiler/primitives/relu.ts'
import { sigmoid } from '../../src/compiler/primitives/sigmoid.ts'
import { softplus } from '../../src/compiler/primitives/softplus.ts'
import { sqrt } from '../../src/compiler/primitives/sqrt.ts'
import { tanh } from '../../src/compiler/primitives/tanh.ts'
import { computes, mapOperand, random, rulesCall, type Reference } from './harness.ts'

const s = suite('unary')

/** The error function by its Maclaurin series, which converges everywhere and suffices in double precision up to 4. */
function errorFunction(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

const each =
  (f: (x: number) => number): Reference =>
  ({ x }) => ({ shape: x!.shape, data: x!.data.map(f) })

const functions = [
  [relu, (x) => Math.max(x, 0), (x) => 4 * x],
  [sigmoid, (x) => 1 / (1 + Math.exp(-x)), (x) => 4 * x],
  [tanh, Math.tanh, (x) => 4 * x],
  [elu, (x) => (x > 0 ? x : Math.expm1(x)), (x) => 4 * x],
  [exp, Math.exp, (x) => 4 * x],
  [log, Math.log, (x) => x + 1.5],
  [sqrt, Math.sqrt, (x) => x + 1.5],
  [erf, errorFunction, (x) => 3 * x],
  [softplus, (x) => Math.log1p(Math.exp(x)), (x) => 4 * x],
  [abs, Math.abs, (x) => 4 * x],
] as const satisfies readonly (readonly [unknown, (x: number) => number, (x: number) => number])[]

for (const [primitive, f, range] of functions) {
  s(`${primitive.name} works on each element of any shape, batched or not`, async () => {
    for (const [shape, batch] of [
      [[3, 4, 2], 3],
      [[5], 1],
      [[], 2],
      [[2, 3], 'none'],
      [[], 'none'],
    ] as const) {
      await computes(primitive, { x: mapOperand(random(shape, batch), range) }, each(f), { gradient: true })
    }
    const x = random([3, 4, 2])
    assert.is(primitive.shape(rulesCall(primitive, { x })), x.type.shape)
  })
}

s('softplus and sigmoid stay finite where exp overflows', async () => {
  const x = mapOperand(random([4, 3]), (value) => 200 * value)
  await computes(softplus, { x }, each((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)))))
  await computes(sigmoid, { x }, each((value) => 1 / (1 + Math.exp(-value))))
})

s.run()
