import { Buffer } from 'node:buffer'
import path from 'node:path'
import { encodePng } from '../runtime/encode-png.ts'
import { writeNpy } from '../runtime/npy.ts'
import type { TensorData } from '../runtime/tensor-data.ts'
import { UsageError } from './exit.ts'

type Encoder = (data: TensorData, file: string) => Uint8Array

const encoders: Readonly<Record<string, Encoder>> = {
  '.npy': (data) => writeNpy(data),
  '.json': ({ shape, values }) => Buffer.from(`${JSON.stringify(nested(shape, [...values]))}\n`),
  '.png': (data, file) => encodePng(onePicture(data, file), file),
}

/** Chooses the format by the file's ending, before anything is computed. */
export function encoderFor(file: string): (data: TensorData) => Uint8Array {
  const encode = encoders[path.extname(file).toLowerCase()]
  if (!encode) throw new UsageError(`${file}: an output is written as ${Object.keys(encoders).join(', ')}`)
  return (data) => encode(data, file)
}

/** Lists in lists, as the shape says. */
function nested(shape: readonly number[], values: readonly number[]): unknown {
  const [length, ...inner] = shape
  if (length === undefined) return values[0]
  const size = values.length / length
  return Array.from({ length }, (_, i) => nested(inner, values.slice(i * size, (i + 1) * size)))
}

/** A picture is one sample: a batch of one loses its first axis. */
function onePicture({ shape, values }: TensorData, file: string): TensorData {
  const [batch, ...rest] = shape
  if (shape.length < 4) return { shape, values }
  if (batch !== 1) throw new UsageError(`${file}: a picture holds one sample, and there are ${batch}`)
  return { shape: rest, values }
}
