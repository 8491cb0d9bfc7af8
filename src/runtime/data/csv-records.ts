import { CsvError, parse } from 'csv-parse/sync'
import { Failure, problem } from '../failure/failure.ts'

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8) one by one, without its empty lines.
 *
 * @param take is given the fields, and the line (from 1) on which they end
 * @throws Failure `data/csv` for quotes that do not match
 */
export function eachCsvRecord(bytes: Uint8Array, file: string, take: (fields: readonly string[], line: number) => void): void {
  try {
    parse(bytes, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
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
