import { runProgram } from './run-program.ts'

/** The version of the TensorFlow library that loaded, or in plain words why it did not and whether trying ends the process. */
export type LibraryCheck = { readonly tensorflow: string } | { readonly reason: string; readonly crashes: boolean }

/**
 * Loads tfjs-node's addon, with the TensorFlow library it is linked to, in a process of its own: on a processor without the
 * instructions it was built for, loading it ends the process.
 */
export async function checkNativeLibrary(path: string): Promise<LibraryCheck> {
  const script = 'process.stdout.write(require(process.argv[1]).TF_Version)'
  const { status, signal, stdout, stderr } = await runProgram(process.execPath, ['-e', script, path])
  if (status === 0) return { tensorflow: stdout }
  if (signal === 'SIGILL')
    return { reason: 'this processor lacks the AVX instructions that TensorFlow is built for', crashes: true }
  if (signal) return { reason: `loading ${path} ends the process with ${signal}`, crashes: true }
  return { reason: /^Error: (.+)/m.exec(stderr)?.[1] ?? `${path} does not load`, crashes: false }
}
