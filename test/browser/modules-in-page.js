import '@tensorflow/tfjs-backend-webgl'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { Reader } from 'fmw:reader'
import 'fmw:training'
import { runs } from 'fmw:runs'

// Runs in the browser, where the test calls what is put into `window`.

setWasmPaths('/')

async function run(name) {
  await tf.setBackend('wasm')
  return runs[name]()
}

const held = () => {
  const { numTensors, numDataBuffers, numBytes } = tf.memory()
  return { numTensors, numDataBuffers, numBytes }
}

/** What is held before and after so many predictions, and then before and after so many steps of training, with the first and the last loss. */
async function heldBy(backend, predictions, steps) {
  await tf.setBackend(backend)
  const net = Reader.init({ seed: 1 })
  const image = tf.randomUniform([4, 12, 12, 1], -1, 1, 'float32', 1)
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 1], 'int32'), 3)
  const predict = () => tf.dispose(net.predict({ image }))
  const optimizer = tf.train.adam(0.02)
  const loss = () => tf.losses.softmaxCrossEntropy(labels, net.apply({ image }, { training: true }).logits)
  const minimize = async () => {
    const value = optimizer.minimize(loss, true, net.trainable)
    const [number] = await value.data()
    value.dispose()
    return number
  }
  predict()
  const predicting = [held()]
  for (let i = 0; i < predictions; i++) predict()
  predicting.push(held())
  const losses = [await minimize()]
  predict()
  const training = [held()]
  for (let i = 0; i < steps; i++) losses.push(await minimize())
  predict()
  training.push(held())
  return { backend: tf.getBackend(), predicting, training, losses: [losses[0], losses.at(-1)] }
}

Object.assign(window, { run, heldBy })
