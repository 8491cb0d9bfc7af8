import { deflateSync } from 'node:zlib'

interface HandmadePng {
  readonly width: number
  readonly height: number
  readonly depth?: number
  readonly colorType?: number
  readonly interlace?: number
  /** The filter and the samples of each row. */
  readonly pixels?: readonly number[]
  /** In place of these, as they are compressed. */
  readonly packed?: readonly number[]
  readonly palette?: readonly number[]
  /** How opaque the entries of the palette are, or which grey is transparent. */
  readonly transparency?: readonly number[]
}

/** A PNG as its bytes are said. */
export function pngOf(picture: HandmadePng): Uint8Array {
  const { width, height, depth = 8, colorType = 2, interlace = 0, pixels = [], packed, palette, transparency } = picture
  const header = [...bigEndian(width), ...bigEndian(height), depth, colorType, 0, 0, interlace]
  return Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a,
    ...chunk('IHDR', header),
    ...(palette ? chunk('PLTE', palette) : []),
    ...(transparency ? chunk('tRNS', transparency) : []),
    ...chunk('IDAT', packed ?? [...deflateSync(Uint8Array.from(pixels))]),
    ...chunk('IEND', []),
  ])
}

export function chunk(name: string, data: readonly number[]): readonly number[] {
  const body = [...new TextEncoder().encode(name), ...data]
  return [...bigEndian(data.length), ...body, ...bigEndian(crc32(body))]
}

export const bigEndian = (n: number): readonly number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]

/** PNG specification, annex D. */
function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
