import type { Graph } from '../../compiler/graph/graph.ts'
import { listed } from '../../runtime/data/listed.ts'
import type { OpenedDataset, OpenedTarget, Target } from '../../runtime/data/opened-dataset.ts'
import { failIfAny, problem, type Problem } from '../../runtime/failure/failure.ts'
import { checkLoss } from '../../runtime/training/check-loss.ts'
import { checkTargets } from '../../runtime/training/check-targets.ts'
import { defaultLoss } from '../../runtime/training/default-loss.ts'
import { hasParts } from '../../runtime/training/has-parts.ts'
import { isOfClasses, isOfProbabilities, type LossName } from '../../runtime/training/losses.ts'
import type { Goal } from '../../runtime/training/objective.ts'
import { scaledMask } from '../../runtime/training/scaled-mask.ts'
import { withoutIgnored } from '../../runtime/training/without-ignored.ts'
import { UsageError } from '../exit/exit.ts'
import { outputOf } from '../options/output-of.ts'
import type { TargetChoice } from './target-choice.ts'

/** An output that is trained or measured, as far as the command line says it. */
export interface Aim {
  readonly output: Graph['outputs'][number]
  readonly loss: LossName | undefined
  readonly weight: number
  readonly from: string | undefined
  readonly ignored: number | undefined
}

interface Said {
  readonly targets: readonly TargetChoice[]
  /** Of each target that names none. */
  readonly loss: LossName | undefined
  readonly ignore: number | undefined
}

/** The outputs that --target names, or the only one. @throws UsageError */
export function aimsOf(graph: Graph, { targets, loss, ignore }: Said): readonly Aim[] {
  const { name, outputs } = graph
  const names = outputs.map((output) => output.name)
  const [only, ...others] = outputs
  if (targets.length === 0 && (others.length > 0 || !only)) {
    throw new UsageError(
      `${name} has several outputs: choose with --target ${names.join(' or --target ')}, or give several of them, each with a loss and a weight if need be, such as --target ${names[1]}=mse*0.5`,
    )
  }
  const said: readonly TargetChoice[] = targets.length === 0 ? [{ output: only!.name }] : targets
  const twice = said.find(({ output }, i) => said.findIndex((other) => other.output === output) !== i)
  if (twice) throw new UsageError(`--target ${twice.output} is given twice, and an output has one loss`)
  if (said.length === 1 && said[0]!.weight !== undefined) {
    throw new UsageError(`the weight of ${said[0]!.output} weighs its loss against others, and there are none; --learning-rate makes steps smaller`)
  }
  if (loss !== undefined && said.every((each) => each.loss !== undefined)) {
    throw new UsageError('--loss is of targets that name none, and each --target names its own')
  }
  return said.map((target) => ({
    output: outputOf(graph, target.output),
    loss: target.loss ?? loss,
    weight: target.weight ?? 1,
    from: target.from,
    // as the numbers of data are, and 0 for -0
    ignored: ignore === undefined ? undefined : Math.fround(ignore) + 0,
  }))
}

/**
 * What data has to say of each.
 *
 * @param classes in the order of their labels, where they are known before
 */
export const targetsOf = (aims: readonly Aim[], classes: (aim: Aim) => readonly string[] | undefined = () => undefined): readonly Target[] =>
  aims.map((aim) => {
    const { output, loss, from, ignored } = aim
    const known = classes(aim)
    return {
      output: output.name,
      ...(loss !== undefined && !isOfClasses(loss) && { kind: 'values' as const }),
      ...(from !== undefined && { from }),
      ...(ignored !== undefined && { ignored }),
      ...(known && { classes: known }),
    }
  })

/**
 * The losses that are given, which have to fit the outputs, or those that model and data ask for, of which is told.
 *
 * @throws Failure `training/loss`, and `data/value` where the loss would learn the numbers of a mask
 */
export function goalsOf(aims: readonly Aim[], opened: OpenedDataset, file: string, note: (text: string) => void): readonly Goal[] {
  const { targets } = opened
  noteIgnored(aims, opened, note)
  noteShared(aims, opened, note)
  const goals = aims.map(({ output, loss: given, weight, ignored }): Goal => {
    const { name, node } = output
    const goal = { output, weight, ...(ignored !== undefined && { ignored }) }
    if (given !== undefined) {
      failIfAny(checkLoss(node, given, name))
      return { ...goal, loss: given }
    }
    const target = targets[name]!
    const { kind, data, name: inData } = target
    const said = withoutIgnored(data, ignored)
    const { loss, because } = defaultLoss(node, kind, said)
    if (loss === 'mse' && node.type.shape.length === 3) failIfAny(scaledMask(said, arrayName(inData, name), fileOf(target, file)))
    note(`loss: ${loss} of ${name}, as ${because} (--loss takes another)`)
    for (const { message, file, notes = [] } of checkLoss(node, loss, name)) note([`${file === undefined ? '' : `${file}: `}${message}`, ...notes].join('\n  = '))
    return { ...goal, loss }
  })
  return markedParts(goals, opened)
}

