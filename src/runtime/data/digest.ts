import { createHash, type Hash } from 'node:crypto'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** The digits of a digest that are kept: enough to tell data apart that nobody chose to be alike. */
const digits = 16

/** Begins a digest of samples in their order. */
export const startDigest = (): Hash => createHash('sha256')

/** Adds numbers under a name. */
export function digestNumbers(hash: Hash, name: string, { shape, values }: TensorData): void {
  hash.update(`${name} [${shape.join(', ')}]`)
  hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}

/** Adds what has a digest of its own. */
export const digestPart = (hash: Hash, name: string, digest: string): void => void hash.update(`${name} ${digest};`)

export const endDigest = (hash: Hash): string => hash.digest('hex').slice(0, digits)
