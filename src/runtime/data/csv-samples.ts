import { Failure, problem } from '../failure/failure.ts'
import { eachCsvRecord } from './csv-records.ts'
import { listed } from './listed.ts'

interface CsvSamples {
  /** All columns but the labels, row by row. */
  readonly samples: Float32Array
  readonly labels: readonly string[]
  /** What the column of labels is called. */
  readonly labelName: string
  /** Whether it is called `label`, and not just the last one. */
  readonly isNamed: boolean
}

interface Wanted {
  /** The number of elements of one sample. */
  readonly size: number
  /** The name and shape of the input that they are for. */
  readonly input: string
}

/**
 * The samples and their labels in a CSV file whose first line names the columns.
 *
 * @throws Failure `data/csv`, with the first lines that do not fit, or `data/empty`
 */
export function readCsvSamples(bytes: Uint8Array, file: string, wanted: Wanted): CsvSamples {
  const samples: Float32Array[] = []
  const labels: string[] = []
  const faults: string[] = []
  let columns: Columns | undefined
  eachCsvRecord(bytes, file, (fields, line) => {
    if (!columns) {
      columns = columnsOf(fields, file, wanted)
      return
    }
    const row = readRow(fields, columns)
    if ('fault' in row) return void faults.push(`line ${line}: ${row.fault}`)
    samples.push(row.values)
    labels.push(row.label)
  })
  if (faults.length > 0) {
    const reason = `${faults.length} of its ${faults.length + labels.length} rows do not fit`
    throw new Failure([problem('data/csv', { reason }, { file, notes: listed(faults.length, (n) => faults[n]!) })])
  }
  if (!columns || labels.length === 0) {
    throw new Failure([problem('data/empty', { reason: 'the file has no rows below the names of the columns' }, { file })])
  }
  return { samples: joined(samples, wanted.size), labels, labelName: columns.names[columns.label]!, isNamed: columns.isNamed }
}

interface Columns {
  readonly names: readonly string[]
  /** The position of the column with the labels. */
  readonly label: number
  readonly isNamed: boolean
}

function columnsOf(fields: readonly string[], file: string, { size, input }: Wanted): Columns {
  const fail = (reason: string): never => {
    throw new Failure([problem('data/csv', { reason }, { file })])
  }
  const names = fields.map((name) => name.trim())
  const label = names.indexOf('label')
  if (label !== names.lastIndexOf('label')) fail('several columns are called label')
  if (names.every(isNumber)) fail('its first line holds numbers, and it must name the columns')
  if (names.length - 1 !== size)
    fail(`the input ${input} takes ${size} columns besides the label, and there are ${names.length - 1}`)
  return { names, label: label < 0 ? names.length - 1 : label, isNamed: label >= 0 }
}

type Row = { readonly values: Float32Array; readonly label: string } | { readonly fault: string }

function readRow(fields: readonly string[], { names, label }: Columns): Row {
  if (fields.length !== names.length) return { fault: `it has ${fields.length} fields, and there are ${names.length} columns` }
  const answer = fields[label]!.trim()
  if (answer === '') return { fault: `${names[label]} is empty` }
  const values = new Float32Array(names.length - 1)
  let to = 0
  for (const [column, text] of fields.entries()) {
    if (column === label) continue
    if (text.trim() === '') return { fault: `${names[column]} is empty` }
    if (!isNumber(text)) return { fault: `${names[column]} is ${JSON.stringify(text)}, which is no number` }
    values[to++] = Number(text)
  }
  return { values, label: answer }
}

/** Whether a text is a finite number in 32-bit floating point. */
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))

function joined(rows: readonly Float32Array[], size: number): Float32Array {
  const all = new Float32Array(rows.length * size)
  for (const [row, values] of rows.entries()) all.set(values, row * size)
  return all
}
