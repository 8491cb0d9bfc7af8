import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import { isIdentity } from '../../runtime/data/normalize.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import { UsageError } from '../exit/exit.ts'
import { openModel, openSession, type Session } from '../files/open-model.ts'
import type { CommonOptions } from '../options/common-options.ts'
import type { ValueOptions } from '../options/values.ts'
import { executePasses } from '../run/execute-passes.ts'
import { execute } from '../run/execute.ts'
import { givenValues, type GivenValues } from '../run/given-values.ts'
import { passesScores } from '../run/passes-scores.ts'
import { resultsJson, resultText, type Result } from '../run/results.ts'
import { largest, meaningOf, type Meaning, type Score } from '../run/scores.ts'
import { samplesOf } from '../run/values.ts'
import { refuseSameFile, wantedValues, withValues } from '../run/wanted-values.ts'

export interface RunOptions extends CommonOptions, ValueOptions {
  readonly output: Readonly<Record<string, string>>
  readonly backend?: 'auto' | BackendName
  readonly top?: number
  /** `training`: dropouts drop, as in training. */
  readonly mode: 'inference' | 'training'
  /** How many passes there are in training. */
  readonly samples?: number
  /** The files of what deviates over the passes. */
  readonly deviation: Readonly<Record<string, string>>
  readonly json: boolean
}

/** Runs a model on files, and prints or writes what it gives: once or, with dropout, several times. */
export async function run(file: string, options: RunOptions): Promise<void> {
  checkMode(options)
  const session = await openSession(options)
  const model = openModel(file, session)
  const list = `its outputs are ${model.outputs.map(({ name }) => name).join(', ')}, and fmw show ${file} lists all nodes`
  const [values, deviations] = [wantedValues(model, options.output, list), wantedValues(model, options.deviation, list)]
  refuseSameFile([...values, ...deviations])
  const graph = withValues(model, [...values, ...deviations])
  const given = await givenValues(graph, options, session)
  const meanings = new Map(model.outputs.map((output) => [output.name, meaningOf(output, given.described)]))
  const computed = await compute(graph, given, meanings, options, session)
  await writeAllAtomically([
    ...values.map(({ name, path, encode }) => ({ path, bytes: encode(computed.outputs.get(name)!) })),
    ...deviations.map(({ name, path, encode }) => ({ path, bytes: encode(computed.deviations!.get(name)!) })),
  ])
  const results = graph.outputs.map(({ name, node }): Result => {
    const isOutput = meanings.has(name)
    return {
      name,
      node: isOutput || node.path === name ? undefined : node.path,
      data: computed.outputs.get(name)!,
      path: values.find((one) => one.name === name)?.path,
      deviation: computed.deviations?.get(name),
      deviationPath: deviations.find((one) => one.name === name)?.path,
      meaning: meanings.get(name),
      scores: isOutput ? computed.scores(name) : undefined,
    }
  })
  report(results, computed, given, options, session)
}

function checkMode({ mode, samples, deviation }: RunOptions): void {
  if (mode === 'inference' && samples !== undefined) throw new UsageError('--samples belongs to --mode training: without dropout every pass gives the same')
  if (Object.keys(deviation).length > 0 && (samples ?? 1) < 2) throw new UsageError('--deviation belongs to --mode training --samples N, where N is at least 2')
}

interface Computed {
  readonly outputs: ReadonlyMap<string, TensorData>
  /** Over several passes. */
  readonly deviations: ReadonlyMap<string, TensorData> | undefined
  /** Of each sample, where `--top` asks for them. */
  readonly scores: (output: string) => readonly (readonly Score[])[] | undefined
  readonly ms: number
  readonly backend: BackendName
}

async function compute(
  graph: Graph,
  given: GivenValues,
  meanings: ReadonlyMap<string, Meaning | undefined>,
  { mode, samples = 1, backend, top, seed }: RunOptions,
  session: Session,
): Promise<Computed> {
  if (mode === 'inference') {
    const executed = await execute(graph, given.inputs, given.weights, backend, session)
    const scores = (name: string) =>
      top === undefined ? undefined : samplesOf(executed.outputs.get(name)!).map((sample) => largest(sample, meanings.get(name), top))
    return { ...executed, deviations: undefined, scores }
  }
  const all = new Map([...meanings].map(([name, meaning]) => [name, passesScores(meaning)]))
  const seen = (outputs: ReadonlyMap<string, TensorData>): void => {
    if (top !== undefined) for (const [name, scores] of all) scores.add(outputs.get(name)!)
  }
  const passes = { count: samples, seed: seed ?? session.config.seed ?? 0, backend, seen }
  const { deviations: found, ...executed } = await executePasses(graph, given.inputs, given.weights, passes, session)
  const deviations = samples > 1 ? found : undefined
  session.terminal.note(`dropout as in training: ${samples === 1 ? 'one pass' : `${samples} passes`}, seed ${passes.seed}; normalisations as in inference`)
  const scores = (name: string) =>
    top === undefined ? undefined : all.get(name)!.largest(executed.outputs.get(name)!, deviations?.get(name), top)
  return { ...executed, deviations, scores }
}

function report(results: readonly Result[], { backend, ms }: Computed, given: GivenValues, options: RunOptions, { terminal, config }: Session): void {
  const { mode, samples = 1, json } = options
  if (json) {
    const passes = mode === 'training' && { mode, samples, seed: options.seed ?? config.seed ?? 0 }
    terminal.json({ backend, ...passes, outputs: resultsJson(results), ms, ...preparedJson(given) })
    return
  }
  terminal.result(results.map((result) => resultText(result, samples)).join('\n'))
  for (const { name, scores, meaning } of results)
    if (scores && !meaning) terminal.note(`${name}: nothing says what its values mean: the largest are printed as they are`)
}

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
