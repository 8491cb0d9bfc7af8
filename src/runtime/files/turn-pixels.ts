import type { Pixels } from '../../codegen/tfjs/runtime/picture.ts'

/** Pixels, turned and mirrored so that they stand as an EXIF orientation (1 to 8) means them. */
export function turnPixels({ width, height, data, ...rest }: Pixels, orientation: number): Pixels {
  // from 5 on the first row is a column of what is meant
  const isTransposed = orientation >= 5
  const fromRight = [2, 3, 7, 8].includes(orientation)
  const fromBelow = [3, 4, 6, 7].includes(orientation)
  const turned = isTransposed ? { width: height, height: width } : { width, height }
  const result = new Uint8ClampedArray(4 * width * height)
  for (let i = 0; i < width * height; i++) {
    const [y, x] = [Math.floor(i / turned.width), i % turned.width]
    const [down, across] = isTransposed ? [x, y] : [y, x]
    const from = (fromBelow ? height - 1 - down : down) * width + (fromRight ? width - 1 - across : across)
    for (let c = 0; c < 4; c++) result[4 * i + c] = data[4 * from + c]!
  }
  return { ...rest, ...turned, data: result }
}
