import { rmSync } from 'node:fs'
import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkWritable } from '../../runtime/files/check-writable.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import { systemReason } from '../../runtime/failure/system-reason.ts'
import { bestFile, checkpointFile } from '../../runtime/training/checkpoint.ts'
import { UsageError } from '../exit/exit.ts'

export const holdsTraining = (folder: string): Promise<boolean> => exists(checkpointFile(folder))

/** The picture of the learning curve. */
export const curveFile = (folder: string): string => path.join(folder, 'curve.png')

/** Removes what a training has left in its folder. @throws Failure `output/unwritable` */
export async function forgetTraining(folder: string): Promise<void> {
  for (const file of [bestFile(folder), curveFile(folder), checkpointFile(folder)])
    await reporting(file, () => rm(file, { force: true }))
}

/**
 * Finds out, before the data is read, whether a run can write into its folder, which need not be there yet, and its other files.
 *
 * @param read what the run reads, which is not written over
 * @throws Failure `output/unwritable` for each that it cannot; UsageError
 */
export async function checkPlaces(folder: string, files: readonly string[], read: readonly string[]): Promise<void> {
  const own = [checkpointFile(folder), bestFile(folder)]
  for (const file of files) {
    const same = [...read, ...own].find((other) => path.resolve(other) === path.resolve(file))
    if (same !== undefined)
      throw new UsageError(`${file} would be written over: it is ${own.includes(same) ? `kept by the training itself in ${folder}` : 'what the training reads'}`)
  }
  const place = (await exists(folder)) ? checkpointFile(folder) : folder
  await checkWritable([place, ...files.filter((file) => path.resolve(path.dirname(file)) !== path.resolve(folder))])
}

/**
 * Makes the folder of a run, only the last of its path as those before it may be misspelt, and keeps other runs out of it.
 *
 * @returns what lets them in again
 * @throws Failure `output/unwritable`; UsageError where another run is at work
 */
export async function claimFolder(folder: string): Promise<() => void> {
  if (!(await isFolder(folder))) await reporting(folder, () => mkdir(folder))
  const file = path.join(folder, 'running')
  await reporting(file, () => mark(file, folder))
  const release = (): void => rmSync(file, { force: true })
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}

/** Writes into the file which process is at work, unless another one is. */
async function mark(file: string, folder: string): Promise<void> {
  const text = `${os.hostname()} ${process.pid}`
  try {
    return await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
  const [host, id] = (await readFile(file, 'utf8')).split(' ')
  if (host === os.hostname() && !isAlive(Number(id))) return writeFile(file, text)
  const other = `another training writes into ${folder} (process ${id} on ${host})`
  throw new UsageError(`${other}: keep this one elsewhere with --checkpoint FOLDER, or delete ${file} where that one is no more`)
}

async function reporting(file: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const reason = systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('output/unwritable', { reason }, { file })], { cause: error })
  }
}

/** Whether a process of this number runs on this machine, be it another user's. */
function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

const isFolder = (file: string): Promise<boolean> => stat(file).then((found) => found.isDirectory(), () => false)

const exists = (file: string): Promise<boolean> => access(file).then(() => true, () => false)
