import type { Graph } from '../../compiler/graph/graph.ts'
import type { ArrayTarget } from './array-dataset.ts'
import { isIgnored, isNan } from './is-ignored.ts'
import { namedLabels } from './named-labels.ts'
import { notePositions } from './note-positions.ts'
import type { Target } from './opened-dataset.ts'

interface About {
  readonly target: Target
  /** What the columns are called. */
  readonly name: string
  readonly graph: Graph
  readonly file: string
  readonly note: (text: string) => void
}

/**
 * What an output should be, from the fields of one column or of several, row by row: numbers, or, in one column whose fields are not
 * all numbers, the names of classes. Numbers are names where classes that are known before are called by numbers: the class of a folder `2`.
 */
export function columnTarget(rows: readonly (readonly string[])[], about: About): ArrayTarget {
  const { target, name } = about
  const { classes, ignored, kind } = target
  const width = rows[0]!.length
  const texts = rows.flat()
  const numbers = texts.map((text) => (isIgnored(text, ignored) ? ignored! : Number(text)))
  // NaN is a number that is missing, not the name of a class
  const isNumeric = texts.every((text, i) => isIgnored(text, ignored) || !Number.isNaN(numbers[i]!) || isNan(text))
  if (!isNumeric) return namedLabels({ shape: [rows.length], texts }, about)
  if (width === 1 && kind !== 'values' && classes) {
    if (classes.some(isNumber)) return namedLabels({ shape: [rows.length], texts: texts.map((text) => nameOf(text, classes)) }, about)
    notePositions({ target, name }, about.file, about.note)
  }
  return { target, name, data: { shape: width === 1 ? [rows.length] : [rows.length, width], values: Float32Array.from(numbers) } }
}

/** The class that a number in a table is: other programs write 2 as 2.0. */
const nameOf = (text: string, classes: readonly string[]): string =>
  classes.includes(text) ? text : (classes.find((name) => isNumber(name) && isNumber(text) && Number(name) === Number(text)) ?? text)

/** Whether a text is a finite number in 32-bit floating point. */
export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))
