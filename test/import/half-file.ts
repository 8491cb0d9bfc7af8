import { Buffer } from 'node:buffer'
import { zipSync } from 'fflate'
import type { Tensors } from '../cli/weights-file.ts'

/** The bits of the float16 that is nearest to a number that is normal in it. */
function half(value: number): number {
  if (value === 0) return 0
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024)
  return (value < 0 ? 0x8000 : 0) + (exponent + 15) * 1024 + fraction
}

/** An .npz file of arrays of float16. */
export const halfFile = (tensors: Tensors): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(tensors).map(([name, [shape, values]]) => {
        const header = Buffer.from(`${`{'descr': '<f2', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117)}\n`)
        const bytes = new Uint8Array(Uint16Array.from(values, half).buffer)
        return [`${name}.npy`, Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length, 0]), header, bytes])]
      }),
    ),
  )
