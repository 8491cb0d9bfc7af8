import { metadataTexts, parseMetadata, type Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import { shapeText } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { Failure, failIfAny, problem } from '../../runtime/failure/failure.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import { compareModels, type ModelComparison } from '../../runtime/training/compare-models.ts'
import { matchWeights, matchWeightsByName, type Matching, type Pair } from '../../runtime/weights/match-weights.ts'
import type { NamedShape } from '../../runtime/weights/named-shape.ts'
import { readSafetensors } from '../../runtime/weights/safetensors.ts'
import { readHeader, readSafetensorsMetadata } from '../../runtime/weights/safetensors-header.ts'
import { checkWeights } from '../../runtime/weights/weights.ts'
import { openModel, openModelText, openSession, type Session } from '../files/open-model.ts'
import { originOf } from '../files/origin-of.ts'
import type { CommonOptions } from '../options/common-options.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'

interface MatchOptions extends CommonOptions {
  readonly json: boolean
}

/** Prints which weights of a file or a model are which of another. */
export async function diffWeights(from: string, to: string, options: MatchOptions): Promise<void> {
  const session = await openSession(options)
  if (!isText(from) || !isText(to)) {
    const matching = matchWeightsByName(await namesIn(from, session), await namesIn(to, session))
    return reportMatching(matching, options, session)
  }
  const [before, after] = [openModel(from, session), openModel(to, session)]
  const compared = compareModels(before, after)
  reportMatching(matchModels(before, after, compared), options, session)
  if (compared.difference !== undefined) session.terminal.note(`${to} computes something else than ${from}: ${compared.difference}`)
}

/** Writes the weights of a file, trained for one version of a text, under the names of another version. */
export async function renameWeights(
  file: string,
  old: string,
  changed: string,
  options: MatchOptions & { readonly output: string },
): Promise<void> {
  const session = await openSession(options)
  const [before, after] = [openModelText(old, session), openModelText(changed, session)]
  const bytes = await readBytes(file)
  const tensors = readSafetensors(bytes, file)
  failIfAny(checkWeights(weightsOf(before.graph), tensors, file))
  const compared = compareModels(before.graph, after.graph)
  const matching = matchModels(before.graph, after.graph, compared)
  const [first, ...others] = matching.missing.map((weight) =>
    problem('weights/missing', { weight: weight.name, shape: shapeText(weight.shape) }, { file }),
  )
  if (first) throw new Failure([first, ...others])
  const renamed = new Map(matching.pairs.map(({ from, to }) => [to, tensors.get(from)!]))
  const texts = readSafetensorsMetadata(bytes)
  const said = parseMetadata(texts).metadata ?? {}
  const [origin, current] = [originOf(before.graph, before.text), originOf(after.graph, after.text)]
  const isOther = said.graph !== undefined && said.graph !== origin.graph
  // what the weights were trained with stays said, so that whoever runs them with a text that computes something else is told
  const learned = isOther ? said : compared.difference === undefined ? current : origin
  const changes = { ...current, model: learned.model, source: learned.source, graph: learned.graph, ...renamedOutputs(said, compared) }
  await writeAtomically(options.output, writeSafetensors(renamed, { ...texts, ...metadataTexts(changes) }))
  reportMatching(matching, options, session)
  const { note } = session.terminal
  note(`wrote ${options.output}: ${renamed.size} weights of ${after.graph.name}`)
  if (compared.difference !== undefined) note(`${changed} computes something else than ${old}: ${compared.difference}`)
  if (isOther) note(`${file} was trained with another text than ${old}, which computes something else`)
  if (compared.difference !== undefined || isOther) note(`${options.output} keeps saying which version its weights are of`)
}

/** What is said of outputs by their names in the changed text. */
function renamedOutputs({ output, outputs }: Metadata, { outputs: names }: ModelComparison): Pick<Metadata, 'output' | 'outputs'> {
  const renamed = (name: string): string => names.get(name) ?? name
  return {
    ...(output !== undefined && { output: renamed(output) }),
    ...(outputs && { outputs: Object.fromEntries(Object.entries(outputs).map(([name, said]) => [renamed(name), said])) }),
  }
}

const isText = (file: string): boolean => file.endsWith('.fmw')

async function namesIn(file: string, session: Session): Promise<readonly NamedShape[]> {
  if (isText(file)) return namesOf(openModel(file, session))
  const { tensors, problems } = readHeader(await readBytes(file), file)
  failIfAny(problems)
  return tensors.map(({ name, shape }) => ({ name, shape }))
}

/** The weights of two models by their places where both compute the same; what has none, as what no output reads, by its name and order. */
function matchModels(before: Graph, after: Graph, { weights }: ModelComparison): Matching {
  const placed = weights.map(([{ path: from }, { path: to }]): Pair => ({ from, to, how: from === to ? 'same' : 'place' }))
  const [sources, targets] = [new Set(placed.map(({ from }) => from)), new Set(placed.map(({ to }) => to))]
  const rest = matchWeights(
    namesOf(before).filter(({ name }) => !sources.has(name)),
    namesOf(after).filter(({ name }) => !targets.has(name)),
  )
  return { ...rest, pairs: [...placed, ...rest.pairs] }
}

const namesOf = (graph: Graph): readonly NamedShape[] =>
  weightsOf(graph).map(({ path, segments, type }) => ({ name: path, shape: fixedShape(type.shape), kind: segments.at(-1)! }))

function reportMatching(matching: Matching, { json }: MatchOptions, { terminal }: Session): void {
  if (json) terminal.json(matchingToJson(matching))
  else terminal.result(printMatching(matching, terminal.outStyle).join('\n'))
}

const matchingToJson = ({ pairs, missing, unexpected }: Matching) => ({
  pairs,
  missing: missing.map(({ name }) => name),
  unexpected: unexpected.map(({ name }) => name),
})

/** Only what differs: weights of equal names are counted. */
function printMatching({ pairs, missing, unexpected }: Matching, screen: Screen): readonly string[] {
  const moved = pairs.filter(({ how }) => how !== 'same')
  const sized = ({ name, shape }: NamedShape): string => `${name} ${shapeText(shape)}`
  return [
    ...(moved.length > 0 ? table(['from', 'to'], moved.map(({ from, to }) => [from, to]), new Set(), screen) : []),
    ...missing.map((weight) => `missing     ${sized(weight)}`),
    ...unexpected.map((weight) => `unexpected  ${sized(weight)}`),
    `${pairs.length - moved.length} of equal names, ${moved.length} renamed, ${missing.length} missing, ${unexpected.length} unexpected`,
  ]
}
