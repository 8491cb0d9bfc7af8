import { readFileSync, realpathSync, statSync } from 'node:fs'
import { UsageError } from '../exit/exit.ts'

/**
 * Writes files that were read as texts, all of them or none, each with the byte order mark that it has.
 *
 * @param texts by their paths
 * @throws UsageError where one of them was named in two ways, or is a pipe or a device; Failure `output/unwritable`
 */
export async function writeTexts(texts: ReadonlyMap<string, string>): Promise<void> {
  const known = new Map<string, string>()
  for (const path of texts.keys()) {
    if (!statSync(path).isFile()) throw new UsageError(`${path} is a pipe or a device, into which no text is written: - prints that of standard input`)
    const target = realpathSync(path)
    const other = known.get(target)
    if (other !== undefined) throw new UsageError(`${other} and ${path} are one file: name it once (nothing was written)`)
    known.set(target, path)
  }
  if (texts.size === 0) return
  const { writeAllAtomically } = await import('../../runtime/files/write-file.ts')
  await writeAllAtomically([...texts].map(([path, text]) => ({ path, bytes: Buffer.from(`${byteOrderMark(path)}${text}`) })))
}

/** What a file begins with, which is no part of its text. */
function byteOrderMark(path: string): string {
  const mark = '\uFEFF'
  return readFileSync(path, 'utf8').startsWith(mark) ? mark : ''
}
