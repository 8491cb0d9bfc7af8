import { inflateSync } from 'node:zlib'
import { chunksOf } from './png-chunks.ts'

/** The most pixels of a picture, whose values take 1.2 GB in three channels. */
export const mostPixels = 100_000_000

/**
 * Why a PNG is refused before anything of the size that its header claims is made: it is too large, or its compressed data does not
 * give the bytes of so many pixels, of which pngjs would make up the rest. Undefined where it is not; whatever else may be wrong with
 * the file pngjs finds.
 */
export function refusePng(bytes: Uint8Array): string | undefined {
  const chunks = chunksOf(bytes)
  if (chunks?.[0]?.name !== 'IHDR' || chunks[0].content.byteLength !== 13) return undefined
  if (chunks.filter(({ name }) => name === 'IHDR').length > 1) return 'it has two headers'
  const header = readHeader(chunks[0].content)
  const { width, height } = header
  if (width === 0 || height === 0) return `its header says ${width} x ${height} pixels`
  const size = `${width} x ${height} pixels`
  if (width * height > mostPixels) return `it has ${size}, and at most ${mostPixels / 1e6} million are read`
  const needed = bytesOf(header)
  const data = chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content)
  const { found, damage } = unpackedLength(Buffer.concat(data), needed)
  if (damage !== undefined) return `its PNG data is damaged (${damage})`
  return found === needed ? undefined : `its ${size} take ${needed} bytes, and its data has ${found}`
}

interface Header {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: number
  readonly interlaced: boolean
}

/** Samples of a pixel by the type of its colours: grey, red-green-blue, an index, grey with alpha, red-green-blue with alpha. */
const samples: ReadonlyMap<number, number> = new Map([[0, 1], [2, 3], [3, 1], [4, 2], [6, 4]])

function readHeader(content: Uint8Array): Header {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitsPerPixel: view.getUint8(8) * (samples.get(view.getUint8(9)) ?? 0),
    interlaced: view.getUint8(12) === 1,
  }
}

/** The seven pictures that an interlaced one is sent as: where each begins, and the steps between its pixels (PNG, section 8.2). */
const passes = [
  { x: 0, y: 0, right: 8, down: 8 },
  { x: 4, y: 0, right: 8, down: 8 },
  { x: 0, y: 4, right: 4, down: 8 },
  { x: 2, y: 0, right: 4, down: 4 },
  { x: 0, y: 2, right: 2, down: 4 },
  { x: 1, y: 0, right: 2, down: 2 },
  { x: 0, y: 1, right: 1, down: 2 },
]

const wholePicture = [{ x: 0, y: 0, right: 1, down: 1 }]

/** The bytes of the pixels: of each row its filter, then its samples in whole bytes. */
function bytesOf({ width, height, bitsPerPixel, interlaced }: Header): number {
  return (interlaced ? passes : wholePicture).reduce((sum, { x, y, right, down }) => {
    const columns = Math.ceil((width - x) / right)
    const rows = Math.ceil((height - y) / down)
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * bitsPerPixel) / 8)) : sum
  }, 0)
}

interface Unpacked {
  readonly found?: number | 'more'
  readonly damage?: string
}

/** How many bytes compressed data gives, of which no more than `most` are unpacked, or what is wrong with it. */
function unpackedLength(data: Uint8Array, most: number): Unpacked {
  try {
    return { found: inflateSync(data, { maxOutputLength: most }).byteLength }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return error.code === 'ERR_BUFFER_TOO_LARGE' ? { found: 'more' } : { damage: error.message }
  }
}
