import { hasBatch, type Graph } from '../../compiler/graph/graph.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import type { TensorData } from '../../runtime/numbers/tensor-data.ts'
import type { WeightSource } from '../../runtime/weights/weights.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { UsageError } from '../exit/exit.ts'
import { execute } from '../run/execute.ts'
import { openModel, openSession } from '../files/open-model.ts'
import { readInputs } from '../files/read-inputs.ts'
import { readWeights } from '../files/read-weights.ts'
import { topValues, valuesText } from '../run/values.ts'
import { encoderFor } from '../files/encode-output.ts'

export interface RunOptions extends CommonOptions {
  readonly input: Readonly<Record<string, string>>
  readonly output: Readonly<Record<string, string>>
  readonly normalize?: string
  readonly weights: readonly WeightSource[]
  readonly backend?: 'auto' | BackendName
  readonly top?: number
  readonly seed?: number
  readonly json: boolean
}

/** Runs a model once on files, and prints or writes what it gives. */
export async function run(file: string, options: RunOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const given = { seed: options.seed ?? session.config.seed ?? 0, note: session.terminal.note }
  const inputs = await readInputs(graph, options.input, { ...given, normalize: options.normalize })
  const wanted = wantedOutputs(graph, options)
  const weights = await readWeights(graph, options.weights, given)
  const { outputs, ms, backend } = await execute(graph, inputs, weights, options.backend, session)
  await writeAllAtomically(
    wanted.map(({ name, path, encode, batched }) => ({ path, bytes: encode(outputs.get(name)!, batched) })),
  )
  const written = new Map(wanted.map(({ name, path }) => [name, path]))
  if (options.json) session.terminal.result(JSON.stringify({ backend, outputs: outputsJson(outputs, written), ms }, null, 2))
  else session.terminal.result(printOutputs(outputs, written, options.top))
}

function wantedOutputs({ name: model, outputs }: Graph, { output }: RunOptions) {
  const batched = new Map(outputs.map(({ name, node }) => [name, hasBatch(node.type)]))
  const unknown = Object.keys(output).find((name) => !batched.has(name))
  if (unknown !== undefined) throw new UsageError(`${model} has no output ${unknown}; it has ${[...batched.keys()].join(', ')}`)
  const paths = Object.values(output)
  const twice = paths.find((path, i) => paths.indexOf(path) !== i)
  if (twice !== undefined) throw new UsageError(`two outputs would be written to ${twice}`)
  return Object.entries(output).map(([name, path]) => ({ name, path, encode: encoderFor(path), batched: batched.get(name)! }))
}

/** Up to this many values are printed in JSON; more are written with --output. */
const mostValues = 1000

function outputsJson(outputs: ReadonlyMap<string, TensorData>, written: ReadonlyMap<string, string>) {
  const entries = [...outputs].map(([name, { shape, values }]) => {
    const path = written.get(name)
    return [name, { shape, ...(path === undefined ? { values: Array.from(values.subarray(0, mostValues)) } : { path }) }] as const
  })
  return Object.fromEntries(entries)
}

function printOutputs(
  outputs: ReadonlyMap<string, TensorData>,
  written: ReadonlyMap<string, string>,
  top: number | undefined,
): string {
  return [...outputs]
    .map(([name, data]) => {
      const heading = `${name} [${data.shape.join(', ')}]`
      const path = written.get(name)
      if (path !== undefined) return `${heading} → ${path}`
      return [heading, ...(top === undefined ? valuesText(data) : topValues(data, top))].join('\n')
    })
    .join('\n')
}
