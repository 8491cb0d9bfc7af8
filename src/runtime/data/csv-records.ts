import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { Failure, problem } from '../failure/failure.ts'
import { decodeText } from '../files/decode-text.ts'

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8) one by one, without its empty lines. Where the first line has no comma but
 * semicolons or tabs, as spreadsheets write them in some countries, these separate the fields; in a .tsv file tabs do.
 *
 * @param take is given the fields, and the line (from 1) on which they end
 * @param most how many are read
 * @throws Failure `data/csv` for quotes that do not match, and for a text that is not UTF-8
 */
export function eachCsvRecord(bytes: Uint8Array, file: string, take: (fields: readonly string[], line: number) => void, most?: number): void {
  checkText(bytes, file)
  try {
    parse(bytes, {
      bom: true,
      delimiter: delimiterOf(bytes, file),
      relax_column_count: true,
      skip_empty_lines: true,
      ...(most !== undefined && { to: most }),
      on_record: (fields: string[], { lines }) => {
        take(fields, lines)
        // the parser keeps no copy
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Failure([problem('data/csv', { reason: error.message }, { file })], { cause: error })
  }
}

/** Letters of another coding would all become the same one, and with them names of classes. */
function checkText(bytes: Uint8Array, file: string): void {
  if (isUtf8(bytes)) return
  const decoded = decodeText(bytes, file)
  const reason = 'fault' in decoded ? decoded.fault : 'this is no text in UTF-8'
  throw new Failure([problem('data/csv', { reason }, { file, notes: ['save the table as UTF-8 (in a spreadsheet: CSV UTF-8)'] })])
}

/** What separates the fields, by the line with the names of the columns, of which those in quotes may have commas. */
function delimiterOf(bytes: Uint8Array, file: string): string {
  if (isOfTabs(file)) return '\t'
  const head = new TextDecoder().decode(bytes.subarray(0, longestHead)).replace(/"(?:[^"]|"")*"/g, '""')
  const line = head.split(/[\r\n]+/).find((each) => each !== '') ?? ''
  return [',', ';', '\t'].find((delimiter) => line.includes(delimiter)) ?? ','
}

const isOfTabs = (file: string): boolean => /\.tsv$/i.test(file)

/** Whether a file is a table, by its ending. */
export const isTable = (file: string): boolean => isOfTabs(file) || /\.csv$/i.test(file)

/** Bytes in which the names of the columns are looked for. */
const longestHead = 1 << 16
