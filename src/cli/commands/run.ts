import { hasBatch, type Graph } from '../../compiler/graph/graph.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { UsageError } from '../exit/exit.ts'
import { execute } from '../run/execute.ts'
import { isIdentity } from '../../runtime/data/normalize.ts'
import { encoderFor } from '../files/encode-output.ts'
import { openModel, openSession } from '../files/open-model.ts'
import type { ValueOptions } from '../options/values.ts'
import { givenValues, type GivenValues } from '../run/given-values.ts'
import { largest, meaningOf, type Meaning, type Score } from '../run/scores.ts'
import { meaningText, samplesOf, scoresText, valuesText } from '../run/values.ts'

export interface RunOptions extends CommonOptions, ValueOptions {
  readonly output: Readonly<Record<string, string>>
  readonly backend?: 'auto' | BackendName
  readonly top?: number
  readonly json: boolean
}

/** Runs a model once on files, and prints or writes what it gives. */
export async function run(file: string, options: RunOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const wanted = wantedOutputs(graph, options)
  const given = await givenValues(graph, options, session)
  const { outputs, ms, backend } = await execute(graph, given.inputs, given.weights, options.backend, session)
  await writeAllAtomically(
    wanted.map(({ name, path, encode, batched }) => ({ path, bytes: encode(outputs.get(name)!, batched) })),
  )
  const written = new Map(wanted.map(({ name, path }) => [name, path]))
  const results = graph.outputs.map((output) => resultOf(output, outputs.get(output.name)!, written, given, options))
  if (options.json) {
    session.terminal.json({ backend, outputs: outputsJson(results), ms, ...preparedJson(given) })
    return
  }
  session.terminal.result(results.map(resultText).join('\n'))
  for (const { name, scores, meaning } of results)
    if (scores && !meaning) session.terminal.note(`${name}: nothing says what its values mean: the largest are printed as they are`)
}

interface Result {
  readonly name: string
  readonly data: TensorData
  /** Where it was written. */
  readonly path: string | undefined
  readonly meaning: Meaning | undefined
  /** Of each sample, where `--top` asks for them. */
  readonly scores: readonly (readonly Score[])[] | undefined
}

function resultOf(
  output: Graph['outputs'][number],
  data: TensorData,
  written: ReadonlyMap<string, string>,
  { described }: GivenValues,
  { top }: RunOptions,
): Result {
  const meaning = meaningOf(output, described)
  const scores = top === undefined ? undefined : samplesOf(data).map((sample) => largest(sample, meaning, top))
  return { name: output.name, data, path: written.get(output.name), meaning, scores }
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

const outputsJson = (results: readonly Result[]) =>
  Object.fromEntries(
    results.map(({ name, data: { shape, values }, path, meaning, scores }) => [
      name,
      {
        shape,
        ...(path === undefined ? { values: Array.from(values.subarray(0, mostValues)) } : { path }),
        ...(scores && { ...(meaning && { probabilities: meaning.probabilities }), top: scores }),
      },
    ]),
  )

/** What the weights say of themselves, and what was done to the inputs. */
const preparedJson = ({ described, inputs, rules: { normalization } }: GivenValues) => ({
  ...(described && { metadata: { file: described.file, ...described.metadata } }),
  prepared: {
    normalize: normalization && !isIdentity(normalization) ? normalization : null,
    resized: Object.fromEntries(
      [...inputs].flatMap(([name, { resizedFrom: from, shape }]) => (from ? [[name, { from, to: shape.slice(1, 3) }]] : [])),
    ),
  },
})

function resultText({ name, data, path, meaning, scores }: Result): string {
  const heading = `${name} [${data.shape.join(', ')}]`
  if (path !== undefined) return `${heading} → ${path}`
  if (!scores) return [heading, ...valuesText(data)].join('\n')
  const meant = meaning && meaningText(meaning)
  return [meant === undefined ? heading : `${heading}: ${meant}`, ...scoresText(scores, samplesOf(data)[0]?.length ?? 0)].join('\n')
}
