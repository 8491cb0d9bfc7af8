import { isPicture } from '../files/decode-image.ts'
import { readBytes } from '../files/read-file.ts'
import type { PictureInput } from './picture-input.ts'
import { pictureMap } from './picture-map.ts'
import type { SampleMap } from './sample-map.ts'

interface ReadPicture extends SampleMap {
  /** Height and width of the file. */
  readonly originalSize: readonly [number, number]
  /** What was converted on the way. */
  readonly notes: readonly string[]
}

/**
 * A file as a map for an input, resized where that is asked for; undefined for a file that neither is a PNG or JPEG nor is called
 * one.
 *
 * @throws Failure `input/unreadable`, `input/picture`
 */
export async function readPicture(
  file: string,
  { height, width, channels }: PictureInput,
  resize: boolean,
): Promise<ReadPicture | undefined> {
  const bytes = await readBytes(file)
  if (!isPicture(bytes) && !/\.(png|jpe?g)$/i.test(file)) return undefined
  const isSized = resize && height !== undefined && width !== undefined
  return pictureMap(bytes, isSized ? { channels, size: [height, width] } : { channels }, file)
}
