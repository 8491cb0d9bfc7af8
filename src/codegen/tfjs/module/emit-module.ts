import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About, EmittedTexts } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { formatModule } from './format-module.ts'
import { headingOf } from '../../headings.ts'
import { neededKernels } from './needed-kernels.ts'
import { printKernelsFile } from './print-kernels-file.ts'
import { printModule } from './print-module.ts'
import { toJavaScript } from './to-javascript.ts'

/** Texts, or the nodes that TensorFlow.js cannot compute. */
type Emitted = EmittedTexts | { readonly unsupported: readonly Unsupported[] }

/** A TypeScript module that computes what graphs say with TensorFlow.js. */
export async function emitModule(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  if ('unsupported' in printed) return printed
  return withKernels(graphs, about, (kernels) => ({ '.ts': printed.module, ...(kernels !== undefined && { '.kernels.ts': kernels }) }))
}

/** The same module in JavaScript, and its types. */
export async function emitJavaScript(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  if ('unsupported' in printed) return printed
  const texts = { '.js': await toJavaScript(printed.module), '.d.ts': printed.declarations(`./fmw-runtime${about.imports.ending}`) }
  const noTypes = `${headingOf(about)}\nexport {}\n`
  return withKernels(graphs, about, (kernels) => ({ ...texts, ...(kernels !== undefined && { '.kernels.js': kernels, '.kernels.d.ts': noTypes }) }))
}

/** The types of the module for what imports the text of the models. */
export async function emitDeclarations(graphs: readonly Graph[], about: About): Promise<Emitted> {
  const printed = printModule(graphs, about)
  return 'unsupported' in printed ? printed : { texts: await laidOut({ '.d.fmw.ts': printed.declarations('fmw/runtime') }, about) }
}

/** @param textsOf is given the text of a kernels file, where a backend is named */
async function withKernels(
  graphs: readonly Graph[],
  about: About,
  textsOf: (kernels: string | undefined) => Readonly<Record<string, string>>,
): Promise<Emitted> {
  const { kernels: backend } = about
  if (backend === undefined) return { texts: await laidOut(textsOf(undefined), about) }
  const needed = neededKernels(graphs, backend)
  if ('unsupported' in needed) return needed
  const texts = textsOf(printKernelsFile(graphs, needed.kernels, backend, about))
  return { texts: await laidOut(texts, about), kernels: needed.kernels }
}

async function laidOut(printed: Readonly<Record<string, string>>, { format }: About): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  for (const [ending, text] of Object.entries(printed)) texts.set(ending, format ? await formatModule(text) : text)
  return texts
}
