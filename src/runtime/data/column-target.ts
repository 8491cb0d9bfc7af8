import type { Graph } from '../../compiler/graph/graph.ts'
import type { ArrayTarget } from './array-dataset.ts'
import type { Cells } from './element-name.ts'
import { isIgnored, isNan } from './is-ignored.ts'
import { isNumber } from './is-number.ts'
import { namedLabels } from './named-labels.ts'
import { notePositions } from './note-positions.ts'
import type { Target } from './opened-dataset.ts'

interface About {
  readonly target: Target
  readonly graph: Graph
  readonly cells: Cells
  readonly note: (text: string) => void
}

/**
 * What an output should be, from the fields of one column or of several, row by row: numbers, or, in one column whose fields are not
 * all numbers, the names of classes. Numbers are names where classes that are known before are called by numbers: the class of a folder `2`.
 */
export function columnTarget(rows: readonly (readonly string[])[], given: About): ArrayTarget {
  const { target, cells, note } = given
  const name = cells.columns.join(', ')
  const about = { ...given, name, file: cells.file }
  const { classes, ignored, kind } = target
  const width = rows[0]!.length
  const texts = rows.flat()
  const numbers = texts.map((text) => (isIgnored(text, ignored) ? ignored! : Number(text)))
  // NaN is a number that is missing, not the name of a class
  const isNumeric = texts.every((text, i) => isIgnored(text, ignored) || !Number.isNaN(numbers[i]!) || isNan(text))
  if (!isNumeric) {
    const row = texts.findIndex((text) => missing.has(text.toLowerCase()) && !classes?.includes(text))
    if (row >= 0) note(`${cells.file}: line ${cells.lines[row]}: ${name} is ${JSON.stringify(texts[row])}, which is taken for the name of a class`)
    return namedLabels({ shape: [rows.length], texts }, about)
  }
  if (width === 1 && kind !== 'values' && classes) {
    if (classes.some(isNumber)) return namedLabels({ shape: [rows.length], texts: texts.map((text) => nameOf(text, classes)) }, about)
    notePositions({ target, name }, cells.file, note)
  }
  return { target, name, cells, data: { shape: width === 1 ? [rows.length] : [rows.length, width], values: Float32Array.from(numbers) } }
}

/** How other programs write that nothing is there, in small letters; a class may be called so too. */
const missing: ReadonlySet<string> = new Set(['na', 'n/a', '#n/a', '<na>', 'null', 'none', '?', '-'])

/** The class that a number in a table is: other programs write 2 as 2.0. */
const nameOf = (text: string, classes: readonly string[]): string =>
  classes.includes(text) ? text : (classes.find((name) => isNumber(name) && isNumber(text) && Number(name) === Number(text)) ?? text)
