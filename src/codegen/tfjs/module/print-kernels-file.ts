import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About, Backend } from '../../about.ts'
import { printKernels } from '../kernels/print-kernels.ts'
import { headingOf } from '../../headings.ts'

/** What registers a backend with these of its kernels, which the models need. */
export function printKernelsFile(graphs: readonly Graph[], kernels: readonly string[], backend: Backend, about: About): string {
  const models = graphs.map(({ name }) => name).join(' and ')
  return `${headingOf(about)}
// For bundlers, in place of '@tensorflow/tfjs-backend-${backend}': the kernels that ${models} ${graphs.length > 1 ? 'need' : 'needs'} to predict, and no others.
// Node takes the whole backend, and so does a page that trains.
${printKernels(backend, about.imports.ending, kernels)}
`
}
