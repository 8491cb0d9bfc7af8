import { unzipSync } from 'fflate'
import { Failure, problem } from '../files/failure.ts'
import { readNpy } from '../files/npy.ts'
import type { TensorData } from '../files/tensor-data.ts'

/**
 * The arrays of a .npz file (a zip archive of .npy files, compressed or not), by their names without `.npy`; files of other kinds
 * in it are left out.
 *
 * @throws Failure `data/archive`, `input/npy`, `input/dtype`
 */
export function readNpz(bytes: Uint8Array, file: string): ReadonlyMap<string, TensorData> {
  const entries = Object.entries(unzipped(bytes, file))
  return new Map(entries.map(([name, content]) => [name.slice(0, -ending.length), readNpy(content, `${file}/${name}`)]))
}

const ending = '.npy'

function unzipped(bytes: Uint8Array, file: string): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: ({ name }) => name.endsWith(ending) })
  } catch (error) {
    // whatever is wrong with the bytes, fflate's errors have one class with the engine's own
    const said = error instanceof Error ? error.message : String(error)
    throw new Failure([problem('data/archive', { reason: said }, { file })], { cause: error })
  }
}
