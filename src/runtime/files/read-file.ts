import { readFile } from 'node:fs/promises'
import { Failure, problem } from '../failure/failure.ts'
import { systemReason } from '../failure/system-reason.ts'

/** The bytes of a file. @throws Failure `input/unreadable` */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const reason = systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('input/unreadable', { reason }, { file: path })], { cause: error })
  }
}
