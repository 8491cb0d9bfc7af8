import { statSync } from 'node:fs'
import { isEmitted } from '../../codegen/headings.ts'
import { textOnDisk } from './text-on-disk.ts'

/** Whether a file is there that does not begin as one that fmw emits, or that cannot be read. */
export const isForeign = (file: string): boolean => isFile(file) && !isEmitted(textOnDisk(file) ?? '')

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
