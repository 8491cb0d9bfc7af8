import { compile, type Compiled } from '../../compiler/compile.ts'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostics.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { Host } from '../../compiler/text/host.ts'
import { render } from '../../compiler/report/render.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { readConfig, type Config } from './config.ts'
import { Exit, exitCodes, UsageError } from '../exit/exit.ts'
import { nodeHost } from './node-host.ts'
import { readSource, type SourceFile } from './read-source.ts'
import { openTerminal, type Terminal } from '../terminal/terminal.ts'

/** What the options common to all commands come to. */
export interface Session {
  readonly terminal: Terminal
  readonly config: Config
  readonly options: CommonOptions
}

export async function openSession(options: CommonOptions): Promise<Session> {
  return { terminal: openTerminal(options), config: await readConfig(options.config), options }
}

/** Compiles a file with the parameters of the command line and the configuration. */
export function compileFile(source: SourceFile, { config, options }: Session, host: Host = nodeHost): Compiled {
  const compiled = compile(source.path, source.text, host, {
    model: options.model,
    set: { ...config.set, ...options.set },
    rules: config.rules ?? {},
  })
  if (compiled.misuse.length > 0) throw new UsageError(compiled.misuse.map((text) => `${source.path}: ${text}`).join('\n'))
  return compiled
}

/** The one model of a file that a command works on; its diagnostics go to stderr, and errors end the command. */
export const openModel = (file: string, session: Session): Graph => openModelText(file, session).graph

/** The same, with the text of the file. */
export function openModelText(file: string, session: Session): { readonly graph: Graph; readonly text: string } {
  const source = readSource(file)
  const compiled = compileFile(source, session)
  showDiagnostics(compiled.diagnostics, session.terminal)
  if (compiled.diagnostics.some(({ severity }) => severity === 'error')) throw new Exit(exitCodes.modelErrors)
  const [graph, ...others] = compiled.graphs
  if (!graph) throw new UsageError(`${file} has no model${compiled.diagnostics.length > 0 ? ' that can be compiled' : ''}`)
  if (others.length > 0)
    throw new UsageError(
      `${file} has several models: choose with --model ${compiled.graphs.map(({ name }) => name).join(' or --model ')}`,
    )
  return { graph, text: source.text }
}

export function showDiagnostics(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  for (const diagnostic of diagnostics) {
    const text = `${render(diagnostic, terminal.errStyle)}\n`
    if (diagnostic.severity === 'error') terminal.complain(text)
    else terminal.note(text)
  }
}
