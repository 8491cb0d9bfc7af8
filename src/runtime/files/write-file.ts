import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure, problem } from '../failure/failure.ts'
import { finalPath } from './final-path.ts'
import { systemReason } from '../failure/system-reason.ts'

/** A file to write. */
interface FileContent {
  readonly path: string
  readonly bytes: Uint8Array
}

/** One file, as `writeAllAtomically` writes several. */
export const writeAtomically = (path: string, bytes: Uint8Array): Promise<void> => writeAllAtomically([{ path, bytes }])

/**
 * Writes files so that at any moment, also after a crash, each holds either all of its old content or all of the new: into a file
 * beside it, flushed to the disk, then renamed. None is renamed before the content of all is on the disk. An existing file keeps
 * its permissions, a symbolic link its target. What is no file of the disk, such as a device or a pipe, is written into.
 *
 * @throws Failure `output/unwritable`, after which no half-written file is left behind
 */
export async function writeAllAtomically(files: readonly FileContent[]): Promise<void> {
  const staged: Staged[] = []
  try {
    const passed: FileContent[] = []
    for (const file of files) {
      const one = await reporting(file.path, () => stage(file))
      if (one) staged.push(one)
      else passed.push(file)
    }
    for (const { path, bytes } of passed) await reporting(path, () => writeFile(path, bytes))
    for (const { path, beside, target } of staged) await reporting(path, () => rename(beside, target))
  } catch (error) {
    for (const { beside } of staged) await rm(beside, { force: true })
    throw error
  }
}

interface Staged {
  /** As the user wrote it. */
  readonly path: string
  readonly beside: string
  readonly target: string
}

async function reporting<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const reason = await folderIsMissing(path, error) ? `the folder ${dirname(path)} does not exist` : systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('output/unwritable', { reason }, { file: path })], { cause: error })
  }
}

/** Writes the content beside its place; undefined where a file put there by its name would take the place of a device or a pipe. */
async function stage({ path, bytes }: FileContent): Promise<Staged | undefined> {
  const existing = await statOf(path)
  // a rename would refuse it too, but after other files of the same call have been renamed
  if (existing?.isDirectory()) throw new Failure([problem('output/unwritable', { reason: 'it is a folder' }, { file: path })])
  if (existing && !existing.isFile()) return undefined
  const target = await finalPath(path)
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  const mode = existing ? existing.mode & 0o777 : 0o666
  try {
    const file = await open(beside, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  return { path, beside, target }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function folderIsMissing(path: string, error: unknown): Promise<boolean> {
  return isMissing(error) && stat(dirname(path)).then(() => false, isMissing)
}
