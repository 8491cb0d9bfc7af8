import * as tf from '@tensorflow/tfjs-core'
import { handlerOf } from './load.ts'
import { writeSafetensors } from './safetensors.ts'
import type { TensorData } from './tensor-data.ts'
import type { Variables } from './variables.ts'

interface Read extends TensorData {
  readonly values: Float32Array<ArrayBuffer>
}

/** As the header of a file has them. */
export type Texts = Readonly<Record<string, string>>

/** A safetensors file. */
export const bytesOf = async (variables: Variables, metadata: Texts): Promise<Uint8Array<ArrayBuffer>> =>
  writeSafetensors(new Map(await read(variables)), metadata)

/** What `load` takes back from the same place. */
export async function storeWeights(
  variables: Variables,
  metadata: Texts,
  target: string | tf.io.IOHandler,
): Promise<tf.io.SaveResult> {
  const handler = typeof target === 'string' ? handlerOf(target, tf.io.getSaveHandlers(target)) : target
  if (!handler.save) throw new Error('this handler of TensorFlow.js saves nothing')
  const tensors = await read(variables)
  return handler.save({
    // handlers want a topology, and keep texts of one's own
    modelTopology: {},
    weightSpecs: tensors.map(([name, { shape }]) => ({ name, shape: [...shape], dtype: 'float32' })),
    weightData: tf.io.CompositeArrayBuffer.join(tensors.map(([, { values }]) => values.buffer)),
    userDefinedMetadata: metadata,
  })
}

const read = (variables: Variables): Promise<(readonly [name: string, Read])[]> =>
  Promise.all(
    Array.from(variables, async ([name, variable]) => {
      return [name, { shape: variable.shape, values: Float32Array.from(await variable.data()) }] as const
    }),
  )
