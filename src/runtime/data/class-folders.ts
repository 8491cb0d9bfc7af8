import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Failure, problem } from '../failure/failure.ts'
import { systemReason } from '../failure/system-reason.ts'
import { sortClassNames } from './sort-class-names.ts'

export interface LabelledFile {
  readonly file: string
  /** The position of its class. */
  readonly label: number
}

interface ClassFolders {
  /** In the order of their labels. */
  readonly classes: readonly string[]
  /** Class by class, sorted by their paths. */
  readonly files: readonly LabelledFile[]
  /** Files that are in no class folder. */
  readonly loose: readonly string[]
}

/**
 * The files of a folder with one subfolder per class, also those in folders within. Names that begin with a dot are passed over;
 * a class folder may be a symbolic link, folders within it may not.
 *
 * @throws Failure `data/folder` where a folder cannot be read, `data/empty` where there are no subfolders
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
  if (classes.length === 0) {
    const reason = 'the folder has no subfolders, and the pictures of each class belong into one'
    throw new Failure([problem('data/empty', { reason }, { file: folder })])
  }
  const perClass = await Promise.all(classes.map((name) => filesBelow(path.join(folder, name))))
  return { classes, files: perClass.flatMap((files, label) => files.map((file) => ({ file, label }))), loose }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
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
