import type { Backend } from '../../src/codegen/about.ts'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { neededKernels } from '../../src/codegen/tfjs/module/needed-kernels.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'

/** The kernels that the kernels file of a model registers. */
export function kernelsFor(backend: Backend, ...graphs: readonly Graph[]): readonly string[] {
  const needed = neededKernels(graphs, backend)
  if ('unsupported' in needed) throw new Error(needed.unsupported.map(({ reason }) => reason).join('; '))
  return needed.kernels
}

/** Runs a function while a backend has no kernels but these. */
export async function withKernels<T>(tf: Tfjs, backend: Backend, names: readonly string[], run: () => T | Promise<T>): Promise<T> {
  const others = tf.getKernelsForBackend(backend).filter(({ kernelName }) => !names.includes(kernelName))
  for (const { kernelName } of others) tf.unregisterKernel(kernelName, backend)
  try {
    return await run()
  } finally {
    for (const kernel of others) tf.registerKernel(kernel)
  }
}