/** Tells from what outputs learn that are told apart in the data by nothing but what it has for all. */
function noteShared(aims: readonly Aim[], { targets }: OpenedDataset, note: (text: string) => void): void {
  const unnamed = aims.filter(({ from }) => from === undefined).map(({ output: { name } }) => name)
  const sources = new Set(unnamed.map((name) => targets[name]!.name))
  const shared = [...sources].filter((source) => unnamed.filter((name) => targets[name]!.name === source).length > 1)
  if (shared.length === 0) return
  const said = aims.map(({ output: { name } }) => `${name} from ${targets[name]!.name}`)
  note(`targets: ${said.join(', ')} (--target OUTPUT:NAME takes another)`)
}

/** Tells which classes no label is of, where labels are numbers: a class by name is there, or refused. */
export function noteAbsent(goals: readonly Goal[], { targets }: OpenedDataset, file: string, note: (text: string) => void): void {
  for (const { output: { name, node } } of goals) {
    const target = targets[name]!
    const count = node.type.shape.at(-1)?.dim
    if (target.kind !== 'labels' || target.classes || typeof count !== 'number') continue
    const found = new Set(target.data.values)
    const absent = [...Array(count).keys()].filter((label) => !found.has(label))
    if (absent.length === 0) continue
    const which = absent.length === 1 ? `the class ${absent[0]}` : `the classes ${listed(absent.length, (n) => String(absent[n])).join(', ')}`
    const isFromOne = !found.has(0) && absent.length === 1
    note(`${fileOf(target, file)}: no sample of ${target.name} is of ${which} of ${name}${isFromOne ? ': labels count from 0' : ''}`)
  }
}

/** Tells what is ignored where that may be a slip: a class, or nothing at all. */
function noteIgnored(aims: readonly Aim[], { size, targets }: OpenedDataset, note: (text: string) => void): void {
  const ignored = aims[0]?.ignored
  if (ignored === undefined) return
  for (const { output: { name, node } } of aims) {
    const { kind, classes } = targets[name]!
    const count = node.type.shape.at(-1)?.dim
    const isClass = kind === 'labels' && typeof count === 'number' && Number.isInteger(ignored) && ignored >= 0 && ignored < count
    if (isClass) note(`--ignore ${ignored} leaves out the class ${classes?.[ignored] ?? ignored} of ${name}`)
  }
  // of pictures that are their own targets only some are looked at
  const isNowhere = aims.every(({ output: { name } }) => targets[name]!.data.shape[0] === size && targets[name]!.data.values.every((value) => !Object.is(value, ignored)))
  if (isNowhere) note(`--ignore ${ignored} leaves out nothing: no target is ${ignored}`)
}

/** Goals that data has values between 0 and 1 for are marked so. */
export const markedParts = (goals: readonly Goal[], { targets }: OpenedDataset): readonly Goal[] =>
  goals.map((goal) => (hasParts(goal, targets[goal.output.name]!) ? { ...goal, hasParts: true } : goal))

/** Where a target stands, which the samples need not. */
const fileOf = ({ file, cells }: OpenedTarget, source: string): string => file ?? cells?.file ?? source

/** The array of a .npy file has no name but the file's. */
const arrayName = (inData: string, output: string): string => (/^\w+$/.test(inData) ? inData : output)

/** @throws Failure `data/value` where targets are none that a loss can mean, `data/ignored` where all of an output's are ignored, `data/label` where of two classes all but one */
export function checkGoals(goals: readonly Goal[], { targets }: OpenedDataset, source: string): void {
  failIfAny(
    goals.flatMap(({ output: { name, node }, loss, ignored }) => {
      const target = targets[name]!
      const { kind, data, name: inData, cells } = target
      const called = cells ? inData : arrayName(inData, name)
      const file = fileOf(target, source)
      if (ignored !== undefined && data.values.every((value) => Object.is(value, ignored)))
        return [problem('data/ignored', { array: called, output: name, ignored: String(ignored) }, { file })]
      const alone = ignored === undefined ? undefined : onlyClass(data.values, ignored)
      if (alone !== undefined && isOfProbabilities(loss) && (kind === 'values' || node.type.shape.at(-1)?.dim === 2)) return [aloneProblem(called, data.values, alone, ignored!, file)]
      return checkTargets({ kind, targets: withoutIgnored(data, ignored), output: node, loss, name: called, file, cells })
    }),
  )
}

/** The only value besides the ignored one, where both are there. */
function onlyClass(values: Float32Array, ignored: number): number | undefined {
  const first = values.find((value) => !Object.is(value, ignored))
  return values.some((value) => Object.is(value, ignored)) && values.every((value) => value === first || Object.is(value, ignored)) ? first : undefined
}

function aloneProblem(array: string, values: Float32Array, only: number, ignored: number, file: string): Problem {
  const count = values.filter((value) => value === only).length
  const facts = { count: String(count), total: String(values.length), fault: `${only} in ${array}, and the others are ${ignored}, which is ignored: one class is left` }
  return problem('data/label', facts, { file, notes: [`without --ignore ${ignored} they are the other class`] })
}
