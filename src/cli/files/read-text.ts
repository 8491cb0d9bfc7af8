import { readFileSync } from 'node:fs'
import { decodeText } from '../../runtime/files/decode-text.ts'
import { UsageError } from '../exit/exit.ts'

/**
 * The text of a file, or of standard input, in UTF-8.
 *
 * @param name what the file is called in what is reported
 * @throws UsageError where it is not UTF-8, with the place; the system's error where it cannot be read
 */
export function readText(file: string | 0, name: string): string {
  const decoded = decodeText(readFileSync(file), name)
  if ('fault' in decoded) throw new UsageError(decoded.fault)
  return decoded.text
}
