import { hasBatch, type Graph } from '../../compiler/graph/graph.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Shape } from '../../compiler/graph/graph.ts'
import { shapeText, sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import { channelsLast } from '../../runtime/data/array-readings.ts'
import { Failure, failIfAny, problem } from '../../runtime/failure/failure.ts'
import { readNpy } from '../../runtime/files/npy.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import type { Convention } from '../../runtime/weights/import/convention.ts'
import { UsageError } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'
import { compareOutputs, isConstant } from './compare-outputs.ts'
import { execute } from './execute.ts'

export interface Proof {
  /** `name=file.npy`, or `file.npy` where there is only one. */
  readonly input: readonly string[]
  readonly expect: readonly string[]
  readonly backend?: 'auto' | BackendName
}

/**
 * Runs a model on inputs of which it is known what another program makes of them; the largest difference of each output, relative to what
 * its channels vary by. Nothing without `--expect`.
 *
 * @param most that an output may differ
 * @throws Failure `weights/unproven` where one differs by more, `weights/proof` for an array that proves nothing
 */
export async function provedDifferences(
  graph: Graph,
  weights: ReadonlyMap<string, TensorData>,
  convention: Convention,
  most: number,
  { input, expect, backend }: Proof,
  session: Session,
): Promise<Readonly<Record<string, number>> | undefined> {
  const inputs = namedFiles('--input', input, graph.inputs.map(({ name }) => name))
  const outputs = namedFiles('--expect', expect, graph.outputs.map(({ name }) => name))
  if (inputs.size === 0 && outputs.size === 0) return undefined
  const missing = graph.inputs.filter(({ name }) => !inputs.has(name)).map(({ name }) => name)
  if (missing.length > 0 || outputs.size === 0)
    throw new UsageError(`a proof needs every input and what is expected: ${[...missing.map((name) => `--input ${name}=FILE.npy`), ...(outputs.size === 0 ? ['--expect FILE.npy'] : [])].join(' ')}`)
  const absent = [...graph.nodes].filter((node) => (node.kind === 'param' || node.kind === 'state') && !weights.has(node.path))
  if (absent.length > 0) throw new UsageError(`a proof needs all weights, and --skip leaves ${absent[0]!.path} out`)
  const given = new Map<string, TensorData>()
  for (const { name, type } of graph.inputs) {
    const path = inputs.get(name)!
    given.set(name, arranged(await finite(path), type.shape, { path, convention, session, batched: hasBatch(type) }))
  }
  const results = await execute(graph, given, weights, backend, session)
  const differences: [string, number][] = []
  for (const { name, node } of graph.outputs) {
    const path = outputs.get(name)
    const result = results.outputs.get(name)
    if (path === undefined || !result) continue
    const expected = arranged(await finite(path), node.type.shape, { path, convention, session, batched: hasBatch(node.type), actual: result.shape })
    const compared = compareOutputs(result, expected, node.type.shape.length)
    if (isConstant(compared, most)) throw new Failure([problem('weights/proof', { reason: constantText(expected) }, { file: path })])
    differences.push([name, compared.difference])
  }
  for (const [name, difference] of differences) session.terminal.note(`${name}: differs by at most ${difference.toExponential(1)} of what it varies by`)
  const wrong = differences.filter(([, difference]) => !(difference <= most))
  failIfAny(wrong.map(([output, difference]) => problem('weights/unproven', { output, difference: difference.toExponential(1), most: String(most) })))
  return Object.fromEntries(differences)
}

/** The numbers in a file, all of them finite. */
async function finite(path: string): Promise<TensorData> {
  const array = readNpy(await readBytes(path), path)
  const at = array.values.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return array
  const index = array.shape.map((extent, axis) => Math.floor(at / sizeOf(array.shape.slice(axis + 1))) % extent)
  throw new Failure([problem('weights/proof', { reason: `${array.values[at]} stands at [${index.join(', ')}]` }, { file: path })])
}

/** What is said of an expectation that does not vary. */
function constantText({ values }: TensorData): string {
  const [first = 0] = values
  if (values.length === 1) return `it is one number, ${first}`
  return values.every((value) => value === first) ? `it is ${first} throughout` : 'it is the same in all samples and places'
}

/** Files by input or output, as `image=x.npy`; where there is only one, its name may be left out. */
function namedFiles(option: string, given: readonly string[], names: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const text of given) {
    const [, name = names.length === 1 ? names[0] : undefined, path = text] = /^(\w+)=(.+)$/s.exec(text) ?? []
    if (name === undefined || !names.includes(name)) throw new UsageError(`${option} ${text}: it has the form name=file.npy, and the names are ${names.join(', ')}`)
    if (files.has(name)) throw new UsageError(`${option}: ${name} is given twice`)
    files.set(name, path)
  }
  return files
}

interface Arrangement {
  readonly path: string
  readonly convention: Convention
  readonly session: Session
  readonly batched: boolean
  /** The extents that the model made. */
  readonly actual?: readonly number[]
}

/** An array with the batch first and the channels last, as the model has them; PyTorch has the channels before the places. */
function arranged(array: TensorData, shape: Shape, { path, convention, session, batched, actual }: Arrangement): TensorData {
  const rank = shape.length + (batched ? 1 : 0)
  const whole = array.shape.length === rank - 1 && batched ? { ...array, shape: [1, ...array.shape] } : array
  const fits = (extents: readonly number[]): boolean =>
    actual ? String(actual) === String(extents) : extents.length === rank && shape.every(({ dim }, axis) => typeof dim !== 'number' || extents.at(axis - shape.length) === dim)
  const last = whole.shape.length === rank && shape.length === 3 ? withChannelsLast(whole) : undefined
  if (last && fits(last.shape) && (convention === 'torch' || !fits(whole.shape))) {
    session.terminal.note(`${path}: ${shapeText(whole.shape)} is taken as channels first`)
    return last
  }
  if (fits(whole.shape)) return whole
  throw new UsageError(`${path} is ${shapeText(array.shape)}, and the model has ${actual ? shapeText(actual) : printShape(shape)}`)
}

/** A map [c, h, w], or several, as [h, w, c]. */
function withChannelsLast({ shape, values }: TensorData): TensorData {
  const { shape: [samples, ...last], values: moved } = channelsLast({ shape: [...(shape.length === 3 ? [1] : []), ...shape], values })
  return { shape: shape.length === 3 ? last : [samples!, ...last], values: moved }
}
