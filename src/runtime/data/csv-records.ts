import { CsvError, parse } from 'csv-parse/sync'
import { Failure, problem } from '../failure/failure.ts'

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8) one by one, without its empty lines. Where the first line has no comma but
 * semicolons or tabs, as spreadsheets write them in some countries, these separate the fields.
 *
 * @param take is given the fields, and the line (from 1) on which they end
 * @param most how many are read
 * @throws Failure `data/csv` for quotes that do not match
 */
export function eachCsvRecord(bytes: Uint8Array, file: string, take: (fields: readonly string[], line: number) => void, most?: number): void {
  try {
    parse(bytes, {
      bom: true,
      delimiter: delimiterOf(bytes),
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

function delimiterOf(bytes: Uint8Array): string {
  const end = bytes.indexOf('\n'.charCodeAt(0))
  const line = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
  return [',', ';', '\t'].find((delimiter) => line.includes(delimiter)) ?? ','
}
