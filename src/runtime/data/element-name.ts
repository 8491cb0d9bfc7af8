/** Where the elements of an array stand in a table, row by row. */
export interface Cells {
  /** The name of the table. */
  readonly file: string
  /** Of each row, from 1. */
  readonly lines: readonly number[]
  /** What the columns are called. */
  readonly columns: readonly string[]
}

/** An element of an array by its position in the values: `image[3, 0, 27, 0]`, counted from 0; of a table `line 4: label`. */
export function elementName(array: string, shape: readonly number[], position: number, cells?: Cells): string {
  if (cells) return `line ${cells.lines[Math.floor(position / cells.columns.length)]}: ${cells.columns[position % cells.columns.length]}`
  const indices: number[] = []
  let rest = position
  for (const extent of shape.toReversed()) {
    indices.unshift(rest % extent)
    rest = Math.floor(rest / extent)
  }
  return `${array}[${indices.join(', ')}]`
}
