import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { mainOf } from '../cli/main-of.ts'

const scripts = fileURLToPath(new URL('.', import.meta.url))

/** Has a network of networks.py or keras_networks.py written into a folder. */
export async function written(python: string, script: string, network: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { status, stderr } = spawnSync(python, ['-E', '-s', '-B', path.join(scripts, script), network, folder], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

export interface Imported {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly pairs: readonly { readonly from: string; readonly to: string; readonly how: string; readonly layout: string }[]
  readonly missing: readonly string[]
  readonly unexpected: readonly string[]
  /** By output. */
  readonly differences: Readonly<Record<string, number>>
}

/** What `weights import --json` does and says. */
export async function imported(folder: string, ...args: readonly string[]): Promise<Imported> {
  const ran = await mainOf(['weights', 'import', ...args, '--json'], folder)
  const report: object = ran.stdout === '' ? {} : JSON.parse(ran.stdout)
  return { pairs: [], missing: [], unexpected: [], differences: {}, ...ran, ...report }
}

export const proof = ['--input', 'x.npy', '--expect', 'y.npy'] as const

export const lenet = `model LeNet {
  input image: [28, 28, 1]
  x = image |> conv(6, 5x5, padding: half) as conv1 |> tanh |> pool.max(2)
  x = x |> conv(16, 5x5) as conv2 |> tanh |> pool.max(2)
  x = x |> flatten |> norm.batch(epsilon: 1e-5) as norm
  x = x |> dense(120) as c5 |> tanh |> dense(120) as f6 |> tanh
  output logits = x |> dense(10) as last
}
`

export const kinds = `model Kinds {
  input x: [6, 6, 4]
  y = x |> conv.depthwise(3x3, padding: half, multiplier: 2) as depthwise |> relu
  y = y |> conv(12, 3x3, padding: half, groups: 2) as grouped |> relu
  y = y |> conv.transpose(12, 2x2) as up |> norm.layer as norm
  output z = y |> conv(5, 1x1) as head
}
`

export const small = `model Small {
  input x: [8, 8, 3]
  y = x
  for i in range(3) { y = y |> conv(6, 3x3, padding: half) as c |> norm.batch as n |> relu }
  y = y |> conv.separable(4, 3x3, padding: half) as separable |> relu
  y = y |> conv.transpose(5, 2x2) as up |> norm.layer as norm
  output z = y |> flatten |> dense(7, activation: tanh) as hidden |> dense(7) as head
}
`

export const preActivation = `block Pre(x: [H, W, C]) -> like x {
  y = x |> norm.batch(epsilon: 1e-5) as norm1 |> relu |> conv(C, 3x3, padding: half, bias: false) as a
        |> norm.batch(epsilon: 1e-5) as norm2 |> relu |> conv(C, 3x3, padding: half, bias: false) as b
  return x + y
}
model PreActivation {
  input x: [6, 6, 3]
  y = x |> conv(8, 3x3, padding: half, bias: false) as first
  for i in range(2) { y = Pre(y) as units }
  output z = y |> norm.batch(epsilon: 1e-5) as last |> relu |> pool.global |> dense(5) as head
}
`

export const preStack = `model PreStack {
  input x: [6, 6, 3]
  y = x |> conv(8, 3x3, padding: half, bias: false) as first
  for i in range(3) { y = y |> norm.batch(epsilon: 1e-5) as n |> relu |> conv(8, 3x3, padding: half, bias: false) as k }
  output z = y
}
`

/** A map of a dense layer, as `reshape` makes it here and as PyTorch does. */
export const decoder = (map: (vector: string) => string): string => `model Decoder {
  input z: [6]
  x = z |> dense(72) as first |> norm.batch(epsilon: 1e-5) as norm |> norm.layer(epsilon: 1e-5) as layer |> relu
  y = (z |> dense(72, bias: false) as left) + (x |> dense(72) as right)
  output a = ${map('x')} |> conv.transpose(5, 2x2) as up |> pool.global
  output b = ${map('y')} |> conv(3, 3x3, padding: half) as last
}
`

export const through = `model Through {
  input x: [5, 5, 2]
  flat = x |> conv(4, 3x3, padding: half) as into |> flatten
  y = flat + (flat |> dense(100) as mix |> tanh) * (flat |> dense(100) as more |> sigmoid)
  output z = reshape(y, [5, 5, 4]) |> conv(3, 3x3) as out
}
`
