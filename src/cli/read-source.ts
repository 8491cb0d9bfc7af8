import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './exit.ts'

/** A file named on the command line, or standard input for `-`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export function readSource(file: string): SourceFile {
  try {
    return { path: file === '-' ? '<stdin>' : file, text: readFileSync(file === '-' ? 0 : file, 'utf8') }
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${reasonOf(error)}`)
  }
}

/** The files that names, folders (every .fmw below) and globs stand for, each once and in order. */
export async function expandFiles(names: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>()
  for (const name of names) for (const file of await expand(name)) files.add(file)
  return [...files]
}

async function expand(name: string): Promise<readonly string[]> {
  if (name === '-') return [name]
  const kind = statSync(name, { throwIfNoEntry: false })
  if (kind?.isFile()) return [name]
  if (!kind && !/[*?[\]{}!]/.test(name)) throw new UsageError(`there is no file ${name}`)
  const { glob } = await import('tinyglobby')
  const pattern = kind?.isDirectory() ? `${path.posix.join(name.split(path.sep).join('/'), '**/*.fmw')}` : name
  const found = await glob(pattern, { ignore: ['**/node_modules/**'], expandDirectories: false })
  if (found.length === 0) throw new UsageError(`${name} matches no file`)
  return found.sort()
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (code || String(error))
}
