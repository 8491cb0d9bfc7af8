import * as tf from '@tensorflow/tfjs-core'
import { kindOf } from './arrays.ts'
import { readSafetensorsHeader, readValues } from './safetensors.ts'
import { shapeText, sizeOf } from './tensor-data.ts'
import type { WeightSpec } from './weights.ts'

/**
 * Where weights are: a safetensors file by its URL, its bytes or itself, or what `save` stored with a handler of TensorFlow.js
 * (`indexeddb://lenet5`, `localstorage://lenet5`).
 */
export type Source = string | URL | ArrayBuffer | Uint8Array | Blob | tf.io.IOHandler

export interface LoadOptions {
  /** Is told how many bytes have come, and of how many where the server says that. */
  readonly onProgress?: (loaded: number, total: number | undefined) => void
  /** Ends the fetch: `load` then throws the reason of the signal. */
  readonly signal?: AbortSignal
}

interface StoredTensor {
  readonly shape: readonly number[]
  readonly dtype: string
  /** Undefined where its dtype is not read. */
  readonly values: Float32Array | undefined
}

interface StoredWeights {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly metadata: Readonly<Record<string, string>>
}

interface LoadedWeights {
  /** Row by row, by path. */
  readonly values: ReadonlyMap<string, Float32Array>
  readonly texts: Readonly<Record<string, string>>
}

/** @throws Error with everything in which the weights there are not those of the model, or why they cannot be read */
export async function loadWeights(
  model: string,
  specs: ReadonlyMap<string, WeightSpec>,
  source: Source,
  options: LoadOptions,
): Promise<LoadedWeights> {
  try {
    const { tensors, metadata } = await readSource(source, options)
    const differences = differencesOf(model, specs, tensors)
    if (differences.length > 0) throw new Error(listed('its weights are not those of the model', differences))
    const values = [...tensors].flatMap(([path, tensor]) => (tensor.values ? [[path, tensor.values] as const] : []))
    return { values: new Map(values), texts: metadata }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw new Error(`${model} cannot take ${nameOf(source)}: ${reasonOf(error)}`, { cause: error })
  }
}

function nameOf(source: Source): string {
  if (typeof source === 'string') return source
  if (source instanceof URL) return source.href
  const name: unknown = source instanceof Blob && Reflect.get(source, 'name')
  return typeof name === 'string' ? name : 'these weights'
}

/** A line for each of several. */
const listed = (what: string, entries: readonly string[]): string =>
  [`${what}:`, ...entries].join(entries.length > 1 ? '\n  ' : ' ')

/** What `fetch` says only in the cause of its error is said too. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

function differencesOf(
  model: string,
  specs: ReadonlyMap<string, WeightSpec>,
  tensors: ReadonlyMap<string, StoredTensor>,
): readonly string[] {
  const wrong: string[] = []
  const missing = [...specs].filter(([path]) => !tensors.has(path))
  const foreign = [...tensors].filter(([path]) => !specs.has(path))
  for (const [path, { shape }] of missing) wrong.push(`the weight ${path} ${shapeText(shape)} is missing`)
  for (const [path, { shape, dtype, values }] of tensors) {
    const wanted = specs.get(path)?.shape
    if (wanted && wanted.join() !== shape.join()) {
      wrong.push(`the weight ${path} must be ${shapeText(wanted)}, not ${shapeText(shape)}`)
    }
    if (wanted && !values) wrong.push(`the weight ${path} must be of 32-bit or 16-bit floating point, not ${dtype}`)
  }
  for (const [path, { shape }] of foreign) wrong.push(`${model} has no weight ${path} ${shapeText(shape)}`)
  if (missing.length > 0 && foreign.length > 0)
    wrong.push('`fmw weights rename` gives weights the names of another text')
  return wrong
}

async function readSource(source: Source, options: LoadOptions): Promise<StoredWeights> {
  if (source instanceof URL) return readFile(await fetched(source, options))
  if (typeof source === 'string') {
    // what TensorFlow.js stores has schemes of its own
    const isStored = /^(?!https?:|file:|blob:)\w+:\/\//.test(source)
    return isStored
      ? readStored(handlerOf(source, tf.io.getLoadHandlers(source)))
      : readFile(await fetched(source, options))
  }
  if (source instanceof ArrayBuffer) return readFile(new Uint8Array(source))
  if (source instanceof Uint8Array) return readFile(source)
  if (source instanceof Blob) return readFile(new Uint8Array(await source.arrayBuffer()))
  if (isHandler(source)) return readStored(source)
  throw new TypeError(`weights are a URL, bytes, a Blob or a handler of TensorFlow.js, not ${kindOf(source)}`)
}

const isHandler = (source: unknown): source is tf.io.IOHandler =>
  source instanceof Object && typeof Reflect.get(source, 'load') === 'function'

export function handlerOf(url: string, [handler]: readonly tf.io.IOHandler[]): tf.io.IOHandler {
  if (handler) return handler
  throw new Error(`TensorFlow.js knows nothing here that ${url} could be`)
}

async function fetched(url: string | URL, { onProgress, signal }: LoadOptions): Promise<Uint8Array> {
  const response = await fetch(url, signal ? { signal } : {})
  if (!response.ok) throw new Error(`the server answers ${String(response.status)} ${response.statusText}`.trimEnd())
  if (!onProgress || !response.body) return new Uint8Array(await response.arrayBuffer())
  // the length is that of what is sent, which may be compressed
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length')
  const total = length === null ? undefined : Number(length)
  const chunks: Uint8Array[] = []
  let loaded = 0
  const reader = response.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value)
    loaded += next.value.byteLength
    onProgress(loaded, total)
  }
  const bytes = new Uint8Array(loaded)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function readFile(bytes: Uint8Array): StoredWeights {
  const begin = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart()
  if (begin.startsWith('<')) throw new Error('this is a web page (HTML), not a file of weights: is its address right?')
  if (begin.startsWith('version https://git-lfs')) throw new Error('this is a pointer of Git LFS, not the file')
  const { start, tensors, metadata, faults } = readSafetensorsHeader(bytes)
  if (faults.length > 0) throw new Error(listed('this is no valid safetensors file', faults))
  const stored = tensors.map((tensor): [string, StoredTensor] => {
    const { name, shape, dtype } = tensor
    return [name, { shape, dtype, values: readValues(bytes, start, tensor) }]
  })
  return { tensors: new Map(stored), metadata }
}

async function readStored(handler: tf.io.IOHandler): Promise<StoredWeights> {
  const { weightSpecs, weightData, userDefinedMetadata } = (await handler.load?.()) ?? {}
  if (!weightSpecs || !weightData) throw new Error('there are no weights in it')
  const bytes = tf.io.CompositeArrayBuffer.join(weightData)
  let at = 0
  const tensors = weightSpecs.map(({ name, shape, dtype, quantization }): [string, StoredTensor] => {
    if (quantization || dtype !== 'float32')
      return [name, { shape, dtype: quantization?.dtype ?? dtype, values: undefined }]
    const begin = at
    at += 4 * sizeOf(shape)
    return [name, { shape, dtype, values: new Float32Array(bytes.slice(begin, at)) }]
  })
  const metadata = Object.entries(userDefinedMetadata ?? {}).map(
    ([key, text]) => [key, typeof text === 'string' ? text : JSON.stringify(text)] as const,
  )
  return { tensors: new Map(tensors), metadata: Object.fromEntries(metadata) }
}
