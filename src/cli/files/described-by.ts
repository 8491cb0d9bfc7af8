import { parseMetadata, type Metadata, type PictureRules } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Dim } from '../../compiler/dim/expr.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { normalizationFaults } from '../../runtime/data/normalize.ts'
import { failIfAny, problem } from '../../runtime/failure/failure.ts'
import type { WeightFile } from '../../runtime/weights/weights.ts'
import { graphHash } from './origin-of.ts'

/** A file of weights, and what it says of itself. */
export interface Described {
  readonly file: string
  readonly metadata: Metadata
}

interface Options {
  /** Whether an option says how inputs are normalised, whatever the file does. */
  readonly normalized: boolean
  readonly note: (text: string) => void
}

/**
 * What the files of weights say of the whole model: that of the one which is not for a scope of it. What it has that does not fit the
 * text as it is now is noted, and so is that nothing is said.
 *
 * @throws Failure `weights/metadata` with everything that is at fault in it, or contradicts the weights
 */
export function describedBy(files: readonly WeightFile[], graph: Graph, { normalized, note }: Options): Described | undefined {
  const [whole, ...others] = files.filter(({ prefix }) => prefix === undefined)
  if (!whole || others.length > 0) {
    const speaking = files.filter(({ texts }) => texts['fmw'] !== undefined).map(({ file }) => file)
    if (speaking.length > 0) note(`${speaking.join(', ')}: what is said of classes and inputs is of parts of ${graph.name}, and left aside`)
    return undefined
  }
  const { file, texts } = whole
  const fail = (faults: readonly string[]): void =>
    failIfAny(faults.map((reason) => problem('weights/metadata', { reason }, { file, notes: ['--no-metadata leaves all of it aside'] })))
  const { metadata, faults } = parseMetadata(texts)
  fail(faults)
  if (!metadata || (!metadata.normalize && !metadata.output)) {
    if (metadata) for (const change of changesSince(metadata, graph)) note(`${file} ${change}`)
    note(`${file} does not say what its outputs mean and how its inputs were prepared: values are taken as they are`)
    return undefined
  }
  fail(misfits(normalized ? { ...metadata, normalize: undefined } : metadata, graph))
  for (const change of changesSince(metadata, graph)) note(`${file} ${change}`)
  return { file, metadata: hasOutput(metadata, graph) ? metadata : { ...metadata, ...withoutOutput } }
}

/** What weights say of an output, whether it is the answer or was trained with it. */
export const saidOf = (output: string, metadata: Metadata | undefined): Pick<Metadata, 'classes' | 'probabilities'> | undefined =>
  output === metadata?.output ? metadata : metadata?.outputs?.[output]

const withoutOutput = { output: undefined, classes: undefined, probabilities: undefined }

const hasOutput = ({ output }: Metadata, { outputs }: Graph): boolean => outputs.some(({ name }) => name === output)

/** In what it contradicts the model, whose weights fit. */
export const misfits = ({ classes, normalize, output, outputs = {} }: Metadata, graph: Graph): readonly string[] => [
  ...(normalize ? normalizationFaults(normalize, graph) : []),
  ...(classes ? classFaults(classes, graph, output) : []),
  ...Object.entries(outputs).flatMap(([name, said]) => classFaults(said.classes, graph, name)),
]

/** What can only be a mistake of the file: the text decides the number as it decides the shapes of the weights, which fit. */
function classFaults(classes: readonly string[], { outputs }: Graph, output: string | undefined): readonly string[] {
  const described = outputs.find(({ name }) => name === output)
  const last = described?.node.type.shape.at(-1)?.dim ?? 1
  const wanted = last === 1 ? 2 : last
  if (!described || typeof wanted !== 'number' || wanted === classes.length) return []
  const names = `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`
  return [`it names ${names}, and the output ${output} tells ${wanted} apart`]
}

/** In what the text is another one than that of the training, of which the weights fit all the same. */
function changesSince(metadata: Metadata, graph: Graph): readonly string[] {
  const { model, graph: hash, output, picture } = metadata
  const other = model === undefined || model === graph.name ? `another version of ${graph.name}` : `the model ${model}`
  const made = output === undefined ? 'made for' : 'trained with'
  return [
    ...(hash === undefined || hash === graphHash(graph) ? [] : [`was ${made} ${other}, which computes something else`]),
    ...(output === undefined || hasOutput(metadata, graph)
      ? []
      : [`was trained for an output ${output}, which ${graph.name} does not have: what it says of it is left aside`]),
    ...(picture ? otherSizes(picture, graph) : []),
  ]
}

const otherSizes = ({ size: [height, width] }: PictureRules, { inputs }: Graph): readonly string[] =>
  inputs
    .filter(({ type: { shape } }) => isOther(shape[0]?.dim, height) || isOther(shape[1]?.dim, width))
    .map(({ name, type }) => `was trained on pictures of ${height}x${width}, and the input ${name} is ${printShape(type.shape)}`)

const isOther = (dim: Dim | undefined, extent: number): boolean => typeof dim === 'number' && dim !== extent
