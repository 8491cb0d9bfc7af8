import * as tf from '@tensorflow/tfjs-core'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import type { Model } from '../../src/codegen/tfjs/runtime/model.ts'

type Tensors = Readonly<Record<string, tf.Tensor>>

/** The values of each output, row by row. */
export type Numbers = Readonly<Record<string, readonly number[]>>

/**
 * What a model of an emitted module gives for random inputs of these shapes, with fresh weights that were saved and loaded: in Node and in a
 * page the same weights and inputs, bit by bit.
 *
 * @throws Error where a tensor is left behind
 */
export async function numbersOf(model: Model<unknown, Tensors, Tensors>, shapes: Readonly<Record<string, readonly number[]>>): Promise<Numbers> {
  const before = tf.memory().numTensors
  const fresh = model.init({ seed: 7 })
  const bytes = await fresh.save()
  fresh.dispose()
  const net = await model.load(bytes)
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(noise(name, shape), [...shape])]))
  const outputs = net.predict(inputs)
  const numbers = Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, Array.from(output.dataSync())]))
  tf.dispose([inputs, outputs])
  net.dispose()
  const left = tf.memory().numTensors - before
  if (left !== 0) throw new Error(`${left} tensors are left behind`)
  return numbers
}

/** From -1 to 1. */
function noise(name: string, shape: readonly number[]): Float32Array {
  const { uniform } = randomStream(2, name)
  return new Float32Array(shape.reduce((size, extent) => size * extent, 1)).map(() => 2 * uniform() - 1)
}
