import { compile, type Compiled, type Options } from '../src/compiler/compile.ts'
import type { Diagnostic } from '../src/compiler/diagnostics/diagnostics.ts'
import type { Graph } from '../src/compiler/graph/graph.ts'
import type { Host } from '../src/compiler/text/host.ts'
import { render } from '../src/compiler/report/render.ts'
import { plainStyle } from '../src/compiler/report/style.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'

/** Compiles a text with the real standard library and files that exist only here. */
export function compileText(text: string, files: Readonly<Record<string, string>> = {}, options: Options = {}): Compiled {
  const host: Host = { ...nodeHost, read: (path) => files[path] }
  return compile('model.fmw', text, host, options)
}

/** What the compiler itself says of a text: small texts that show one thing are not what the linter is for. */
const said = ({ diagnostics }: Compiled): readonly Diagnostic[] => diagnostics.filter(({ family }) => family !== 'lint')

/** The graph of a text with one model; fails with the rendered diagnostics where it has any but the linter's. */
export function graphOf(text: string, files: Readonly<Record<string, string>> = {}, options: Options = {}): Graph {
  const compiled = compileText(text, files, options)
  const [diagnostics, graphs] = [said(compiled), compiled.graphs]
  if (diagnostics.length > 0) throw new Error(diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'))
  if (graphs.length !== 1) throw new Error(`${graphs.length} models where one was expected`)
  return graphs[0]!
}

/** The codes of what is reported, in order, without the linter's. */
export const codesOf = (text: string, files: Readonly<Record<string, string>> = {}, options: Options = {}): readonly string[] =>
  said(compileText(text, files, options)).map(({ code }) => code)
