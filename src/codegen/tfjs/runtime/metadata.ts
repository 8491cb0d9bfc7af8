import { isObject } from './safetensors.ts'

/** What is subtracted from the values of an input and what they are divided by: one number for all channels, or one for each. */
export interface Normalization {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/** How a picture becomes the values of an input, before they are normalised. */
export interface PictureRules {
  /** Height and width of the pictures that the weights have learned from. */
  readonly size: readonly [number, number]
  /** What is done to a picture of another size: `none` is nothing, such a picture is refused. */
  readonly resize: 'bilinear-antialias' | 'none'
  /** What red, green and blue weigh in a grey value, each divided by the sum of the three; for inputs of one channel. */
  readonly grey: readonly [number, number, number]
  /** What transparent parts are laid over; for inputs of one or three channels. */
  readonly alpha: 'white'
}

interface OutputClasses {
  /** In the order of the labels. */
  readonly classes: readonly string[]
  /** What makes probabilities of it. */
  readonly probabilities?: 'softmax' | 'sigmoid' | 'identity' | undefined
}

/** What a file of weights says of itself. What is left out or undefined it does not say. */
export interface Metadata {
  /** The version of fmw that wrote it; `module`, where one did. */
  readonly fmw?: string | undefined
  /** The name of the model. */
  readonly model?: string | undefined
  /** SHA-256 of the text that the model stands in, in hexadecimal digits. */
  readonly source?: string | undefined
  /** SHA-256 of what the model computes, whatever its text looks like. */
  readonly graph?: string | undefined
  /** The output that was trained. */
  readonly output?: string | undefined
  /** The names of what that output tells apart, in the order of the labels. */
  readonly classes?: readonly string[] | undefined
  /** What else was trained with it and tells classes apart, by the names of the outputs. */
  readonly outputs?: Readonly<Record<string, OutputClasses>> | undefined
  /** What makes probabilities of that output. */
  readonly probabilities?: 'softmax' | 'sigmoid' | 'identity' | undefined
  readonly normalize?: Normalization | undefined
  readonly picture?: PictureRules | undefined
}

/** The luma of ITU-R BT.601, in thousandths. */
export const standardGrey = [299, 587, 114] as const

interface Parsed {
  /** Undefined where the texts are another program's, which have no `fmw`, or where something of them is at fault. */
  readonly metadata: Metadata | undefined
  /** A sentence for each key that does not hold what it should. */
  readonly faults: readonly string[]
}

/** Reads the texts in the header of a file of weights. */
export function parseMetadata(texts: Readonly<Record<string, string>>): Parsed {
  const { fmw } = texts
  if (fmw === undefined) return { metadata: undefined, faults: [] }
  const faults: string[] = []
  function read<T>(
    key: string,
    wanted: string,
    valueOf: (text: string) => unknown,
    fits: (value: unknown) => value is T,
  ): T | undefined {
    const text = texts[key]
    if (text === undefined) return undefined
    const value = valueOf(text)
    if (fits(value)) return value
    faults.push(`${key} must be ${wanted}, and is ${shortened(text)}`)
    return undefined
  }
  const word = (text: string): unknown => text
  const metadata = {
    fmw,
    model: texts['model'],
    source: texts['source'],
    graph: texts['graph'],
    output: texts['output'],
    classes: read('classes', 'a list of names as JSON', fromJson, isNames),
    outputs: read('outputs', 'classes by output', fromJson, isOutputs),
    probabilities: read('probabilities', 'softmax, sigmoid or identity', word, isTransform),
    normalize: read('normalize', normalizeForm, fromJson, isNormalization),
    picture: read('picture', pictureForm, fromJson, isPictureRules),
  }
  return { metadata: faults.length > 0 ? undefined : metadata, faults }
}

/** The texts that say the same. */
export function metadataTexts(metadata: Metadata): Readonly<Record<string, string>> {
  const said = Object.entries(metadata).filter(([, value]: [string, unknown]) => value !== undefined)
  return Object.fromEntries(
    said.map(([key, value]: [string, unknown]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

const transforms: readonly string[] = ['softmax', 'sigmoid', 'identity']

const resizings: readonly string[] = ['bilinear-antialias', 'none']

const normalizeForm = '{"mean": [numbers], "deviation": [as many above 0]}'

const pictureForm = 'the rules of docs/metadata.md, as JSON'

/** Enough of a text to know it again. */
const shortened = (text: string): string =>
  text.length > 80 ? `${text.slice(0, 80)}... (${String(text.length)} characters)` : text || 'empty'

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isTransform = (value: unknown): value is NonNullable<Metadata['probabilities']> =>
  transforms.some((transform) => transform === value)

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string')

const isOutputs = (value: unknown): value is Readonly<Record<string, OutputClasses>> =>
  isObject(value) && Object.values(value).every(isOutput)

const isOutput = (value: unknown): value is OutputClasses =>
  isObject(value) &&
  isNames(value['classes']) &&
  Object.entries(value).every(([key, said]) => key === 'classes' || (key === 'probabilities' && isTransform(said)))

/** An object with these keys and no other: one that is not known here would be a rule that is not kept. */
const hasKeys = <K extends string>(value: unknown, keys: readonly K[]): value is Readonly<Record<K, unknown>> =>
  isObject(value) && keys.every((key) => Object.hasOwn(value, key)) && Object.keys(value).length === keys.length

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((number) => typeof number === 'number' && Number.isFinite(number))

const isNormalization = (value: unknown): value is Normalization =>
  hasKeys(value, ['mean', 'deviation']) &&
  isNumbers(value.mean) &&
  isNumbers(value.deviation) &&
  value.mean.length === value.deviation.length &&
  value.deviation.every((deviation) => deviation > 0)

const isPictureRules = (value: unknown): value is PictureRules =>
  hasKeys(value, ['size', 'resize', 'grey', 'alpha']) &&
  isNumbers(value.size) &&
  value.size.length === 2 &&
  value.size.every((extent) => Number.isInteger(extent) && extent > 0) &&
  resizings.some((resizing) => resizing === value.resize) &&
  isNumbers(value.grey) &&
  value.grey.length === 3 &&
  value.grey.every((weight) => weight >= 0) &&
  value.grey.some((weight) => weight > 0) &&
  value.alpha === 'white'
