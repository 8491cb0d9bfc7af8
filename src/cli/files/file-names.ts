import { realpathSync } from 'node:fs'
import path from 'node:path'

/** What files are called in one run, in which a file may be reached by several paths. */
export interface FileNames {
  /**
   * The path by which a file was reached first. What it imports is found from its folder, so a link in another one keeps its own
   * name.
   */
  readonly nameOf: (file: string) => string
  /** The path on the disk, without links; what is no file there is left as it is. */
  readonly targetOf: (file: string) => string
}

export function openFileNames(): FileNames {
  const targets = new Map<string, string>()
  const names = new Map<string, string>()
  const targetOf = (file: string): string => {
    const target = targets.get(file) ?? onDisk(file)
    targets.set(file, target)
    return target
  }
  const nameOf = (file: string): string => {
    const key = `${targetOf(file)} ${targetOf(path.dirname(file))}`
    const name = names.get(key) ?? file
    names.set(key, name)
    return name
  }
  return { nameOf, targetOf }
}

function onDisk(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
