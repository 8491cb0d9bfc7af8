import type { Graph } from '../../compiler/graph/graph.ts'
import type { OpenedDataset, Target } from '../../runtime/data/opened-dataset.ts'
import { failIfAny, problem } from '../../runtime/failure/failure.ts'
import { checkLoss } from '../../runtime/training/check-loss.ts'
import { checkTargets } from '../../runtime/training/check-targets.ts'
import { defaultLoss } from '../../runtime/training/default-loss.ts'
import { isOfClasses, type LossName } from '../../runtime/training/losses.ts'
import type { Goal } from '../../runtime/training/objective.ts'
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
    ignored: ignore,
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
 * @throws Failure `training/loss`
 */
export const goalsOf = (aims: readonly Aim[], { targets }: OpenedDataset, note: (text: string) => void): readonly Goal[] =>
  aims.map(({ output, loss: given, weight, ignored }) => {
    const { name, node } = output
    const goal = { output, weight, ...(ignored !== undefined && { ignored }) }
    if (given !== undefined) {
      failIfAny(checkLoss(node, given, name))
      return { ...goal, loss: given }
    }
    const { kind, data } = targets[name]!
    const { loss, because } = defaultLoss(node, kind, withoutIgnored(data, ignored))
    note(`loss: ${loss} of ${name}, as ${because} (--loss takes another)`)
    for (const { message, file, notes = [] } of checkLoss(node, loss, name)) note([`${file === undefined ? '' : `${file}: `}${message}`, ...notes].join('\n  = '))
    return { ...goal, loss }
  })

/** @throws Failure `data/value` where targets are none that a loss can mean, `data/ignored` where all of an output's are ignored */
export function checkGoals(goals: readonly Goal[], { targets }: OpenedDataset, file: string): void {
  failIfAny(
    goals.flatMap(({ output: { name, node }, loss, ignored }) => {
      const { kind, data, name: inData } = targets[name]!
      // the array of a .npy file has no name but the file's
      const called = /^\w+$/.test(inData) ? inData : name
      if (ignored !== undefined && data.values.every((value) => Object.is(value, ignored)))
        return [problem('data/ignored', { array: called, output: name, ignored: String(ignored) }, { file })]
      return checkTargets({ kind, targets: withoutIgnored(data, ignored), output: node, loss, name: called, file })
    }),
  )
}
