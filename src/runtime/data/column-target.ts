import type { Graph } from '../../compiler/graph/graph.ts'
import type { ArrayTarget } from './array-dataset.ts'
import { namedLabels } from './named-labels.ts'
import type { Target } from './opened-dataset.ts'

interface About {
  readonly target: Target
  /** What the columns are called. */
  readonly name: string
  readonly graph: Graph
  readonly file: string
}

/**
 * What an output should be, from the fields of one column or of several, row by row: numbers, or, in one column whose fields are not
 * all numbers, the names of classes.
 */
export function columnTarget(rows: readonly (readonly string[])[], about: About): ArrayTarget {
  const { target, name } = about
  const width = rows[0]!.length
  const texts = rows.flat()
  const numbers = texts.map(Number)
  // NaN is a number that is missing, not the name of a class
  const isNumeric = texts.every((text, i) => !Number.isNaN(numbers[i]!) || /^[+-]?nan$/i.test(text))
  if (!isNumeric) return namedLabels({ shape: [rows.length], texts }, about)
  return { target, name, data: { shape: width === 1 ? [rows.length] : [rows.length, width], values: Float32Array.from(numbers) } }
}

/** Whether a text is a finite number in 32-bit floating point. */
export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))
