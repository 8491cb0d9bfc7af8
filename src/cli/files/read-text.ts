import { readFileSync } from 'node:fs'
import { UsageError } from '../exit/exit.ts'

/**
 * The text of a file, or of standard input, in UTF-8; a byte order mark before it is no part of it.
 *
 * @param name what the file is called in what is reported
 * @throws UsageError where it is not UTF-8, with the place; the system's error where it cannot be read
 */
export function readText(file: string | 0, name: string): string {
  const bytes = readFileSync(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const [before = ''] = new TextDecoder().decode(bytes).split('\uFFFD', 1)
    const lines = before.split('\n')
    throw new UsageError(`${name}:${lines.length}:${lines.at(-1)!.length + 1}: this is no text in UTF-8`)
  }
}
