import { Failure, problem } from '../failure/failure.ts'
import { eachCsvRecord } from './csv-records.ts'
import type { Cells } from './element-name.ts'
import { isIgnored } from './is-ignored.ts'
import { isNumber, noNumber } from './is-number.ts'
import { listed } from './listed.ts'
import { targetColumns, type NeededColumns } from './table-columns.ts'

interface CsvSamples {
  /** All columns but those that answer, row by row. */
  readonly samples: Float32Array
  /** For each that is needed its fields, row by row. */
  readonly answers: readonly (readonly (readonly string[])[])[]
  /** For each that is needed where they stand. */
  readonly cells: readonly Cells[]
  /** Where the samples stand. */
  readonly own: Cells
  /** What was taken without being named. */
  readonly notes: readonly string[]
}

interface Wanted {
  /** The number of elements of one sample. */
  readonly size: number
  /** The name and shape of the input that they are for. */
  readonly input: string
  readonly needed: readonly NeededColumns[]
  /** The number that stands where nothing is said. */
  readonly ignored: number | undefined
}

/**
 * The samples and what should be answered in a CSV file whose first line names the columns.
 *
 * @throws Failure `data/csv`, with the first lines that do not fit, or `data/empty`
 */
export function readCsvSamples(bytes: Uint8Array, file: string, wanted: Wanted): CsvSamples {
  const samples: Float32Array[] = []
  const answers = wanted.needed.map((): (readonly string[])[] => [])
  const lines: number[] = []
  const faults: string[] = []
  let columns: Columns | undefined
  eachCsvRecord(bytes, file, (fields, line) => {
    if (!columns) {
      columns = columnsOf(fields, file, wanted)
      return
    }
    const row = readRow(fields, columns, wanted.ignored)
    if ('fault' in row) return void faults.push(`line ${line}: ${row.fault}`)
    samples.push(row.values)
    lines.push(line)
    for (const [i, answer] of row.answers.entries()) answers[i]!.push(answer)
  })
  refuseRows(faults, samples.length, file)
  if (!columns || samples.length === 0) throw new Failure([withoutRows(file)])
  const { names, input, targets, notes } = columns
  const cellsOf = (chosen: readonly number[]): Cells => ({ file, lines, columns: chosen.map((column) => names[column]!) })
  return { samples: joined(samples, wanted.size), answers, cells: targets.map(cellsOf), own: cellsOf(input), notes }
}

export const withoutRows = (file: string) => problem('data/empty', { reason: 'the file has no rows below the names of the columns' }, { file })

/** @throws Failure `data/csv` where there are faults */
export function refuseRows(faults: readonly string[], others: number, file: string, mends: readonly string[] = []): void {
  if (faults.length === 0) return
  const reason = `${faults.length} of its ${faults.length + others} rows do not fit`
  throw new Failure([problem('data/csv', { reason }, { file, notes: [...listed(faults.length, (n) => faults[n]!), ...mends] })])
}

/** So many columns are named where there are others than an input takes. */
const mostNamed = 20

interface Columns {
  readonly names: readonly string[]
  /** The positions of the columns of the input. */
  readonly input: readonly number[]
  /** The positions of the columns of each that is needed. */
  readonly targets: readonly (readonly number[])[]
  readonly notes: readonly string[]
}

function columnsOf(fields: readonly string[], file: string, { size, input, needed }: Wanted): Columns {
  const fail = (reasons: readonly string[]): never => {
    const [first, ...rest] = reasons.map((reason) => problem('data/csv', { reason }, { file }))
    throw new Failure([first!, ...rest])
  }
  const names = fields.map((name) => name.trim())
  if (names.every(isNumber)) fail(['its first line holds numbers, and it must name the columns'])
  const all = [...names.keys()]
  const chosen = targetColumns(names, needed, all, names.length - size)
  if ('faults' in chosen) return fail(chosen.faults)
  const used = new Set(chosen.columns.flat())
  const others = all.filter((column) => !used.has(column))
  if (others.length !== size) {
    const besides = used.size === 0 ? '' : ` besides ${[...used].map((column) => names[column]).join(', ')}`
    fail([`the input ${input} takes ${size} columns${besides}, and there are ${others.length}${others.length === 0 || others.length > mostNamed ? '' : `: ${others.map((column) => names[column] || 'one without a name').join(', ')}`}`])
  }
  return { names, input: others, targets: chosen.columns, notes: chosen.notes }
}

type Row = { readonly values: Float32Array; readonly answers: readonly (readonly string[])[] } | { readonly fault: string }

function readRow(fields: readonly string[], { names, input, targets }: Columns, ignored: number | undefined): Row {
  if (fields.length !== names.length) return { fault: `it has ${fields.length} fields, and there are ${names.length} columns` }
  const fault = answerFault(fields, names, targets, ignored)
  if (fault !== undefined) return { fault }
  const values = new Float32Array(input.length)
  for (const [to, column] of input.entries()) {
    const text = fields[column]!
    if (text.trim() === '') return { fault: `${names[column]} is empty` }
    if (!isNumber(text)) return { fault: notANumber(names[column]!, text) }
    values[to] = Number(text)
  }
  return { values, answers: targets.map((columns) => columns.map((column) => fields[column]!.trim())) }
}

/** What is wrong with the fields that say what outputs should be: several are numbers. */
export function answerFault(fields: readonly string[], names: readonly string[], targets: readonly (readonly number[])[], ignored: number | undefined): string | undefined {
  const used = targets.flat().filter((column) => !isIgnored(fields[column]!, ignored))
  const empty = used.find((column) => fields[column]!.trim() === '')
  if (empty !== undefined) return `${names[empty]} is empty`
  const text = targets.filter((columns) => columns.length > 1).flat().find((column) => used.includes(column) && !isNumber(fields[column]!))
  return text === undefined ? undefined : notANumber(names[text]!, fields[text]!)
}

const notANumber = (name: string, text: string): string => `${name} is ${noNumber(text)}`

function joined(rows: readonly Float32Array[], size: number): Float32Array {
  const all = new Float32Array(rows.length * size)
  for (const [row, values] of rows.entries()) all.set(values, row * size)
  return all
}
