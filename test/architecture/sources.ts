import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** A file of fmw, by its path from the root of the repository. */
export interface Source {
  readonly file: string
  readonly text: string
  /** The files that it imports, also only their types or late, by their paths from the root. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

/** All files of TypeScript and JavaScript in some folders. */
export const sourcesIn = (folders: readonly string[]): readonly Source[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs|js)$/.test(file))
      .map((file) => read(path.posix.join(folder, file))),
  )

function read(file: string): Source {
  const text = readFileSync(file, 'utf8')
  const names = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
  return {
    file,
    text,
    imports: names.filter((name) => name.startsWith('.')).map((name) => path.posix.join(path.posix.dirname(file), name)),
    packages: names.filter((name) => !name.startsWith('.')),
  }
}
