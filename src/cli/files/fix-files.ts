import { fixAll, type Fixed, type WhichFixes } from '../../compiler/fixes/fix-all.ts'
import type { Recheck } from '../../compiler/fixes/sound-fixes.ts'
import { standardInput } from './read-source.ts'
import { writeTexts } from './write-texts.ts'

/**
 * Fixes what can be fixed and writes the files that changed, all of them or none.
 *
 * @param check the diagnostics of the files, with these texts instead of what some of them hold
 * @throws what `writeTexts` throws
 */
export async function fixFiles(check: Recheck, which: WhichFixes): Promise<Fixed> {
  const fixed = fixAll(check, which)
  await writeTexts(new Map([...fixed.texts].filter(([path]) => path !== standardInput)))
  return fixed
}
