import { Failure, type Problem } from '../failure/failure.ts'
import { digestNumbers, endDigest, startDigest } from './digest.ts'
import { pack, type PackedValues } from './packed-values.ts'
import type { PictureInput } from './picture-input.ts'
import { readPicture } from './read-picture.ts'

export interface Picture {
  readonly file: string
  readonly shape: readonly [number, number, number]
  /** Height and width of the file. */
  readonly originalSize: readonly [number, number]
  /** Absent where the memory was full. */
  readonly packed?: PackedValues
}

export interface RefusedFile {
  readonly file: string
  readonly problems: readonly Problem[]
}

interface Decoded {
  /** In the order of their files. */
  readonly pictures: readonly Picture[]
  /** Files that are no pictures. */
  readonly others: readonly string[]
  /** Files that cannot be read. */
  readonly refused: readonly RefusedFile[]
  /** The files by what was converted in them. */
  readonly conversions: ReadonlyMap<string, readonly string[]>
  /** Of the values of the pictures in their order. */
  readonly digest: string
}

/**
 * The pictures among files, decoded one after the other, kept while there is memory.
 *
 * @param memory in bytes
 */
export async function decodePictures(files: readonly string[], input: PictureInput, resize: boolean, memory: number): Promise<Decoded> {
  const pictures: Picture[] = []
  const others: string[] = []
  const refused: RefusedFile[] = []
  const conversions = new Map<string, string[]>()
  const hash = startDigest()
  let left = memory
  for (const file of files) {
    try {
      const picture = await readPicture(file, input, resize)
      if (!picture) {
        others.push(file)
        continue
      }
      for (const text of picture.notes) {
        const converted = conversions.get(text)
        if (converted) converted.push(file)
        else conversions.set(text, [file])
      }
      digestNumbers(hash, input.name, picture)
      const packed = pack(picture.values)
      const isKept = packed.byteLength <= left
      if (isKept) left -= packed.byteLength
      pictures.push({ file, shape: picture.shape, originalSize: picture.originalSize, ...(isKept && { packed }) })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      refused.push({ file, problems: error.problems })
    }
  }
  return { pictures, others, refused, conversions, digest: endDigest(hash) }
}
