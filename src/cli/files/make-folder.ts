import { mkdirSync } from 'node:fs'
import { systemReason } from '../../runtime/failure/system-reason.ts'
import { UsageError } from '../exit/exit.ts'

/** Makes a folder where there is none. @throws UsageError where that is impossible */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`the folder ${folder} cannot be made: ${systemReason(error) ?? String(error)}`)
  }
}
