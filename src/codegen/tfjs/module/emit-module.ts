import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { formatModule } from './format-module.ts'
import { printModule } from './print-module.ts'
import { toJavaScript } from './to-javascript.ts'

/** Texts by how their files end, or the nodes that TensorFlow.js cannot compute. */
type Emitted = { readonly texts: ReadonlyMap<string, string> } | { readonly unsupported: readonly Unsupported[] }

/** A TypeScript module that computes what graphs say with TensorFlow.js. */
export async function emitModule(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  return 'unsupported' in printed ? printed : laidOut({ '.ts': printed.module }, about)
}

/** The same module in JavaScript, and its types. */
export async function emitJavaScript(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  if ('unsupported' in printed) return printed
  const declarations = printed.declarations(`./fmw-runtime${about.imports.ending}`)
  return laidOut({ '.js': await toJavaScript(printed.module), '.d.ts': declarations }, about)
}

/** The types of the module for what imports the text of the models. */
export async function emitDeclarations(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  return 'unsupported' in printed ? printed : laidOut({ '.d.fmw.ts': printed.declarations('fmw/runtime') }, about)
}

async function laidOut(printed: Readonly<Record<string, string>>, { format }: About): Promise<Emitted> {
  const texts = new Map<string, string>()
  for (const [ending, text] of Object.entries(printed)) texts.set(ending, format ? await formatModule(text) : text)
  return { texts }
}
