import type { BackendName } from '../../runtime/backend/backend.ts'
import { metadataTexts } from '../../codegen/tfjs/runtime/metadata.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { shapeText, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, problem, Failure } from '../../runtime/failure/failure.ts'
import { checkWritable } from '../../runtime/files/check-writable.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import { checkVariances, checkWeightValues } from '../../runtime/weights/check-values.ts'
import { conventionsOf, programOf, type Convention } from '../../runtime/weights/import/convention.ts'
import type { ForeignFile } from '../../runtime/weights/import/foreign-file.ts'
import { converted } from '../../runtime/weights/import/layouts.ts'
import { parseMap, printMap, type WeightMap } from '../../runtime/weights/import/map-file.ts'
import { openText, problemsOf, remarks, unprovenOrder } from '../../runtime/weights/import/import-report.ts'
import { planImport, type ImportPlan } from '../../runtime/weights/import/plan-import.ts'
import { precisionOf } from '../../runtime/weights/import/precision.ts'
import { readForeign } from '../../runtime/weights/import/read-foreign.ts'
import { weightUses, type WeightUse } from '../../runtime/weights/import/weight-uses.ts'
import { refuseCheckpoint } from '../../runtime/weights/weights.ts'
import { UsageError } from '../exit/exit.ts'
import { openModelText, openSession, type Session } from '../files/open-model.ts'
import { originOf } from '../files/origin-of.ts'
import { readSource } from '../files/read-source.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { provedDifferences, type Proof } from '../run/proved-differences.ts'
import { table } from '../terminal/table.ts'
import { withoutSkipped } from './without-skipped.ts'

interface ImportOptions extends CommonOptions, Proof {
  readonly output?: string
  readonly layout?: Convention
  readonly map?: string
  readonly saveMap?: string
  /** Patterns of weights and of tensors that are left out. */
  readonly skip: readonly string[]
  readonly backend?: 'auto' | BackendName
  readonly json: boolean
}

/** Writes the weights of another program under the names and in the layouts of a model. */
export async function importWeights(file: string, text: string, options: ImportOptions): Promise<void> {
  const session = await openSession(options)
  const { graph, text: source } = openModelText(text, session)
  await checkWritable([options.output, options.saveMap].flatMap((path) => path ?? []))
  const whole = await readForeign(await readBytes(file), file)
  refuseCheckpoint(whole.texts, file)
  const convention = options.layout ?? conventionOf(whole, file)
  const { foreign, uses } = withoutSkipped(whole, weightUses(graph), graph, options.skip)
  if (uses.length === 0) throw new UsageError(options.skip.length > 0 ? `--skip leaves no weight of ${graph.name}` : `${graph.name} has no weights`)
  const map = options.map === undefined ? noMap : mapIn(options.map, foreign, uses)
  const plan = planImport(foreign, graph, uses, { convention, map })
  if (options.saveMap !== undefined) await saveMap(options.saveMap, plan, `${file} -> ${text}, ${programOf[convention]}'s layouts`)
  const problems = problemsOf(plan, file, convention)
  if (!options.json || problems.length > 0) report(plan, uses.length, options, session)
  for (const remark of [whose(whole, convention, file), ...remarks(plan, graph, whole, convention, options.expect.length > 0)]) session.terminal.note(remark)
  failIfAny(problems)
  const tensors = converted32(plan, file)
  const variances = plan.pairs.flatMap(({ use: { role, weight } }) => (role === 'variance' ? [weight.path] : []))
  failIfAny([...checkWeightValues(tensors, [file]), ...checkVariances(new Map([...tensors].filter(([path]) => variances.includes(path))), file)])
  const differences = await provedDifferences(graph, tensors, convention, precisionOf(plan.pairs.map(({ tensor }) => tensor)).allowed, options, session)
  if (differences) checkOthers(differences, plan, graph, file, session)
  if (options.json) session.terminal.json({ ...planToJson(plan), ...(differences && { differences }) })
  if (options.output !== undefined) await write(options.output, tensors, { graph, source, whole, convention, session })
}

/** Whose a file is taken for, and where its names say otherwise, that they do. */
function whose(foreign: ForeignFile, convention: Convention, file: string): string {
  const [named, ...others] = conventionsOf(foreign)
  if (named === undefined || others.length > 0 || named === convention) return `${file}: names and layouts of ${programOf[convention]}`
  return `${file}: layouts of ${programOf[convention]}, as --layout says; its names are ${programOf[named]}'s`
}

