import { PNG } from 'pngjs'

/** A grey PNG, `size` pixels high and wide. */
export function greyPng(greys, size) {
  const png = new PNG({ width: size, height: size, colorType: 0 })
  for (const [i, grey] of greys.entries()) {
    png.data.fill(grey, 4 * i, 4 * i + 3)
    png.data[4 * i + 3] = 255
  }
  return PNG.sync.write(png, { colorType: 0 })
}
