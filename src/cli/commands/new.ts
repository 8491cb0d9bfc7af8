import { readdirSync } from 'node:fs'
import path from 'node:path'
import { systemReason } from '../../runtime/failure/system-reason.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import { UsageError } from '../exit/exit.ts'
import { makeFolder } from '../files/make-folder.ts'
import { pageTemplate } from '../files/page-template.ts'
import { shellWord } from '../terminal/shell-word.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { version } from '../version.ts'

interface NewOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Makes a project in a folder, and says what to do with it. */
export async function createProject(folder: string, { json, ...options }: NewOptions): Promise<void> {
  const terminal = openTerminal(options)
  const found = filesIn(folder)
  if (found.length > 0) throw new UsageError(`${folder} is not empty: there is ${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}`)
  const files = await pageTemplate({ name: packageName(folder), version })
  const written = files.map(({ path: name, bytes }) => ({ path: path.join(folder, name), bytes }))
  for (const parent of new Set(written.map((file) => path.dirname(file.path)))) makeFolder(parent)
  await writeAllAtomically(written)
  const paths = written.map((file) => file.path)
  if (json) terminal.json({ written: paths })
  else terminal.result(paths.join('\n'))
  terminal.command(`cd ${shellWord(folder, process.platform)} && npm install && npm run dev`)
  terminal.note('(where npm does not find fmw, README.md there says how)')
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new UsageError(`${folder} cannot be a project: ${systemReason(error) ?? String(error)}`)
  }
}

/** What npm takes as a name. */
function packageName(folder: string): string {
  const name = path.basename(path.resolve(folder)).toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')
  return name.replace(/^[._-]+/, '') || 'page'
}
