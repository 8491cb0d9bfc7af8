import * as tf from '@tensorflow/tfjs-core'
import { handlerOf } from './load.ts'
import { writeSafetensors } from './safetensors.ts'
import type { TensorData } from './tensor-data.ts'
import type { Variables } from './variables.ts'

type Texts = Readonly<Record<string, string>>

/** A safetensors file. */
export async function bytesOf(variables: Variables, metadata: Texts): Promise<Uint8Array<ArrayBuffer>> {
  const read = async ([path, variable]: [string, tf.Variable]): Promise<[string, TensorData]> => [
    path,
    { shape: variable.shape, values: Float32Array.from(await variable.data()) },
  ]
  return writeSafetensors(new Map(await Promise.all(Array.from(variables, read))), metadata)
}

/** What `load` takes back from the same place. */
export async function storeWeights(
  variables: Variables,
  metadata: Texts,
  target: string | tf.io.IOHandler,
): Promise<tf.io.SaveResult> {
  const handler = typeof target === 'string' ? handlerOf(target, tf.io.getSaveHandlers(target)) : target
  if (!handler.save) throw new Error('this handler of TensorFlow.js saves nothing')
  const { data, specs } = await tf.io.encodeWeights(Array.from(variables, ([name, tensor]) => ({ name, tensor })))
  // handlers want a topology, and keep texts of one's own
  return handler.save({ modelTopology: {}, weightSpecs: specs, weightData: data, userDefinedMetadata: metadata })
}
