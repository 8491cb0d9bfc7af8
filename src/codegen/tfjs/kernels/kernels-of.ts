import type { Backend } from '../../about.ts'
import { cpuKernels } from './cpu-kernels.ts'
import type { KernelFile } from './kernel-file.ts'
import { kernelsOfOps, optionalKernelsOfOps } from './kernels-of-ops.ts'
import { opsOfRuntime } from './ops-of-runtime.ts'
import { wasmKernels } from './wasm-kernels.ts'
import { webglKernels } from './webgl-kernels.ts'

/** Where the kernels of each backend are, by name. */
export const kernelFiles: Readonly<Record<Backend, Readonly<Record<string, KernelFile>>>> = {
  cpu: cpuKernels,
  wasm: wasmKernels,
  webgl: webglKernels,
}

interface Needed {
  readonly kernels: readonly string[]
  /** Those that the function calls, and the backend has not. */
  readonly lacking: readonly string[]
}

/** The kernels that a function of TensorFlow.js calls on a backend; one of the runtime file, where its name begins with `runtime.`. */
export function kernelsOf(fn: string, backend: Backend): Needed {
  const ops = fn.startsWith('runtime.') ? (opsOfRuntime[fn.slice('runtime.'.length)] ?? []) : [fn]
  const called = ops.flatMap((op) => kernelsOfOps[op] ?? [])
  const optional = ops.flatMap((op) => optionalKernelsOfOps[op] ?? [])
  const isThere = (kernel: string): boolean => Object.hasOwn(kernelFiles[backend], kernel)
  return { kernels: [...called, ...optional].filter(isThere), lacking: called.filter((kernel) => !isThere(kernel)) }
}
