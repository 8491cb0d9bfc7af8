import * as tf from '@tensorflow/tfjs-core'
import { Blob, Buffer, File } from 'node:buffer'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Source } from '../../../src/codegen/tfjs/runtime/load.ts'
import type { Metadata } from '../../../src/codegen/tfjs/runtime/metadata.ts'
import { readSafetensorsHeader, writeSafetensors } from '../../../src/codegen/tfjs/runtime/safetensors.ts'
import type { TensorData } from '../../../src/codegen/tfjs/runtime/tensor-data.ts'
import { readSafetensors } from '../../../src/runtime/weights/safetensors.ts'
import { withBackend } from '../../backends.ts'
import { Small, type SmallInputs } from './small.ts'

const s = suite('loading and saving weights of an emitted module')

const inputs = (): SmallInputs => ({
  image: tf.randomUniform([1, 4, 4, 1], -1, 1, 'float32', 1),
  depth: tf.randomUniform([1, 4, 4, 1], -1, 1, 'float32', 2),
})

const onCpu = (run: () => Promise<void>) => (): Promise<void> => withBackend('cpu', run)

/** The bytes of a file of weights, and what a network with them predicts. */
async function trained(): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly logits: Float32Array }> {
  const net = Small.init({ seed: 9 })
  const bytes = await net.save()
  const logits = net.predict(inputs()).logits.dataSync<'float32'>()
  net.dispose()
  return { bytes, logits }
}

