import type { Diagnostic } from '../../compiler/diagnostics/diagnostics.ts'
import { compile } from '../../compiler/compile.ts'
import { laidOut } from '../../format/format-text.ts'
import { Exit, exitCodes } from '../exit/exit.ts'
import { nodeHost } from '../files/node-host.ts'
import { showDiagnostics } from '../files/open-model.ts'
import { expandFiles, readSource, standardInput, type SourceFile } from '../files/read-source.ts'
import { writeTexts } from '../files/write-texts.ts'
import { plural } from '../terminal/plural.ts'
import { openTerminal } from '../terminal/terminal.ts'

interface FmtOptions {
  readonly check: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Lays files out; exit code 1 where one cannot be read, or with --check where one is not laid out. */
export async function fmt(names: readonly string[], options: FmtOptions): Promise<void> {
  const terminal = openTerminal(options)
  const sources = [...new Set(await expandFiles(names))].map(readSource)
  const changed = new Map<string, string>()
  let unread = 0
  for (const source of sources) {
    const formatted = laidOut(source.text)
    if (formatted === undefined) {
      unread++
      showDiagnostics(mistakesIn(source), terminal)
    }
    if (source.path === standardInput && !options.check) terminal.text(formatted ?? source.text)
    else if (formatted !== undefined && formatted !== source.text) changed.set(source.path, formatted)
  }
  if (!options.check) await writeTexts(changed)
  if (changed.size > 0) terminal.result([...changed.keys()].join('\n'))
  const rest = sources.length - changed.size - unread
  const parts = [
    ...(changed.size > 0 ? [`${plural(changed.size, 'file')} ${options.check ? 'not laid out' : 'laid out'}`] : []),
    ...(unread > 0 ? [`${plural(unread, 'file')} left alone`] : []),
    ...(rest > 0 ? [`${plural(rest, 'file')} unchanged`] : []),
  ]
  terminal.note(parts.join(', '))
  if (unread > 0 || (options.check && changed.size > 0)) throw new Exit(exitCodes.modelErrors)
}

const mistakesIn = ({ path, text }: SourceFile): readonly Diagnostic[] =>
  compile(path, text, nodeHost).diagnostics.filter(({ family, span }) => family === 'syntax' && span.source.path === path)
