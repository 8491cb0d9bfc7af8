import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { glorotUniform, model, param } from '../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import '../../src/codegen/tfjs/runtime/fmw-training.ts'
import { said } from '../codegen/runtime/said.ts'

// Runs in the browser: what it finds is in `window.found`, what stops it in `window.failed`.

const weights = { kernel: param([30, 3], glorotUniform) }

const Reader = model({
  name: 'Reader',
  inputs: { image: [6, 5, 1] },
  weights: () => weights,
  apply: ({ kernel }, { image }) => ({ logits: tf.tidy(() => tf.matMul(tf.reshape(image, [-1, 30]), kernel)) }),
})

function painted() {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  ;[canvas.width, canvas.height] = [40, 30]
  for (let y = 0; y < 30; y++)
    for (let x = 0; x < 40; x++) {
      context.fillStyle = `rgb(${(6 * x) % 256}, ${(8 * y) % 256}, ${(x * y) % 256})`
      context.fillRect(x, y, 1, 1)
    }
  return canvas
}

/** The same picture, shown smaller than it is. */
async function imageOf(canvas) {
  const image = new Image(10, 7)
  image.src = canvas.toDataURL('image/png')
  await image.decode()
  document.body.append(image)
  return image
}

function lossesOf(steps) {
  const net = Reader.init({ seed: 1 })
  const image = tf.randomUniform([4, 6, 5, 1], 0, 1, 'float32', 1)
  const labels = tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]])
  const optimizer = tf.train.adam(0.1)
  const loss = () => tf.losses.softmaxCrossEntropy(labels, net.apply({ image }, { training: true }).logits)
  return Array.from({ length: steps }, () => optimizer.minimize(loss, true, net.trainable).dataSync()[0])
}

async function find() {
  await tf.setBackend('cpu')
  const net = Reader.init({ seed: 1 })
  net.metadata = said
  const canvas = painted()
  const pixels = canvas.getContext('2d').getImageData(0, 0, 40, 30)
  const file = new File([await net.save()], 'reader.safetensors')
  await net.save('indexeddb://reader')
  await net.save('localstorage://reader')
  const stored = await Reader.load('indexeddb://reader')
  const scores = {
    canvas: await net.classify(canvas, { top: 3 }),
    pixels: await net.classify(pixels, { top: 3 }),
    image: await net.classify(await imageOf(canvas), { top: 3 }),
    bitmap: await net.classify(await createImageBitmap(canvas), { top: 3 }),
    tensor: await net.classify(tf.browser.fromPixels(canvas), { top: 3 }),
    indexedDB: await stored.classify(canvas, { top: 3 }),
    localStorage: await (await Reader.load('localstorage://reader')).classify(canvas, { top: 3 }),
    file: await (await Reader.load(file)).classify(canvas, { top: 3 }),
    blobURL: await (await Reader.load(URL.createObjectURL(file))).classify(canvas, { top: 3 }),
  }
  const refusal = await Reader.load('/nothing.safetensors').then(
    () => 'nothing',
    (error) => (error instanceof Error ? error.message : String(error)),
  )
  return { scores, classes: stored.metadata?.classes, refusal, losses: lossesOf(20) }
}

find().then(
  (found) => Object.assign(window, { found }),
  (error) => Object.assign(window, { failed: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }),
)
