import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { glyphOf, glyphSize } from './font.ts'

/** 0 to 255 each; an opacity from 0 to 1, which is 1 unless it is given. */
export type Color = readonly [red: number, green: number, blue: number, opacity?: number]

/**
 * A picture that is drawn upon: x to the right and y down, in pixels from the upper left corner. What lies outside is cut off.
 */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** Fills it. Edges between pixels are rounded to whole ones. */
  readonly rectangle: (x: number, y: number, width: number, height: number, color: Color) => void
  /** A straight line with round ends, its edges smoothed; thickness 1 unless it is given. */
  readonly line: (x1: number, y1: number, x2: number, y2: number, color: Color, thickness?: number) => void
  /**
   * A line of text; x, y is the upper left corner of its capitals, which are 7 * scale high. Scale is a whole number, 1 unless
   * given.
   */
  readonly text: (x: number, y: number, text: string, color: Color, scale?: number) => void
  /** An 8-bit RGB file. */
  readonly toPng: () => Uint8Array
}

/** The width of a line of text in pixels. */
export const textWidth = (text: string, scale = 1): number => Math.max(0, [...text].length * advance - gap) * scale

/** Between two characters. */
const gap = 1
const advance = glyphSize.width + gap

/** An empty canvas, white unless another colour is given. */
export function createCanvas(width: number, height: number, [red, green, blue]: Color = [255, 255, 255]): Canvas {
  const pixels = new Uint8ClampedArray(width * height * 3)
  for (let i = 0; i < pixels.length; i += 3) pixels.set([red, green, blue], i)

  const blend = (x: number, y: number, color: Color, coverage: number): void => {
    if (x < 0 || x >= width || y < 0 || y >= height) return
    const share = coverage * (color[3] ?? 1)
    const at = (y * width + x) * 3
    for (let i = 0; i < 3; i++) pixels[at + i] = pixels[at + i]! * (1 - share) + color[i]! * share
  }

  const rectangle: Canvas['rectangle'] = (x, y, wide, high, color) => {
    const right = Math.min(width, Math.round(x + wide))
    const bottom = Math.min(height, Math.round(y + high))
    for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
      for (let column = Math.max(0, Math.round(x)); column < right; column++) blend(column, row, color, 1)
    }
  }

  const line: Canvas['line'] = (x1, y1, x2, y2, color, thickness = 1) => {
    const reach = thickness / 2 + 1
    for (
      let row = Math.max(0, Math.floor(Math.min(y1, y2) - reach));
      row <= Math.min(height - 1, Math.max(y1, y2) + reach);
      row++
    ) {
      for (
        let column = Math.max(0, Math.floor(Math.min(x1, x2) - reach));
        column <= Math.min(width - 1, Math.max(x1, x2) + reach);
        column++
      ) {
        const distance = distanceToSegment(column + 0.5, row + 0.5, x1, y1, x2, y2)
        const coverage = Math.min(1, thickness / 2 + 0.5 - distance)
        if (coverage > 0) blend(column, row, color, coverage)
      }
    }
  }

  const text: Canvas['text'] = (x, y, characters, color, scale = 1) => {
    for (const [i, character] of [...characters].entries()) {
      for (const [row, inked] of glyphOf(character).entries()) {
        for (let column = 0; column < glyphSize.width; column++) {
          if (inked[column] === '#')
            rectangle(Math.round(x) + (i * advance + column) * scale, Math.round(y) + row * scale, scale, scale, color)
        }
      }
    }
  }

  const toPng = (): Uint8Array => {
    const png = new PNG({ width, height })
    png.data = Buffer.from(pixels.buffer)
    return PNG.sync.write(png, { colorType: 2, inputColorType: 2, inputHasAlpha: false })
  }

  return { width, height, rectangle, line, text, toPng }
}

function distanceToSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}
