import * as tf from '@tensorflow/tfjs-core'
import { kindOf } from './arrays.ts'
import type { InputShape } from './check-inputs.ts'
import { standardGrey, type Metadata, type PictureRules } from './metadata.ts'
import { normalizeValues, pictureValues, type Pixels } from './picture.ts'
import { likeliest } from './scores.ts'
import { shapeText } from './tensor-data.ts'

/**
 * Something with pixels: a canvas, an image that is loaded, a video, an `ImageData`, or a tensor [height, width, channels] of 1, 3 or
 * 4 channels, from 0 to 255 where it is int32, from 0 to 1 where it is float32.
 */
export type Picture = tf.Tensor3D | Parameters<typeof tf.browser.fromPixels>[0]

export interface Class {
  /** Its name or, where the weights have none, its number. */
  readonly label: string
  readonly probability: number
}

interface Classifier {
  readonly name: string
  readonly inputs: Readonly<Record<string, InputShape>>
  readonly metadata: Metadata | undefined
  readonly predict: (inputs: Readonly<Record<string, tf.Tensor>>) => Readonly<Record<string, tf.Tensor>>
}

/** The likeliest classes of a picture, prepared as the metadata says. @throws Error where something is not known or does not fit */
export async function classify(classifier: Classifier, picture: Picture, top: number): Promise<readonly Class[]> {
  const { metadata, predict } = classifier
  if (!isCount(top)) throw new RangeError(`top must be a whole number above 0, not ${kindOf(top)}`)
  const { name, shape, values } = inputOf(classifier, await pixelsOf(picture))
  const input = tf.tensor(values, [1, ...shape])
  const outputs = predict({ [name]: input })
  try {
    const output = outputOf(classifier, outputs)
    if (!metadata?.probabilities) {
      throw new Error(
        `${classifier.name}: nothing says what makes probabilities of its output; metadata.probabilities does`,
      )
    }
    const scores = likeliest(await output.data<'float32'>(), metadata.probabilities, metadata.classes, Infinity)
    if (scores.some(({ probability }) => Number.isNaN(probability))) {
      throw new Error(`${classifier.name}: a probability is NaN`)
    }
    return scores.slice(0, top).map(({ label, index, probability }) => ({ label: label ?? String(index), probability }))
  } finally {
    tf.dispose([input, ...Object.values(outputs)])
  }
}

function inputOf({ name: model, inputs, metadata }: Classifier, pixels: Pixels) {
  const [[name, shape] = ['', []], ...others] = Object.entries(inputs)
  const channels = shape[2]
  if (others.length > 0 || shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    throw new Error(`${model} takes no picture: one has 1, 3 or 4 channels, and is the only input`)
  }
  const { picture, normalize } = metadata ?? {}
  const size = inputSize(model, shape, pixels, picture)
  const values = pictureValues(pixels, { channels, size, grey: picture?.grey ?? standardGrey })
  return { name, shape: [...size, channels], values: normalize ? normalizeValues(values, normalize) : values }
}

/** The fixed size of an input; where it is any, that of the picture unless the rules resize it to the one that was learned from. */
function inputSize(
  model: string,
  [rows, columns]: InputShape,
  { height, width }: Pixels,
  rules: PictureRules | undefined,
): readonly [number, number] {
  const isResized = rules?.resize === 'bilinear-antialias'
  const [learnedRows, learnedColumns] = isResized ? rules.size : [height, width]
  const size = [
    typeof rows === 'number' ? rows : learnedRows,
    typeof columns === 'number' ? columns : learnedColumns,
  ] as const
  if (isResized || (size[0] === height && size[1] === width)) return size
  const found = [height, width].join('x')
  throw new Error(`${model} takes pictures of ${size.join('x')}, and this is ${found}: metadata.picture resizes none`)
}

function outputOf({ name, metadata }: Classifier, outputs: Readonly<Record<string, tf.Tensor>>): tf.Tensor {
  const names = Object.keys(outputs)
  const wanted = metadata?.output ?? (names.length === 1 ? names[0] : undefined)
  const output = wanted === undefined ? undefined : outputs[wanted]
  if (wanted === undefined || output?.rank !== 2) {
    throw new Error(
      `${name}: nothing says which of the outputs ${names.join(', ')} tells classes apart; metadata.output does`,
    )
  }
  const classes = metadata?.classes?.length
  if (classes !== undefined && classes !== Math.max(2, output.size)) {
    throw new Error(`${name}: its weights name ${String(classes)} classes, and ${wanted} is ${shapeText(output.shape)}`)
  }
  return output
}

async function pixelsOf(picture: Picture): Promise<Pixels> {
  if (!couldShow(picture)) throw noPicture(kindOf(picture))
  const pixels = await decoded(picture)
  const { height, width, data } = pixels
  if (isCount(height) && isCount(width) && data.length === 4 * height * width) return pixels
  throw noPicture(`${String(data.length)} values of ${[height, width].join('x')} pixels`)
}

const noPicture = (found: string): Error =>
  new RangeError(`a picture is a canvas, image, video, ImageData or tensor [height, width, 1, 3 or 4], not ${found}`)

const couldShow = (value: unknown): value is object => value instanceof Object

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0

async function decoded(picture: Picture): Promise<Pixels> {
  if (picture instanceof tf.Tensor) return pixelsOfTensor(picture)
  if ('data' in picture) return picture
  const read = tf.browser.fromPixels(await wholeImage(picture), 4)
  const [height, width] = read.shape
  const data = await read.data()
  read.dispose()
  return { height, width, data }
}

/** An image element is read at the size at which it is shown: its own is that of a bitmap of it. */
async function wholeImage<T extends object>(picture: T): Promise<T> {
  const bitmapOf: unknown = 'naturalWidth' in picture ? Reflect.get(globalThis, 'createImageBitmap') : undefined
  return makesBitmaps<T>(bitmapOf) ? await bitmapOf(picture) : picture
}

/** `createImageBitmap`, whose bitmaps are read as what they are made of. */
function makesBitmaps<T>(value: unknown): value is (picture: T) => Promise<T> {
  return typeof value === 'function'
}

async function pixelsOfTensor(tensor: tf.Tensor3D): Promise<Pixels> {
  const [height, width, channels] = tensor.shape
  if (
    tensor.size === 0 ||
    tensor.rank !== 3 ||
    ![1, 3, 4].includes(channels) ||
    !(tensor.dtype === 'float32' || tensor.dtype === 'int32')
  ) {
    throw noPicture(`${shapeText(tensor.shape)} of ${tensor.dtype}`)
  }
  const values = await tensor.data()
  const maximum = tensor.dtype === 'float32' ? 1 : 255
  const data = new Float64Array(4 * height * width).fill(maximum)
  const colours = channels === 4 ? 4 : 3
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let c = 0; c < colours; c++) data[4 * pixel + c] = Number(values[pixel * channels + Math.min(c, channels - 1)])
  }
  return { height, width, data, maximum }
}
