import { Failure, problem, type Problem } from '../failure/failure.ts'
import type { LabelledFile } from './class-folders.ts'
import { digestNumbers, endDigest, startDigest } from './digest.ts'
import { failWith } from './fail-with.ts'
import { pack, type PackedValues } from './packed-values.ts'
import type { PictureInput } from './picture-input.ts'
import { readPicture } from './read-picture.ts'

export interface Picture extends LabelledFile {
  readonly shape: readonly number[]
  /** Absent where the memory was full. */
  readonly packed?: PackedValues
}

interface Decoded {
  readonly pictures: readonly Picture[]
  /** Files that are no pictures. */
  readonly others: readonly string[]
  /** The files by what was converted in them. */
  readonly conversions: ReadonlyMap<string, readonly string[]>
  /** Of the values of the pictures in their order, with their labels. */
  readonly digest: string
}

/**
 * The pictures among files, decoded one after the other, kept while there is memory.
 *
 * @param memory in bytes
 * @throws Failure `data/picture` with the first ten that cannot be read
 */
export async function decodePictures(
  files: readonly LabelledFile[],
  input: PictureInput,
  resize: boolean,
  memory: number,
): Promise<Decoded> {
  const pictures: Picture[] = []
  const others: string[] = []
  const conversions = new Map<string, string[]>()
  const refused: Problem[] = []
  let left = memory
  const hash = startDigest()
  for (const { file, label } of files) {
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
      digestNumbers(hash, String(label), picture)
      const packed = pack(picture.values)
      const isKept = packed.byteLength <= left
      if (isKept) left -= packed.byteLength
      pictures.push({ file, label, shape: picture.shape, ...(isKept && { packed }) })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      refused.push(...error.problems)
    }
  }
  if (refused.length > 0) {
    const counts = { count: String(refused.length), total: String(refused.length + pictures.length) }
    failWith([problem('data/picture', counts), ...refused.slice(0, mostRefused)])
  }
  return { pictures, others, conversions, digest: endDigest(hash) }
}

const mostRefused = 10
