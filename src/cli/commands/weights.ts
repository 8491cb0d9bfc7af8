import { metadataTexts, parseMetadata, type Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { Failure, failIfAny, problem } from '../../runtime/failure/failure.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import { matchWeights, matchWeightsByName, type Matching } from '../../runtime/weights/match-weights.ts'
import type { NamedShape } from '../../runtime/weights/named-shape.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../runtime/weights/safetensors.ts'
import { readHeader, readSafetensorsMetadata } from '../../runtime/weights/safetensors-header.ts'
import { sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { readForeign } from '../../runtime/weights/import/read-foreign.ts'
import { checkWeights } from '../../runtime/weights/weights.ts'
import { openModel, openModelText, openSession, type Session } from '../files/open-model.ts'
import { originOf } from '../files/origin-of.ts'
import type { CommonOptions } from '../options/common-options.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { openTerminal } from '../terminal/terminal.ts'

interface ListOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

interface MatchOptions extends CommonOptions {
  readonly json: boolean
}

/** Prints what a file of weights holds, also one that is to be imported. */
export async function listWeights(file: string, { json, ...options }: ListOptions): Promise<void> {
  const { result, json: printJson, note, outStyle } = openTerminal(options)
  const { tensors, texts: metadata } = await readForeign(await readBytes(file), file)
  const listed = tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape }))
  if (json) return printJson({ tensors: listed, metadata })
  const sorted = listed.toSorted((a, b) => naturally.compare(a.name, b.name))
  const rows = sorted.map(({ name, dtype, shape }) => [name, dtype, shapeText(shape), sizeOf(shape).toLocaleString('en-US')])
  const numbers = listed.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  result(
    [
      ...table(['tensor', 'dtype', 'shape', 'numbers'], rows, new Set([3]), outStyle),
      '',
      `${listed.length} tensors, ${numbers.toLocaleString('en-US')} numbers`,
      ...Object.entries(metadata).map(([key, value]) => `${key}: ${begun(value)}`),
    ].join('\n'),
  )
  for (const fault of parseMetadata(metadata).faults) note(`${file}: ${fault}`)
}

/** Numbers in names by what they are, so that c3/2 is before c3/10. */
const naturally = new Intl.Collator('en', { numeric: true })

/** A text, or the beginning of one that is long, such as the names of a thousand classes. */
const begun = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}... (${text.length} characters)` : text)

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`

/** Prints which weights of a file or a model are which of another. */
export async function diffWeights(from: string, to: string, options: MatchOptions): Promise<void> {
  const session = await openSession(options)
  const match = isText(from) && isText(to) ? matchWeights : matchWeightsByName
  const matching = match(await namesIn(from, session), await namesIn(to, session))
  reportMatching(matching, options, session)
}

/** Writes the weights of a file, trained for one version of a text, under the names of another version. */
export async function renameWeights(
  file: string,
  old: string,
  changed: string,
  options: MatchOptions & { readonly output: string },
): Promise<void> {
  const session = await openSession(options)
  const before = openModel(old, session)
  const { graph: after, text } = openModelText(changed, session)
  const bytes = await readBytes(file)
  const tensors = readSafetensors(bytes, file)
  failIfAny(checkWeights(weightsOf(before), tensors, file))
  const matching = matchWeights(namesOf(before), namesOf(after))
  const [first, ...others] = matching.missing.map((weight) =>
    problem('weights/missing', { weight: weight.name, shape: shapeText(weight.shape) }, { file }),
  )
  if (first) throw new Failure([first, ...others])
  const renamed = new Map(matching.pairs.map(({ from, to }) => [to, tensors.get(from)!]))
  const texts = readSafetensorsMetadata(bytes)
  const changes = { ...originOf(after, text), ...renamedOutputs(parseMetadata(texts).metadata ?? {}, before, after) }
  await writeAtomically(options.output, writeSafetensors(renamed, { ...texts, ...metadataTexts(changes) }))
  reportMatching(matching, options, session)
  session.terminal.note(`wrote ${options.output}: ${renamed.size} weights of ${after.name}`)
}

/** What is said of outputs by their names in the changed text, where both texts have as many. */
function renamedOutputs({ output, outputs }: Metadata, before: Graph, after: Graph): Pick<Metadata, 'output' | 'outputs'> {
  if (before.outputs.length !== after.outputs.length) return {}
  const names = new Map(before.outputs.map(({ name }, place) => [name, after.outputs[place]!.name]))
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
