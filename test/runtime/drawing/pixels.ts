import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'

export interface Pixels {
  readonly width: number
  readonly height: number
  readonly at: (x: number, y: number) => readonly [red: number, green: number, blue: number]
}

export function pixelsOf(bytes: Uint8Array): Pixels {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes))
  return {
    width,
    height,
    at: (x, y) => [data[(y * width + x) * 4]!, data[(y * width + x) * 4 + 1]!, data[(y * width + x) * 4 + 2]!],
  }
}

/** The runs of one colour from left to right in each row of pixels, of those rows that have any. */
export function runsOf({ width, height, at }: Pixels, color: readonly (number | undefined)[]): readonly (readonly number[])[] {
  const rows: number[][] = []
  for (let y = 0; y < height; y++) {
    const runs: number[] = []
    let length = 0
    for (let x = 0; x <= width; x++) {
      if (x < width && at(x, y).every((part, i) => part === color[i])) length++
      else {
        if (length > 0) runs.push(length)
        length = 0
      }
    }
    if (runs.length > 0) rows.push(runs)
  }
  return rows
}
