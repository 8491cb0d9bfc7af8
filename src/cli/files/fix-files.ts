import { readFileSync, realpathSync, statSync } from 'node:fs'
import { fixAll, type Fixed, type WhichFixes } from '../../compiler/fixes/fix-all.ts'
import type { Recheck } from '../../compiler/fixes/sound-fixes.ts'
import { UsageError } from '../exit/exit.ts'
import { standardInput } from './read-source.ts'

/**
 * Fixes what can be fixed and writes the files that changed, all of them or none.
 *
 * @param check the diagnostics of the files, with these texts instead of what some of them hold
 * @throws UsageError where one of them was named in two ways, or is a pipe or a device; Failure `output/unwritable`
 */
export async function fixFiles(check: Recheck, which: WhichFixes): Promise<Fixed> {
  const fixed = fixAll(check, which)
  const changed = [...fixed.texts].filter(([path]) => path !== standardInput)
  const known = new Map<string, string>()
  for (const [path] of changed) {
    if (!statSync(path).isFile()) {
      throw new UsageError(`${path} is a pipe or a device, into which no fixed text is written: - prints that of standard input`)
    }
    const target = realpathSync(path)
    const other = known.get(target)
    if (other !== undefined) throw new UsageError(`${other} and ${path} are one file: name it once (nothing was written)`)
    known.set(target, path)
  }
  if (changed.length > 0) {
    const { writeAllAtomically } = await import('../../runtime/files/write-file.ts')
    await writeAllAtomically(changed.map(([path, text]) => ({ path, bytes: Buffer.from(`${byteOrderMark(path)}${text}`) })))
  }
  return fixed
}

/** What a file begins with, which is no part of its text. */
function byteOrderMark(path: string): string {
  const mark = '\uFEFF'
  return readFileSync(path, 'utf8').startsWith(mark) ? mark : ''
}
