import { Buffer } from 'node:buffer'
import path from 'node:path'
import { encodePng } from '../../runtime/files/encode-png.ts'
import { writeNpy } from '../../runtime/files/npy.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'

/** `batched` says whether the first axis is the batch: a value that depends on weights alone has none. */
type Encoder = (data: TensorData, batched: boolean, file: string) => Uint8Array

const encoders: Readonly<Record<string, Encoder>> = {
  '.npy': (data) => writeNpy(data),
  '.json': ({ shape, values }) => Buffer.from(`${JSON.stringify(nested(shape, [...values]))}\n`),
  '.png': (data, batched, file) => encodePng(batched ? onlySample(data, file) : data, file),
}

/** Chooses the format by the file's ending, before anything is computed. */
export function encoderFor(file: string): (data: TensorData, batched: boolean) => Uint8Array {
  const encode = encoders[path.extname(file).toLowerCase()]
  if (!encode) throw new UsageError(`${file}: an output is written as ${Object.keys(encoders).join(', ')}`)
  return (data, batched) => encode(data, batched, file)
}

/** Lists in lists, as the shape says. */
function nested(shape: readonly number[], values: readonly number[]): unknown {
  const [length, ...inner] = shape
  if (length === undefined) return values[0]
  const size = values.length / length
  return Array.from({ length }, (_, i) => nested(inner, values.slice(i * size, (i + 1) * size)))
}

function onlySample({ shape: [batch, ...shape], values }: TensorData, file: string): TensorData {
  if (batch !== 1) throw new UsageError(`${file}: a picture holds one sample, and there are ${batch}`)
  return { shape, values }
}
