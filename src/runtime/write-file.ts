import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure, problem } from './failure.ts'
import { systemReason } from './system-reason.ts'

/**
 * Writes a file so that at any moment, also after a crash, it holds either all of its old content or all of the new: into a file
 * beside it, flushed to the disk, then renamed. An existing file keeps its permissions, a symbolic link its target.
 *
 * @throws Failure `output/unwritable`, after which nothing is left behind
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await replace(await finalPath(path), bytes)
  } catch (error) {
    const reason = await folderIsMissing(path, error) ? `the folder ${dirname(path)} does not exist` : systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('output/unwritable', { reason }, { file: path })], { cause: error })
  }
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  const mode = await modeOf(path)
  try {
    const file = await open(beside, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** The file that a chain of symbolic links ends at. */
async function finalPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (isMissing(error)) return path
    throw error
  }
}

async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777
  } catch (error) {
    if (isMissing(error)) return 0o666
    throw error
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function folderIsMissing(path: string, error: unknown): Promise<boolean> {
  return isMissing(error) && stat(dirname(path)).then(() => false, isMissing)
}
