import path from 'node:path'
import { printShape } from '../../compiler/dim/print.ts'
import type { InputNode } from '../../compiler/graph/graph.ts'
import { pictureMap } from '../../runtime/data/picture-map.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import { readNpy } from '../../runtime/files/npy.ts'
import { randomStream } from '../../codegen/tfjs/runtime/random.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { sizeOf, type TensorData } from '../../runtime/numbers/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'
import { parseJsonTensor } from './json-tensor.ts'

export interface InputOptions {
  readonly seed: number
  readonly note: (text: string) => void
}

/** Reads the value of an input: a file by its ending, `random` (normal, seeded) or `ones`. The result carries the batch first. */
export async function readInput(input: InputNode, from: string, { seed, note }: InputOptions): Promise<TensorData> {
  if (from === 'random' || from === 'ones') return made(input, from, seed)
  switch (path.extname(from).toLowerCase()) {
    case '.npy':
      return withBatch(input, readNpy(await readBytes(from), from))
    case '.json':
      return withBatch(input, parseJsonTensor(await readBytes(from), from))
    case '.png':
    case '.jpg':
    case '.jpeg':
      return picture(input, from, note)
    default:
      throw new UsageError(`--input ${input.name}=${from}: an input is read from .npy, .png, .jpg or .json, or is random or ones`)
  }
}

function made(input: InputNode, how: 'random' | 'ones', seed: number): TensorData {
  const shape = [1, ...input.type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))]
  const known = shape.filter((extent) => extent !== undefined)
  if (known.length < shape.length) {
    throw new UsageError(`--input ${input.name}=${how}: ${printShape(input.type.shape)} has no fixed size; give a file`)
  }
  const values = new Float32Array(sizeOf(known)).fill(1)
  if (how === 'ones') return { shape: known, values }
  const stream = randomStream(seed, `input ${input.name}`)
  return { shape: known, values: values.map(() => stream.normal()) }
}

/** An array without the batch is one sample. */
function withBatch(input: InputNode, { shape, values }: TensorData): TensorData {
  return { values, shape: shape.length === input.type.shape.length ? [1, ...shape] : shape }
}

async function picture(input: InputNode, file: string, note: (text: string) => void): Promise<TensorData> {
  const channels = input.type.shape.length === 3 ? input.type.shape[2]!.dim : undefined
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    const expected = printShape(input.type.shape)
    const reason = 'a picture has 1, 3 or 4 channels'
    throw new Failure([
      problem('input/picture', { reason: `it is for the input ${input.name} ${expected}, and ${reason}` }, { file }),
    ])
  }
  const { shape, values, notes } = pictureMap(await readBytes(file), { channels }, file)
  for (const text of notes) note(`${file}: ${text}`)
  return { shape: [1, ...shape], values }
}
