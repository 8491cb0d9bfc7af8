import * as tf from '@tensorflow/tfjs-core'
import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  checkInputs,
  model,
  param,
  zeros,
  type Maps,
  type Metadata,
  type Network,
  type Picture,
  type Specs,
  type Vectors,
} from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import { writeSafetensors } from '../../../src/codegen/tfjs/runtime/safetensors.ts'
import { normalize } from '../../../src/runtime/data/normalize.ts'
import { pictureMap } from '../../../src/runtime/data/picture-map.ts'
import { withBackend } from '../../backends.ts'
import { photo } from '../photo.ts'
import { said } from './said.ts'

const s = suite('what a picture shows, by an emitted module')

type Weights = { readonly kernel: tf.Tensor2D }
type Inputs = { readonly image: Maps<6, 5, 1> }
type Outputs = { readonly logits: Vectors<3> }

const weights: Specs<Weights> = { kernel: param([30, 3], zeros) }

const Reader = model<Weights, Inputs, Outputs>({
  name: 'Reader',
  inputs: { image: [6, 5, 1] },
  weights: () => weights,
  apply: ({ kernel }, inputs) => {
    checkInputs('Reader', inputs, { image: [6, 5, 1] })
    return { logits: tf.tidy(() => tf.matMul(tf.reshape(inputs.image, [-1, 30]), kernel)) }
  },
})

/** A reader whose logits are three of the values that it is given. */
function reader(metadata: Metadata | undefined): Network<Weights, Inputs, Outputs> {
  const net = Reader.init()
  const chosen = tf.tensor1d([3, 17, 29], 'int32')
  const kernel = net.trainable[0]!
  kernel.assign(tf.transpose(tf.cast(tf.oneHot(chosen, 30), 'float32')))
  net.metadata = metadata
  return net
}

const pixels = photo(23, 31)

/** The same as a file. */
function file(): Uint8Array {
  const png = new PNG({ width: pixels.width, height: pixels.height })
  png.data = Buffer.from(pixels.data)
  return PNG.sync.write(png)
}

s('reads a photo as fmw run does: grey, size, normalisation, then names and probabilities', async () => {
  await withBackend('cpu', async () => {
    const net = reader(said)
    const { shape, values } = pictureMap(file(), { channels: 1, size: [6, 5] }, 'photo.png')
    assert.equal(shape, [6, 5, 1])
    const prepared = normalize({ shape, values }, { mean: [0.4], deviation: [0.2] })
    const powers = [3, 17, 29].map((i) => Math.exp(prepared.values[i]!))
    const expected = powers
      .map((power, i) => ({ label: ['cat', 'dog', 'owl'][i]!, probability: power / powers.reduce((a, b) => a + b) }))
      .sort((a, b) => b.probability - a.probability)
    const picture = { ...pixels, data: Uint8Array.from(pixels.data) }
    const before = tf.memory().numTensors
    const found = await net.classify(picture, { top: 3 })
    assert.is(tf.memory().numTensors, before)
    assert.equal(
      found.map(({ label }) => label),
      expected.map(({ label }) => label),
    )
    for (const [i, { probability }] of found.entries()) assert.ok(Math.abs(probability - expected[i]!.probability) < 1e-6)
    assert.equal(await net.classify(picture), found.slice(0, 1))
    const colours = Int32Array.from(pixels.data).filter((_, i) => i % 4 < 3)
    const whole = tf.tensor3d(colours, [pixels.height, pixels.width, 3], 'int32')
    assert.equal(await net.classify(whole, { top: 3 }), found)
    const shares = await net.classify(tf.div(whole, 255), { top: 3 })
    for (const [i, { label, probability }] of shares.entries()) {
      assert.is(label, found[i]!.label)
      assert.ok(Math.abs(probability - found[i]!.probability) < 1e-5)
    }
  })
})

const grey = (): tf.Tensor3D => tf.fill([6, 5, 1], 0.5)

/** How that message begins. */
const needed = 'a picture is a canvas, image, video, ImageData or tensor [height, width, 1, 3 or 4], not'

