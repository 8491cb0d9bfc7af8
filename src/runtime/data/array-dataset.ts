import { bindInputs } from '../../codegen/bind-inputs.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, InputNode } from '../../compiler/graph/graph.ts'
import { failIfAny, problem, type Problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { noteOfBytes } from './byte-values.ts'
import { digestNumbers, endDigest, startDigest } from './digest.ts'
import type { Cells } from './element-name.ts'
import { failWith } from './fail-with.ts'
import { fitArray, mendsOf, ofAnySize, wantedOf } from './fit-array.ts'
import { fitTargets } from './fit-targets.ts'
import type { DatasetOptions, OpenedDataset, OpenedTarget, Target } from './opened-dataset.ts'
import { outputShape } from './output-shape.ts'
import { resizeMaps } from './resize-map.ts'
import { takeSamples } from './take-samples.ts'
import { valuesProblems } from './values-problems.ts'

interface Arrays {
  /** By the name of the input, the samples first. */
  readonly inputs: Readonly<Record<string, TensorData>>
  readonly targets: readonly ArrayTarget[]
}

/** An array with what an output should be. */
export interface ArrayTarget {
  readonly target: Target
  readonly data: TensorData
  /** What it is called in the file. */
  readonly name: string
  /** That it was read from, where it is another one than that of the samples. */
  readonly file?: string
  /** Where its elements stand in a table that it was read from. */
  readonly cells?: Cells
}

/**
 * Samples that are in memory.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `data/shape`, `data/value`, `data/label`: everything that does not fit the model
 */
export function arrayDataset({ inputs: given, targets }: Arrays, graph: Graph, file: string, options: Omit<DatasetOptions, 'targets'>): OpenedDataset {
  const { resize, note } = options
  if (resize === true) checkResize(graph, file)
  const values = Object.entries(given).flatMap(([name, data]) => valuesProblems(name, data, file))
  const fits = graph.inputs.map((input) => fitInput(given[input.name]!, input, { ...options, file }))
  const inputs = Object.fromEntries(fits.map(({ name, data }) => [name, data]))
  const bound = bindInputs(
    graph,
    Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, { shape, dtype: 'float32' }])),
  )
  const severalWays = fits.flatMap((fit) => fit.problems)
  if ('mismatches' in bound) {
    const wrong = bound.mismatches.filter(({ subject }) => !fits.some(({ name, problems }) => name === subject && problems.length > 0))
    const notesOf = (subject: string): readonly string[] => fits.find(({ name }) => name === subject)?.mends ?? []
    const isFirst = (subject: string, i: number): boolean => wrong.findIndex((other) => other.subject === subject) === i
    const mismatches = wrong.map(({ subject, message }, i) =>
      problem('data/shape', { mismatch: message }, { file, notes: isFirst(subject, i) ? notesOf(subject) : [] }),
    )
    failWith([...severalWays, ...mismatches, ...values])
  }
  const size = Object.values(inputs)[0]?.shape[0] ?? 0
  const resizedFrom = fits.flatMap((fit) => (fit.resizedFrom ? [fit.resizedFrom] : []))
  const fitted: Record<string, OpenedTarget> = {}
  const problems: Problem[] = []
  for (const { target, data, name, file: own, cells } of targets) {
    const shape = outputShape(graph, target.output, bound.extents)
    // an input that is its own target was brought to its form already
    const input = target.from === name ? inputs[name] : undefined
    const found = fitTargets(input ?? data, { name, size, target, shape, file: own ?? file, cells, resizedFrom: input ? [] : resizedFrom, note })
    if ('problems' in found) problems.push(...found.problems)
    else fitted[target.output] = { ...found, ...(own !== undefined && { file: own }), ...(target.classes && { classes: target.classes }) }
  }
  failIfAny([...values, ...problems])
  const hash = startDigest()
  for (const [name, data] of Object.entries(inputs)) digestNumbers(hash, name, data)
  // an array with a file of its own is called as that, which may be elsewhere later
  for (const [output, { data, name, file: own }] of Object.entries(fitted)) digestNumbers(hash, own === undefined ? name : output, data)
  return {
    size,
    digest: endDigest(hash),
    targets: fitted,
    read: async (positions) => ({
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, data]) => [name, takeSamples(data, positions)])),
      targets: Object.fromEntries(Object.entries(fitted).map(([name, { data }]) => [name, takeSamples(data, positions)])),
    }),
  }
}

interface FittedInput {
  readonly name: string
  readonly data: TensorData
  /** Where it fits in several ways. */
  readonly problems: readonly Problem[]
  /** What would make it fit, where it does not. */
  readonly mends: readonly string[]
  /** Its height and width before it was resized. */
  readonly resizedFrom?: readonly [number, number]
}

/** @throws Failure `data/source` where nothing could be resized */
function checkResize({ name, inputs }: Graph, file: string): void {
  const maps = inputs.filter(({ type: { shape } }) => shape.length === 3)
  const [unsized] = maps.filter(({ type: { shape } }) => shape.slice(0, 2).some(({ dim }) => typeof dim !== 'number'))
  const reason =
    maps.length === 0
      ? `--resize is for maps [height, width, channels], and no input of ${name} is one`
      : unsized && `the input ${unsized.name} ${printShape(unsized.type.shape)} has no fixed size to which maps could be resized`
  failIfAny(reason === undefined ? [] : [problem('data/source', { reason }, { file })])
}

function fitInput(array: TensorData, input: InputNode, { file, resize, normalization, note }: { readonly file: string } & Omit<DatasetOptions, 'targets'>): FittedInput {
  const { name, type: { shape } } = input
  const wanted = wantedOf(input, file)
  const [height, width] = wanted.extents
  const isMap = shape.length === 3 && height !== undefined && width !== undefined
  const found = fitArray(array, wanted) ?? (resize === true && isMap ? fitArray(array, ofAnySize(wanted)) : undefined)
  if (!found) return { name, data: array, problems: [], mends: mendsOf(array, wanted) }
  if ('problem' in found) return { name, data: array, problems: [found.problem], mends: [] }
  const ofBytes = noteOfBytes(array, shape, normalization)
  for (const text of [found.note, ofBytes && `${file}: ${name}: ${ofBytes}`]) if (text !== undefined) note(text)
  const [, oldHeight, oldWidth] = found.data.shape
  if (!isMap || (oldHeight === height && oldWidth === width)) return { name, data: found.data, problems: [], mends: [] }
  note(`${file}: ${name} is resized from ${oldHeight}x${oldWidth} to ${height}x${width} (height x width)`)
  return { name, data: resizeMaps(found.data, [height, width]), problems: [], mends: [], resizedFrom: [oldHeight!, oldWidth!] }
}
