import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { runNpm } from './run-npm.ts'
import { runProgram } from './run-program.ts'

/**
 * A build of tfjs-node for linux-x64 that lies in the npm registry itself, made for cloud functions (github.com/jlarmstrongiv/
 * tfjs-node-lambda). Its addon speaks N-API 6, which any newer Node and tfjs-node 4.22 understand.
 */
export const registryLibrary = {
  package: 'tfjs-node-lambda-releases@1.6.1',
  /** The version of the TensorFlow library in it. */
  tensorflow: '1.15.0',
} as const

const archive = {
  file: 'tfjs-node-lambda-releases-1.6.1.tgz',
  member: 'package/nodejs12.x-tf2.7.0.br',
  sha256: '81a3002830b84dd1fabb921541e81cf35ce41004855e3e4c531e8557d0cc0f2c',
} as const

/** The paths inside the archive are those of an npm project, so it unpacks right into the installed package. */
const native = 'node_modules/@tensorflow/tfjs-node'

/**
 * Completes a tfjs-node that was installed without its library in `folder`.
 *
 * @throws Error in plain words
 */
export async function fetchRegistryLibrary(folder: string): Promise<void> {
  const unreachable = await runNpm(['pack', registryLibrary.package], folder)
  if (unreachable !== undefined) throw new Error(unreachable)

  await tar(['-xzf', archive.file, archive.member], folder)
  await rm(join(folder, archive.file))
  const compressed = join(folder, archive.member)
  const sha256 = await digest(compressed)
  if (sha256 !== archive.sha256) throw new Error(`${registryLibrary.package} is not the archive it was: its sha256 is ${sha256}`)

  const input = createReadStream(compressed).pipe(createBrotliDecompress())
  await tar(['-x', `${native}/deps`, `${native}/lib/napi-v6/tfjs_binding.node`], folder, input)
  await rm(join(folder, 'package'), { recursive: true })
  // tfjs-node looks for the newest N-API that it and Node know, which is 8 since Node 16
  await rename(join(folder, native, 'lib', 'napi-v6'), join(folder, native, 'lib', 'napi-v8'))
}

async function tar(args: readonly string[], cwd: string, input?: ReturnType<typeof createBrotliDecompress>): Promise<void> {
  const { status, stderr } = await runProgram('tar', args, input ? { cwd, input } : { cwd })
  if (status !== 0) throw new Error(`tar failed: ${stderr.trim() || 'without saying why'}`)
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