/** The message with which a picture is refused; nothing is left behind. */
async function refusal(
  metadata: Metadata | undefined,
  picture: unknown = grey(),
  options: { readonly top?: number } = {},
  net = reader(metadata),
): Promise<string> {
  const before = tf.memory().numTensors
  const message = await net.classify(picture as Picture, options).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  assert.is(tf.memory().numTensors, before)
  return message
}

s('classes without names are called by their numbers', async () => {
  await withBackend('cpu', async () => {
    const found = await reader({ ...said, classes: undefined }).classify(grey(), { top: 2 })
    assert.equal(
      found.map(({ label }) => label),
      ['0', '1'],
    )
  })
})

s('says what is not known or does not fit', async () => {
  await withBackend('cpu', async () => {
    assert.is(await refusal(said), 'nothing')
    assert.match(await refusal(undefined), /nothing says what makes probabilities of its output/)
    assert.match(await refusal({ ...said, output: 'scores' }), /nothing says which of the outputs logits tells classes apart/)
    assert.match(await refusal({ ...said, classes: ['a', 'b'] }), /its weights name 2 classes, and logits is \[1, 3\]/)
    const picture = { ...said.picture!, resize: 'none' as const }
    assert.is(await refusal({ ...said, picture }), 'nothing')
    assert.is(
      await refusal({ ...said, picture }, tf.zeros([7, 5, 1])),
      'Reader takes pictures of 6x5, and this is 7x5: metadata.picture resizes none',
    )
    assert.is(await refusal({ ...said, picture: undefined }), 'nothing')
    assert.is(
      await refusal({ ...said, picture: undefined }, tf.zeros([6, 7, 1])),
      'Reader takes pictures of 6x5, and this is 6x7: metadata.picture resizes none',
    )
    const faulty = await Reader.load(
      writeSafetensors(new Map([['kernel', { shape: [30, 3], values: new Float32Array(90) }]]), { fmw: '1', normalize: '2' }),
    )
    assert.is(faulty.metadata, undefined)
    const message = await faulty.classify(grey()).catch((error: unknown) => String(error))
    assert.match(String(message), /Reader: what its weights say of themselves is at fault: normalize must be /)
  })
})

s('what is no picture is refused with what one is', async () => {
  await withBackend('cpu', async () => {
    for (const [picture, kind] of [
      [null, 'null'],
      [5, '5'],
      ['x.png', 'x.png'],
    ]) {
      assert.is(
        await refusal(said, picture),
        `${needed} ${kind}`,
      )
    }
    assert.is(
      await refusal(said, { data: [], width: 0, height: 0 }),
      `${needed} 0 values of 0x0 pixels`,
    )
    assert.is(
      await refusal(said, { data: new Uint8Array(3 * 6 * 5), width: 5, height: 6 }),
      `${needed} 90 values of 6x5 pixels`,
    )
    for (const shape of [[0, 0, 3], [6, 5], [2, 6, 5, 1], [6, 5, 2]]) {
      assert.is(
        await refusal(said, tf.zeros(shape)),
        `${needed} [${shape.join(', ')}] of float32`,
      )
    }
    assert.match(await refusal(said, tf.zeros([6, 5, 1], 'bool')), /not \[6, 5, 1\] of bool$/)
  })
})

s('as many classes are given as are asked for, which must be a count', async () => {
  await withBackend('cpu', async () => {
    assert.is((await reader(said).classify(grey(), { top: 9 })).length, 3)
    for (const top of [-1, 0, 1.5, NaN]) {
      assert.is(await refusal(said, grey(), { top }), `top must be a whole number above 0, not ${top}`)
    }
  })
})

s('probabilities that are no numbers are an error, also behind those that were asked for', async () => {
  await withBackend('cpu', async () => {
    for (const probabilities of ['softmax', 'sigmoid', 'identity'] as const) {
      const net = reader({ ...said, probabilities })
      const kernel = net.trainable[0]!
      kernel.assign(tf.where(tf.equal(tf.range(0, 3), 2), NaN, kernel))
      assert.is(
        await refusal(said, grey(), {}, net),
        'Reader: a probability is NaN',
      )
    }
  })
})

s.run()
