import { statSync, type Stats } from 'node:fs'
import path from 'node:path'
import { systemReason } from '../../runtime/failure/system-reason.ts'
import { UsageError } from '../exit/exit.ts'
import { readText } from './read-text.ts'

/** A file named on the command line, or standard input for `-`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What standard input is called. */
export const standardInput = '<stdin>'

export function readSource(file: string): SourceFile {
  const path = file === '-' ? standardInput : file
  try {
    return { path, text: readText(file === '-' ? 0 : file, path) }
  } catch (error) {
    throw unreadable(file, error)
  }
}

const unreadable = (file: string, error: unknown): UsageError =>
  error instanceof UsageError ? error : new UsageError(`cannot read ${file}: ${systemReason(error) ?? String(error)}`)

/** The files that names, folders (every .fmw below) and globs stand for, each once and in order. */
export async function expandFiles(names: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>()
  for (const name of names) for (const file of await expand(name)) files.add(file)
  return [...files]
}

async function expand(name: string): Promise<readonly string[]> {
  if (name === '-') return [name]
  const kind = kindOf(name)
  if (kind && !kind.isDirectory()) return [name]
  if (!kind && !signs.test(name)) throw new UsageError(`there is no file ${name}`)
  const { glob } = await import('tinyglobby')
  const options = { ignore: ignored, expandDirectories: false }
  const found = kind ? await glob('**/*.fmw', { ...options, cwd: name }) : await glob(name, options)
  if (found.length === 0) throw new UsageError(kind ? `${name} holds no .fmw file` : `${name} matches no file`)
  return found.map((file) => (kind ? path.join(name, file) : file)).sort()
}

/** The folders in which more files may come for these names: those that are named, what is before the first sign of a glob, and all below. */
export async function foldersOf(names: readonly string[]): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby')
  const roots = names.flatMap((name) => {
    const kind = kindOf(name)
    if (kind) return kind.isDirectory() ? [name] : []
    return signs.test(name) ? [/^(?:[^*?[\]{}!]*\/)?/.exec(name)![0] || '.'] : []
  })
  const below = roots.map(async (root) => {
    const found = await glob('**/', { ignore: ignored, onlyDirectories: true, expandDirectories: false, cwd: root })
    return [root, ...found.map((folder) => path.join(root, folder))]
  })
  return (await Promise.all(below)).flat().map(path.normalize)
}

const signs = /[*?[\]{}!]/
const ignored = ['**/node_modules/**']

function kindOf(name: string): Stats | undefined {
  try {
    return statSync(name, { throwIfNoEntry: false })
  } catch (error) {
    throw unreadable(name, error)
  }
}
