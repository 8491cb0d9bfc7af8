import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Failure, problem } from '../failure/failure.ts'
import { systemReason } from '../failure/system-reason.ts'
import { sortClassNames } from './sort-class-names.ts'

export interface ClassFolders {
  /** In the order of their labels; none where the folder has no subfolders. */
  readonly classes: readonly string[]
  /** Class by class, sorted by their paths, with the positions of their classes. */
  readonly files: ReadonlyMap<string, number>
  /** Files that are in no class folder. */
  readonly loose: readonly string[]
}

/**
 * The files of a folder with one subfolder per class, also those in folders within. Names that begin with a dot are passed over;
 * a class folder may be a symbolic link, folders within it may not.
 *
 * @throws Failure `data/folder` where a folder cannot be read
 */
export async function readClassFolders(folder: string): Promise<ClassFolders> {
  const names: string[] = []
  const loose: string[] = []
  for (const entry of await visibleEntries(folder)) {
    const below = path.join(folder, entry.name)
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await attempt(below, () => stat(below))).isDirectory()))
      names.push(entry.name)
    else loose.push(below)
  }
  const classes = sortClassNames(names)
  const perClass = await Promise.all(classes.map((name) => filesBelow(path.join(folder, name))))
  return { classes, files: new Map(perClass.flatMap((files, label) => files.map((file) => [file, label]))), loose }
}

/** The files of a folder and of the folders in it, sorted by their paths. @throws Failure `data/folder` */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await visibleEntries(folder)
  const files = entries.map(async (entry) => {
    const below = path.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(below) : [below]
  })
  return (await Promise.all(files)).flat()
}

async function visibleEntries(folder: string): Promise<readonly Dirent[]> {
  const entries = await attempt(folder, () => readdir(folder, { withFileTypes: true }))
  return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function attempt<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const reason = systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('data/folder', { reason }, { file: folder })], { cause: error })
  }
}
