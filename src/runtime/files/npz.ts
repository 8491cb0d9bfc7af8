import { unzipSync } from 'fflate'
import { Failure, problem } from '../failure/failure.ts'
import { readNpyOrTexts, type TextData } from './npy.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/**
 * The arrays of a .npz file (a zip archive of .npy files, compressed or not), by their names without `.npy`; files of other kinds
 * in it are left out.
 *
 * @throws Failure `data/archive`, `input/npy`, `input/dtype`
 */
export function readNpz(bytes: Uint8Array, file: string): ReadonlyMap<string, TensorData | TextData> {
  const entries = [...unpackNpz(bytes, file)]
  return new Map(entries.map(([name, content]) => [name, readNpyOrTexts(content, `${file}/${name}${ending}`)]))
}

/** The .npy files in it, by their names without the ending, in their order. @throws Failure `data/archive` */
export const unpackNpz = (bytes: Uint8Array, file: string): ReadonlyMap<string, Uint8Array> =>
  new Map(Object.entries(unzipped(bytes, file)).map(([name, content]) => [name.slice(0, -ending.length), content]))

const ending = '.npy'

const mostBytes = 2 ** 31

/** The most bytes that a byte can be unpacked to: what deflate has for 258 equal ones takes two bits. */
const mostGrowth = 1032

function unzipped(bytes: Uint8Array, file: string): Readonly<Record<string, Uint8Array>> {
  let left = mostBytes
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (!name.endsWith(ending)) return false
        left -= originalSize
        // so much memory is taken before anything is unpacked
        if (originalSize > size * mostGrowth) throw new RangeError(`${name} says that its ${size} bytes hold ${originalSize}`)
        if (left < 0) throw new RangeError('unpacked, its arrays take more than 2 GiB')
        return true
      },
    })
  } catch (error) {
    // whatever is wrong with the bytes, fflate's errors have one class with the engine's own
    const said = error instanceof Error ? error.message : String(error)
    throw new Failure([problem('data/archive', { reason: said }, { file })], { cause: error })
  }
}
