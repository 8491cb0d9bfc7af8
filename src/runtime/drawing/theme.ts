import type { Color } from './canvas.ts'

/** The colours of everything in a picture that is not a value. */
export interface Theme {
  readonly background: Color
  readonly ink: Color
  /** For what is read second: numbers beside bars, axes. */
  readonly faint: Color
  readonly positive: Color
  readonly negative: Color
  /** Elements that are NaN or infinite. */
  readonly notFinite: Color
}

export const light: Theme = {
  background: [255, 255, 255],
  ink: [27, 31, 36],
  faint: [106, 115, 125],
  positive: [33, 113, 181],
  negative: [203, 75, 22],
  notFinite: [255, 0, 255],
}

export const dark: Theme = {
  background: [22, 24, 29],
  ink: [230, 232, 236],
  faint: [145, 152, 161],
  positive: [95, 165, 225],
  negative: [240, 130, 70],
  notFinite: [255, 0, 255],
}
