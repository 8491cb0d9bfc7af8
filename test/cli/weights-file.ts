import { Buffer } from 'node:buffer'

export type Tensors = Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>

/** A safetensors file of F32 tensors, written as its specification says. */
export function weightsFile(tensors: Tensors, dtype = 'F32'): Uint8Array {
  let end = 0
  const header = Object.entries(tensors).map(([name, [shape, values]]) => [
    name,
    { dtype, shape, data_offsets: [end, (end += 4 * values.length)] },
  ])
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  const values = Object.values(tensors).flatMap(([, list]) => list)
  return Buffer.concat([length, text, Buffer.from(Float32Array.from(values).buffer)])
}
