import { backends, type Backend } from '../codegen/about.ts'
import { printKernels } from '../codegen/tfjs/kernels/print-kernels.ts'

/** The name of the module that registers a kernel; each is one module, however many models need it. */
export const kernelModule = (kernel: string): string => `fmw-kernel-${kernel}.js`

/** That of a backend without kernels, and of the core without its registration of optimisers, which nothing but tfjs-layers reads. */
const [backendModule, coreModule] = ['fmw-tfjs-backend.js', 'fmw-tfjs-core.js'] as const

/** Which module stands for a package of TensorFlow.js. */
export const packageModules = (backend: Backend): ReadonlyMap<string, string> =>
  new Map([
    ['@tensorflow/tfjs-core', coreModule],
    [`@tensorflow/tfjs-backend-${backend}`, backendModule],
  ])

/** That of all kernels of the backend. */
const allKernels = 'fmw-kernels.js'

/** What a training needs beside `fmw-training.js`, where models bring their kernels alone. */
export const importAllKernels = `import './${allKernels}'\n`

const core = `import '@tensorflow/tfjs-core/dist/base_side_effects.js'
export * from '@tensorflow/tfjs-core/dist/base.js'
`

/** The texts of these modules, by name; undefined for others. */
export function kernelModules(backend: Backend): (name: string) => string | undefined {
  return (name) => {
    if (name === coreModule) return core
    if (name === backendModule) return `export * from '@tensorflow/tfjs-backend-${backend}/dist/base.js'\n`
    if (name === allKernels) return printKernels(backend, '.js')
    const [, kernel] = /^fmw-kernel-(\w+)\.js$/.exec(name) ?? []
    return kernel === undefined ? undefined : printKernels(backend, '.js', [kernel])
  }
}

/** @throws RangeError for what is no backend whose kernels are known */
export function checkedBackend(name: Backend): Backend {
  if (backends.includes(name)) return name
  throw new RangeError(`fmw: kernels is ${backends.join(', ')}, and not ${name}`)
}
