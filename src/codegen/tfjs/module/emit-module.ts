import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { formatModule } from './format-module.ts'
import { printModule } from './print-module.ts'

/** A TypeScript module that computes what graphs say with TensorFlow.js, or the nodes that TensorFlow.js cannot compute. */
export async function emitModule(
  graphs: readonly Graph[],
  about: About,
): Promise<{ readonly text: string } | { readonly unsupported: readonly Unsupported[] }> {
  const printed = printModule(graphs, about)
  if ('unsupported' in printed || !about.format) return printed
  return { text: await formatModule(printed.text) }
}
