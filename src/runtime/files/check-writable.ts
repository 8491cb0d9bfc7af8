import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'
import { failIfAny, problem } from '../failure/failure.ts'
import { finalPath } from './final-path.ts'
import { systemReason } from '../failure/system-reason.ts'

/**
 * Finds out before a long computation whether files can be written after it.
 *
 * @throws Failure `output/unwritable` for each that cannot be
 */
export async function checkWritable(files: readonly string[]): Promise<void> {
  const reasons = await Promise.all(files.map(async (file) => [file, await refusal(file)] as const))
  failIfAny(
    reasons.flatMap(([file, reason]) => (reason === undefined ? [] : [problem('output/unwritable', { reason }, { file })])),
  )
}

async function refusal(file: string): Promise<string | undefined> {
  const folder = path.dirname(file)
  const found = await stat(folder).catch(() => undefined)
  if (!found) return `the folder ${folder} does not exist`
  if (!found.isDirectory()) return `${folder} is a file, not a folder`
  const existing = await stat(file).catch(() => undefined)
  if (existing?.isDirectory()) return 'it is a folder'
  try {
    // a file is replaced in its folder; a device or a pipe is written into
    await access(existing && !existing.isFile() ? file : path.dirname(await finalPath(file)), constants.W_OK)
    return undefined
  } catch (error) {
    return systemReason(error) ?? String(error)
  }
}
