import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { formatModule } from './format-module.ts'
import { printDeclarations, printModule } from './print-module.ts'

type Emitted = { readonly text: string } | { readonly unsupported: readonly Unsupported[] }

/** A TypeScript module that computes what graphs say with TensorFlow.js, or the nodes that TensorFlow.js cannot compute. */
export const emitModule = (graphs: readonly Graph[], about: About): Promise<Emitted> => laidOut(printModule(graphs, about), about)

/** The types of that module, for what imports the text of the models. */
export const emitDeclarations = (graphs: readonly Graph[], about: About): Promise<Emitted> =>
  laidOut(printDeclarations(graphs, about), about)

const laidOut = async (printed: Emitted, { format }: About): Promise<Emitted> =>
  'unsupported' in printed || !format ? printed : { text: await formatModule(printed.text) }
