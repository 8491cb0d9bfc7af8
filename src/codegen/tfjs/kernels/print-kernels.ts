import type { Backend } from '../../about.ts'
import { kernelFiles } from './kernels-of.ts'

/**
 * The statements of a module that registers kernels of a backend, and the backend.
 *
 * @param ending how the name of a file beside ends
 * @param names all that it has, unless some are named
 */
export function printKernels(backend: Backend, ending: string, names?: readonly string[]): string {
  const package_ = `@tensorflow/tfjs-backend-${backend}/dist`
  const found = Object.entries(kernelFiles[backend]).filter(([name]) => names?.includes(name) ?? true)
  return [
    `import '${package_}/base.js'`,
    ...found.map(([, { file, config }]) => `import { ${config} } from '${package_}/kernels/${file}.js'`),
    `import { registerKernels } from './fmw-runtime${ending}'`,
    '',
    `registerKernels('${backend}', [${found.map(([, { config }]) => config).join(', ')}]${names ? '' : ', true'})`,
  ].join('\n')
}
