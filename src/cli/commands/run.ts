import type { Graph } from '../../compiler/graph.ts'
import { weightsOf } from '../../compiler/graph.ts'
import { printShape } from '../../compiler/dim/print.ts'
import { MismatchError } from '../../codegen/mismatch.ts'
import { createRunner } from '../../codegen/tfjs/runner.ts'
import { openBackend, type BackendName } from '../../runtime/backend.ts'
import { Failure, problem } from '../../runtime/failure.ts'
import { initialWeights } from '../../runtime/initial-weights.ts'
import type { TensorData } from '../../runtime/tensor-data.ts'
import { loadWeights } from '../../runtime/weights.ts'
import { writeAllAtomically } from '../../runtime/write-file.ts'
import type { CommonOptions } from '../common-options.ts'
import { Exit, exitCodes, UsageError } from '../exit.ts'
import { openModel, openSession, type Session } from '../open-model.ts'
import { readInput } from '../read-input.ts'
import { topValues, valuesText } from '../show-values.ts'
import { encoderFor } from '../encode-output.ts'

export interface RunOptions extends CommonOptions {
  readonly input: Readonly<Record<string, string>>
  readonly output: Readonly<Record<string, string>>
  readonly weights?: string
  readonly backend?: 'auto' | BackendName
  readonly top?: number
  readonly seed?: number
  readonly json: boolean
}

/** Runs a model once on files, and prints or writes what it gives. */
export async function run(file: string, options: RunOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const inputs = await readInputs(graph, options, session)
  const wanted = wantedOutputs(graph, options)
  const weights = await weightsFor(graph, options, session)
  const { outputs, ms, backend } = await execute(graph, inputs, weights, options, session)
  await writeAllAtomically(wanted.map(({ name, path, encode, batched }) => ({ path, bytes: encode(outputs.get(name)!, batched) })))
  const written = new Map(wanted.map(({ name, path }) => [name, path]))
  if (options.json) session.terminal.result(JSON.stringify({ backend, outputs: outputsJson(outputs, written), ms }, null, 2))
  else session.terminal.result(printOutputs(outputs, written, options.top))
}

async function readInputs(graph: Graph, options: RunOptions, session: Session): Promise<ReadonlyMap<string, TensorData>> {
  const names = graph.inputs.map(({ name }) => name)
  const unknown = Object.keys(options.input).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new UsageError(`${graph.name} has no input ${unknown}; it has ${names.join(', ') || 'none'}`)
  const missing = graph.inputs.filter(({ name }) => options.input[name] === undefined)
  if (missing.length > 0) {
    const wanted = missing.map(({ name, type }) => `--input ${name}=FILE  for ${printShape(type.shape)}`)
    throw new UsageError(`every input needs a value (.npy, .png, .jpg, .json, random or ones):\n  ${wanted.join('\n  ')}`)
  }
  const read = new Map<string, TensorData>()
  for (const input of graph.inputs) {
    read.set(input.name, await readInput(input, options.input[input.name]!, { seed: seedOf(options, session), note: session.terminal.note }))
  }
  return read
}

function wantedOutputs({ name: model, outputs }: Graph, { output }: RunOptions) {
  const batched = new Map(outputs.map(({ name, node }) => [name, node.type.batched]))
  const unknown = Object.keys(output).find((name) => !batched.has(name))
  if (unknown !== undefined) throw new UsageError(`${model} has no output ${unknown}; it has ${[...batched.keys()].join(', ')}`)
  const paths = Object.values(output)
  const twice = paths.find((path, i) => paths.indexOf(path) !== i)
  if (twice !== undefined) throw new UsageError(`two outputs would be written to ${twice}`)
  return Object.entries(output).map(([name, path]) => ({ name, path, encode: encoderFor(path), batched: batched.get(name)! }))
}

const seedOf = (options: RunOptions, { config }: Session): number => options.seed ?? config.seed ?? 0

async function weightsFor(graph: Graph, options: RunOptions, session: Session): Promise<ReadonlyMap<string, TensorData>> {
  const wanted = weightsOf(graph)
  if (options.weights !== undefined) return loadWeights(options.weights, wanted)
  const seed = seedOf(options, session)
  if (wanted.length > 0) session.terminal.note(`weights: freshly initialised, seed ${seed} (--weights FILE uses trained ones)`)
  return initialWeights(wanted, seed)
}

interface Executed {
  readonly outputs: ReadonlyMap<string, TensorData>
  readonly ms: number
  readonly backend: string
}

async function execute(
  graph: Graph,
  inputs: ReadonlyMap<string, TensorData>,
  weights: ReadonlyMap<string, TensorData>,
  options: RunOptions,
  session: Session,
): Promise<Executed> {
  const { tf, name, notes } = await openBackend(options.backend ?? session.config.backend ?? 'auto')
  for (const note of notes) session.terminal.note(note)
  session.terminal.note(`backend: ${name}`)
  const created = createRunner(graph, tf)
  if ('unsupported' in created) {
    for (const { node, reason } of created.unsupported) session.terminal.complain(`${node.path} cannot be computed: ${reason}`)
    throw new Exit(exitCodes.modelErrors)
  }
  const tensors = (data: ReadonlyMap<string, TensorData>) =>
    new Map([...data].map(([key, { shape, values }]) => [key, tf.tensor(values, [...shape], 'float32')]))
  const given = tensors(inputs)
  try {
    created.runner.load(tensors(weights))
    const start = performance.now()
    const results = created.runner.run(Object.fromEntries(given))
    const outputs = new Map<string, TensorData>()
    for (const { name: output } of graph.outputs) {
      const tensor = results[output]!
      outputs.set(output, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) })
    }
    return { outputs, ms: performance.now() - start, backend: name }
  } catch (error) {
    if (!(error instanceof MismatchError)) throw error
    throw mismatchFailure(error)
  }
}

/** What the runner says of inputs, as a failure that the command line prints like the others. */
function mismatchFailure({ mismatches }: MismatchError): Failure {
  const [first, ...rest] = mismatches.map(({ message }) => problem('input/mismatch', { mismatch: message }))
  return new Failure([first!, ...rest])
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

function printOutputs(outputs: ReadonlyMap<string, TensorData>, written: ReadonlyMap<string, string>, top: number | undefined): string {
  return [...outputs]
    .map(([name, data]) => {
      const heading = `${name} [${data.shape.join(', ')}]`
      const path = written.get(name)
      if (path !== undefined) return `${heading} → ${path}`
      return [heading, ...(top === undefined ? valuesText(data) : topValues(data, top))].join('\n')
    })
    .join('\n')
}