/** A server that answers so, while `run` asks it. */
async function served(answer: RequestListener, run: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/w.safetensors`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** The message with which loading fails. */
async function refusal(...args: Parameters<typeof Small.load>): Promise<string> {
  const before = tf.memory().numTensors
  try {
    await Small.load(...args)
  } catch (error) {
    assert.is(tf.memory().numTensors, before)
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it loads')
}

s(
  'takes a URL, bytes, a file and a handler of TensorFlow.js',
  onCpu(async () => {
    const { bytes, logits } = await trained()
    const sources = [bytes, bytes.buffer, Buffer.from(bytes), new Blob([bytes]), new File([bytes], 'w.safetensors')]
    for (const source of sources) {
      const net = await Small.load(source as Uint8Array)
      assert.equal(net.predict(inputs()).logits.dataSync(), logits)
      net.dispose()
    }
    await served(
      (_, response) => void response.end(bytes),
      async (url) => {
        for (const source of [url, new URL(url)]) {
          const net = await Small.load(source)
          assert.equal(net.predict(inputs()).logits.dataSync(), logits)
          net.dispose()
        }
      },
    )
  }),
)

s(
  'reads bytes that are part of a larger buffer, and does not hold on to them',
  onCpu(async () => {
    const { bytes, logits } = await trained()
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    const net = await Small.load(larger.subarray(3))
    larger.fill(0)
    assert.equal(net.predict(inputs()).logits.dataSync(), logits)
    net.dispose()
  }),
)

s(
  'says how many bytes have come, and of how many',
  onCpu(async () => {
    const { bytes } = await trained()
    const seen: (readonly [number, number | undefined])[] = []
    let sendRest = (): void => undefined
    const onProgress = (loaded: number, total: number | undefined): void => {
      seen.push([loaded, total])
      sendRest()
    }
    await served(
      (_, response) => {
        response.setHeader('content-length', bytes.length)
        response.write(bytes.subarray(0, 100))
        sendRest = () => {
          if (!response.writableEnded) response.end(bytes.subarray(100))
        }
      },
      async (url) => (await Small.load(url, { onProgress })).dispose(),
    )
    assert.equal(seen[0], [100, bytes.length])
    assert.equal(seen.at(-1), [bytes.length, bytes.length])
    seen.length = 0
    sendRest = () => undefined
    await served(
      (_, response) => {
        response.write(bytes.subarray(0, 100))
        response.end(bytes.subarray(100))
      },
      async (url) => (await Small.load(url, { onProgress })).dispose(),
    )
    assert.equal(seen.at(-1), [bytes.length, undefined])
  }),
)

s(
  'lists every weight that is missing, foreign, of another shape or of another type',
  onCpu(async () => {
    const { bytes } = await trained()
    const tensors = new Map(readSafetensors(bytes, 'w'))
    tensors.delete('stem/kernel')
    tensors.set('stem/weight', { shape: [3, 3, 2, 4], values: new Float32Array(72) })
    tensors.set('norm/mean', { shape: [5], values: new Float32Array(5) })
    tensors.set('classifier/kernel', { shape: [3, 4], values: new Float32Array(12) })
    const file = new File([writeSafetensors(tensors)], 'other.safetensors')
    assert.is(
      await refusal(file as Blob),
      [
        'Small cannot take other.safetensors: its weights are not those of the model:',
        'the weight stem/kernel [3, 3, 2, 4] is missing',
        'the weight classifier/kernel must be [4, 3], not [3, 4]',
        'the weight norm/mean must be [4], not [5]',
        'Small has no weight stem/weight [3, 3, 2, 4]',
        '`fmw weights rename` gives weights the names of another text',
      ].join('\n  '),
    )
  }),
)

/** The same file with its values in another type, narrowed by `convert`. */
function inType(
  bytes: Uint8Array,
  dtype: string,
  width: number,
  put: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const tensors = [...readSafetensors(bytes, 'w')]
  const size = tensors.reduce((sum, [, { values }]) => sum + width * values.length, 0)
  const view = new DataView(new ArrayBuffer(size))
  let end = 0
  const entries = tensors.map(([name, { shape, values }]: [string, TensorData]) => {
    const begin = end
    for (const value of values) {
      put(view, end, value)
      end += width
    }
    return [name, { dtype, shape, data_offsets: [begin, end] }]
  })
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  const length = new DataView(new ArrayBuffer(8))
  length.setBigUint64(0, BigInt(header.length), true)
  return Buffer.concat([new Uint8Array(length.buffer), header, new Uint8Array(view.buffer)])
}

s(
  'widens half precision, and refuses what is no floating point',
  onCpu(async () => {
    const { bytes } = await trained()
    const upper = inType(bytes, 'BF16', 2, (view, at, value) => {
      const bits = new DataView(new ArrayBuffer(4))
      bits.setFloat32(0, value)
      view.setUint16(at, bits.getUint16(0), true)
    })
    const net = await Small.load(upper)
    const [whole] = readSafetensors(bytes, 'w').get('stem/kernel')!.values
    const [cut] = net.weights.stem.kernel.dataSync()
    assert.ok(cut !== whole && Math.abs(cut! / whole! - 1) < 2 ** -7)
    net.dispose()
    const ones = await Small.load(inType(bytes, 'F16', 2, (view, at) => view.setUint16(at, 0x3c00, true)))
    assert.equal([...ones.weights.norm.mean.dataSync()], [1, 1, 1, 1])
    ones.dispose()
    const message = await refusal(inType(bytes, 'I32', 4, (view, at, value) => view.setInt32(at, value, true)))
    assert.match(message, /the weight stem\/kernel must be of 32-bit or 16-bit floating point, not I32/)
    assert.is(message.split('not I32').length, 12)
  }),
)

s(
  'a file that is cut off is one, wherever it ends',
  onCpu(async () => {
    const { bytes } = await trained()
    assert.is(
      await refusal(bytes.subarray(0, 5)),
      'Small cannot take these weights: this is no valid safetensors file: it has 5 bytes, and the length of the header alone takes 8',
    )
    assert.match(await refusal(bytes.subarray(0, 100)), /it ends at byte 100, within its header of \d+ bytes$/)
    assert.match(
      await refusal(bytes.subarray(0, -1)),
      /: this is no valid safetensors file: it is cut off: it has 1599 bytes of values, and its header announces 1600$/,
    )
    const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
    assert.match(await refusal(bytes.subarray(0, start)), /it has 0 bytes of values, and its header announces 1600$/)
    const header = new TextDecoder().decode(bytes).replace('"F32"', '"F33"')
    const faulty = Buffer.concat([bytes.subarray(0, 8), new TextEncoder().encode(header).subarray(8, start)])
    assert.is(
      await refusal(faulty),
      [
        'Small cannot take these weights: this is no valid safetensors file:',
        'it is cut off: it has 0 bytes of values, and its header announces 1600',
        '"blocks/0/bias": "F33" is not a dtype of the format',
      ].join('\n  '),
    )
    await served(
      (_, response) => {
        response.setHeader('content-length', bytes.length)
        response.write(bytes.subarray(0, 100))
        setTimeout(() => response.destroy(), 20)
      },
      async (url) => {
        assert.match(await refusal(url), /^Small cannot take http:.*w\.safetensors: terminated/)
        assert.match(await refusal(url, { onProgress: () => undefined }), /^Small cannot take http:.*w\.safetensors: terminated/)
      },
    )
  }),
)

s(
  'what is no file of weights is named: a page, an answer that is none, a server that is none',
  onCpu(async () => {
    const page = '<!doctype html><title>App</title>'
    await served(
      (_, response) => void response.end(page),
      async (url) =>
        assert.is(
          await refusal(url),
          `Small cannot take ${url}: this is a web page (HTML), not a file of weights: is its address right?`,
        ),
    )
    await served(
      (_, response) => void response.writeHead(404).end(page),
      async (url) => assert.is(await refusal(url), `Small cannot take ${url}: the server answers 404 Not Found`),
    )
    assert.match(
      await refusal(new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid')),
      /this is a pointer of Git LFS, not the file$/,
    )
    assert.match(
      await refusal(new TextEncoder().encode('PK\x03\x04 and so on')),
      /its first 8 bytes announce a header of \d+ bytes, more than any has$/,
    )
    assert.match(
      await refusal('http://127.0.0.1:1/w.safetensors'),
      /^Small cannot take http:\/\/127\.0\.0\.1:1\/w\.safetensors: fetch failed \(/,
    )
    assert.match(
      await refusal('indexeddb://small'),
      /^Small cannot take indexeddb:\/\/small: TensorFlow\.js knows nothing here that indexeddb:\/\/small could be$/,
    )
  }),
)

s(
  'what weights cannot be is refused with all that they can be',
  onCpu(async () => {
    const given = new Map<unknown, string>([
      [undefined, 'undefined'],
      [null, 'null'],
      [5, '5'],
      [new DataView(new ArrayBuffer(8)), 'DataView'],
      [new Response('a'), 'Response'],
      [[1, 2], 'Array'],
      [{ save: () => undefined }, 'Object'],
    ])
    for (const [source, kind] of given) {
      assert.is(
        await refusal(source as Source),
        `Small cannot take these weights: weights are a URL, bytes, a Blob or a handler of TensorFlow.js, not ${kind}`,
      )
    }
  }),
)

s(
  'an aborted fetch ends with the reason of its signal',
  onCpu(async () => {
    await served(
      (_, response) => void response.write('a'),
      async (url) => {
        const controller = new AbortController()
        const loading = Small.load(url, { signal: controller.signal })
        const reason = new Error('the user has left')
        setTimeout(() => controller.abort(reason), 20)
        const thrown = await loading.catch((error: unknown) => error)
        assert.is(thrown, reason)
        assert.is(await refusal(url, { signal: AbortSignal.abort(reason) }), 'the user has left')
      },
    )
  }),
)

/** A place for weights in memory. */
function memory(): tf.io.IOHandler {
  let stored: tf.io.ModelArtifacts | undefined
  return {
    save: async (artifacts) => {
      stored = JSON.parse(JSON.stringify({ ...artifacts, weightData: undefined })) as tf.io.ModelArtifacts
      stored.weightData = [tf.io.CompositeArrayBuffer.join(artifacts.weightData)]
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    },
    load: async () => stored ?? {},
  }
}

s(
  'stores weights and what is said of them with a handler of TensorFlow.js, and takes them back',
  onCpu(async () => {
    const { bytes, logits } = await trained()
    const place = memory()
    assert.match(await refusal(place), /^Small cannot take these weights: there are no weights in it$/)
    const net = await Small.load(bytes)
    net.metadata = { ...net.metadata!, classes: ['a', 'b', 'c'] }
    await net.save(place)
    const again = await Small.load(place)
    assert.equal(again.metadata, { ...net.metadata })
    assert.equal(again.predict(inputs()).logits.dataSync(), logits)
    const narrow = await place.load!()
    const weightSpecs = narrow.weightSpecs!.map((spec, i) => (i === 0 ? { ...spec, dtype: 'int32' as const } : spec))
    assert.match(
      await refusal({ load: async () => ({ ...narrow, weightSpecs }) }),
      /the weight stem\/kernel must be of .* not int32$/,
    )
  }),
)

s(
  'what is saved is what `fmw` writes, with what the file said of itself',
  onCpu(async () => {
    const net = Small.init({ seed: 2 })
    const bytes = await net.save()
    assert.equal(readSafetensorsHeader(bytes).metadata, { fmw: 'module', model: 'Small' })
    const tensors = readSafetensors(bytes, 'w')
    assert.equal(bytes, writeSafetensors(tensors, { fmw: 'module', model: 'Small' }))
    const texts = { fmw: '0.1.0', model: 'Small', classes: '["a","b","c"]', normalize: '{"mean":[0],"deviation":[1]}' }
    const again = await Small.load(writeSafetensors(tensors, texts))
    assert.equal(again.metadata?.classes, ['a', 'b', 'c'])
    assert.equal(await again.save(), writeSafetensors(tensors, texts))
    const foreign = await Small.load(writeSafetensors(tensors, { format: 'pt' }))
    assert.is(foreign.metadata, undefined)
  }),
)

s(
  'what is said in three lines is saved so that it is read again, and what is no metadata is not saved',
  onCpu(async () => {
    const net = Small.init()
    net.metadata = { output: 'logits', classes: ['a', 'b', 'c'], probabilities: 'softmax' }
    const bytes = await net.save()
    const { metadata } = await Small.load(bytes)
    assert.equal(
      Object.entries(metadata!).filter(([, value]) => value !== undefined),
      Object.entries({ fmw: 'module', model: 'Small', ...net.metadata }),
    )
    net.metadata = JSON.parse('{"classes": "a,b,c", "probabilities": "relu"}') as Metadata
    await net.save().then(
      () => assert.unreachable(),
      ({ message }: Error) =>
        assert.match(message, /^Small: what its weights say .* at fault: classes must be .*; probabilities must be .* is relu$/),
    )
  }),
)

s(
  'weights with bounds are saved within them',
  onCpu(async () => {
    const net = Small.init()
    const mask = net.trainable.find((variable) => variable === net.weights.mask)
    mask!.assign(tf.tensor1d([2, 0, 0, -2]))
    assert.equal([...readSafetensors(await net.save(), 'w').get('mask')!.values], [1, 0, 0, -1])
  }),
)

s.run()
