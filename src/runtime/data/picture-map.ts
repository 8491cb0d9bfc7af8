import { standardGrey, type PictureRules } from '../../codegen/tfjs/runtime/metadata.ts'
import { pictureValues, type Pixels } from '../../codegen/tfjs/runtime/picture.ts'
import { decodeImage } from '../files/decode-image.ts'
import type { SampleMap } from './sample-map.ts'

type Channels = 1 | 3 | 4

export interface PictureForm {
  readonly channels: Channels
  /** Height and width to which it is resized. */
  readonly size?: readonly [number, number] | undefined
  /** What colours weigh in grey; as in training unless it is said. */
  readonly grey?: PictureRules['grey']
}

interface PictureMap extends SampleMap {
  /** Height and width of the file. */
  readonly originalSize: readonly [number, number]
  /** What was converted on the way. */
  readonly notes: readonly string[]
}

/**
 * A PNG or JPEG file as a map with values from 0 to 1, as docs/metadata.md says.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `input/picture`
 */
export function pictureMap(bytes: Uint8Array, { channels, size, grey = standardGrey }: PictureForm, file: string): PictureMap {
  const pixels = decodeImage(bytes, file)
  const [height, width] = size ?? [pixels.height, pixels.width]
  return {
    shape: [height, width, channels],
    values: pictureValues(pixels, { channels, size, grey }),
    originalSize: [pixels.height, pixels.width],
    notes: [...(pixels.isTurned ? ['it was turned as its EXIF data says'] : []), ...conversions(pixels, channels, grey)],
  }
}

function conversions(pixels: Pixels, channels: Channels, grey: PictureRules['grey']): readonly string[] {
  const { coloured, transparent } = contentOf(pixels, channels)
  const notes: string[] = []
  if (channels !== 4 && transparent) notes.push('its transparent parts were laid over white')
  if (channels === 1 && coloured) notes.push(`its colours were turned into grey (${greyText(grey)})`)
  if (channels !== 1 && !coloured) notes.push('it is grey: its values were repeated for red, green and blue')
  if (channels === 4 && !transparent) notes.push('it is opaque: its alpha channel is 1 everywhere')
  return notes
}

/** `0.299 R + 0.587 G + 0.114 B` */
function greyText(grey: PictureRules['grey']): string {
  const total = grey.reduce((sum, weight) => sum + weight, 0)
  return grey.map((weight, i) => `${Number((weight / total).toPrecision(4))} ${'RGB'[i]}`).join(' + ')
}

/** Of a pixel that is laid over white, nothing is left where it is all transparent. */
function contentOf({ data, maximum = 255 }: Pixels, channels: Channels) {
  let coloured = false
  let transparent = false
  for (let i = 0; i < data.length; i += 4) {
    transparent ||= data[i + 3]! < maximum
    coloured ||= (data[i + 3]! > 0 || channels === 4) && (data[i] !== data[i + 1] || data[i + 1] !== data[i + 2])
  }
  return { coloured, transparent }
}