/** Says which outputs are not proved. @throws Failure `weights/ambiguous` where what only they read was told apart by its order alone */
function checkOthers(differences: Readonly<Record<string, number>>, plan: ImportPlan, graph: Graph, file: string, { terminal }: Session): void {
  const proved = new Set(Object.keys(differences))
  const others = graph.outputs.filter(({ name }) => !proved.has(name)).map(({ name }) => name)
  if (others.length > 0) terminal.note(`not proven: ${others.join(', ')}`)
  failIfAny(unprovenOrder(plan, graph, proved, file))
}

/** Nothing is mapped beforehand. */
const noMap: Pick<WeightMap, 'pairs' | 'parts'> = { pairs: [], parts: [] }

function conventionOf(foreign: ForeignFile, file: string): Convention {
  const [convention, ...others] = conventionsOf(foreign)
  if (convention && others.length === 0) return convention
  const reason = convention ? `some are as ${[convention, ...others].map((one) => programOf[one]).join("'s, some as ")}'s` : "they are neither PyTorch's nor Keras's"
  const names = foreign.tensors.slice(0, 3).map(({ name, shape }) => `${name} ${shapeText(shape)}`)
  throw new Failure([
    problem('weights/convention', { reason }, { file, notes: [`it has ${names.join(', ') || 'no tensors'}`, 'say whose they are: --layout torch, keras or fmw'] }),
  ])
}

function mapIn(file: string, { tensors }: ForeignFile, uses: readonly WeightUse[]): WeightMap {
  const map = parseMap(readSource(file).text, file, tensors, uses)
  failIfAny(map.problems)
  return map
}

const saveMap = (file: string, plan: ImportPlan, title: string): Promise<void> =>
  writeAtomically(file, new TextEncoder().encode(printMap(title, linesOf(plan), openText(plan))))

const linesOf = ({ pairs }: ImportPlan) => pairs.map(({ tensor, use, layout, how }) => ({ from: tensor.name, to: use.weight.path, layout, how }))

const planToJson = (plan: ImportPlan) => ({
  pairs: linesOf(plan),
  missing: plan.missing.map(({ weight }) => weight.path),
  unexpected: plan.unexpected.map(({ name }) => name),
})

/** The pairs; where something is open, machines are told too. */
function report(plan: ImportPlan, count: number, { json }: ImportOptions, { terminal }: Session): void {
  if (json) return terminal.json(planToJson(plan))
  const rows = linesOf(plan).map(({ from, to, layout, how }) => [from, to, layout, how])
  const lines = rows.length > 0 ? table(['tensor', 'weight', 'layout', 'by'], rows, new Set(), terminal.outStyle) : []
  const found = [...new Set(plan.pairs.map(({ how }) => how))]
  const ways = found.map((how) => `${plan.pairs.filter((pair) => pair.how === how).length} by ${how}`)
  terminal.result([...lines, `${plan.pairs.length} of ${count} weights${ways.length > 0 ? `: ${ways.join(', ')}` : ''}`].join('\n'))
}

/** The weights as the model has them. @throws Failure `weights/dtype` for those that hold no floating-point numbers */
function converted32({ pairs }: ImportPlan, file: string): ReadonlyMap<string, TensorData> {
  const read = pairs.map((pair) => ({ ...pair, values: pair.tensor.values() }))
  failIfAny(
    read.flatMap(({ tensor: { name, dtype }, values }) => (values ? [] : [problem('weights/dtype', { weight: name, dtype }, { file })])),
  )
  return new Map(read.flatMap(({ use, layout, values }) => (values ? [[use.weight.path, converted(layout, values, use)] as const] : [])))
}

interface Written {
  readonly graph: Graph
  readonly source: string
  readonly whole: ForeignFile
  readonly convention: Convention
  readonly session: Session
}

async function write(output: string, tensors: ReadonlyMap<string, TensorData>, { graph, source, whole, convention, session }: Written): Promise<void> {
  // what a file of fmw says of classes and inputs stays true under other names
  const texts = { ...(convention === 'fmw' ? whole.texts : {}), ...metadataTexts(originOf(graph, source)) }
  await writeAtomically(output, writeSafetensors(tensors, texts))
  session.terminal.note(`wrote ${output}: ${tensors.size} weights of ${graph.name}`)
}
