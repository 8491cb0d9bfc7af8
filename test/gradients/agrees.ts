import type { Scalar } from '@tensorflow/tfjs-core'
import * as assert from 'uvu/assert'
import type { Primitive } from '../../src/compiler/primitives/primitive.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { applied, close, differenceOf, operandsOf, randomNumbers, type Call, type Tensor } from '../primitives/harness.ts'
import { hasBatch } from '../../src/compiler/graph/graph.ts'

const step = 2 ** -8

/**
 * Asserts on every backend that the gradients of all operands of a call are the differences (of fourth order, over four places)
 * of what the cpu backend computes forward: for rules that have no reference in double precision, and for what only training
 * does.
 */
export async function gradientsAgree(primitive: Primitive, call: Call, training = false): Promise<void> {
  const { weights, wanted } = await withBackend('cpu', (tf) => {
    const { run, values } = applied(primitive, call, tf, {}, training)
    const next = randomNumbers(99)
    const chosen = Array.from(run(values).dataSync(), () => next())
    const loss = (tensors: readonly Tensor[]): number =>
      tf.tidy(() => {
        const result = run(tensors).dataSync()
        return chosen.reduce((sum, weight, i) => sum + weight * result[i]!, 0)
      })
    const differences = values.map((value, operand) => {
      const numbers = value.dataSync()
      const moved = (i: number, by: number): number =>
        tf.tidy(() => {
          const changed = numbers.slice()
          changed[i]! += by
          return loss(values.with(operand, tf.tensor(changed, value.shape)))
        })
      return Array.from(numbers, (_, i) => {
        const near = moved(i, step) - moved(i, -step)
        const far = moved(i, 2 * step) - moved(i, -2 * step)
        return (8 * near - far) / (12 * step)
      })
    })
    return { weights: chosen, wanted: differences }
  })
  for (const backend of await availableBackends()) {
    const found = await withBackend(backend, (tf) => {
      const { run, values } = applied(primitive, call, tf, {}, training)
      const lossOf = (...tensors: Tensor[]) => {
        const result = run(tensors)
        // tf.grads refuses operands that the result does not depend on, as moving statistics in training
        const nothing = tf.addN(tensors.map((tensor) => tf.mul(0, tf.sum(tensor))))
        return tf.add<Scalar>(nothing, tf.sum(tf.mul(result, tf.tensor(weights, result.shape))))
      }
      return tf.grads(lossOf)([...values]).map((gradient) => [...gradient.dataSync()])
    })
    for (const [i, gradient] of found.entries()) {
      const what = `gradient ${i} of ${primitive.name}(${settingsOf(call)}) on ${backend}`
      assert.ok(close(gradient, wanted[i]!, 1e-3), differenceOf(what, gradient, wanted[i]!))
    }
  }
}

/** What a message says of a call: its attributes, and the shapes of its operands. */
function settingsOf(call: Call): string {
  const shapes = operandsOf(call).map(
    ({ type, samples }) => `${samples[0]!.shape.join('x')}${hasBatch(type) ? ` of ${samples.length}` : ''}`,
  )
  const attributes = Object.entries(call).filter(([, value]) => operandsOf({ value }).length === 0)
  return [...shapes, ...attributes.map(([name, value]) => `${name}: ${JSON.stringify(value)}`)].join(', ')
}
