/** How diagnostics are drawn: colours as functions from text to text, and what the terminal can show. */
export interface Style {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
  readonly unicode: boolean
  /** The columns of the terminal; undefined where there is none. */
  readonly width?: number | undefined
}

const same = (text: string): string => text

export const plainStyle: Style = { error: same, warning: same, dim: same, bold: same, unicode: true }
