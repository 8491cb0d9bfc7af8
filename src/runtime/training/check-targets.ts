import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { rangeOf } from '../../compiler/facts/range-of.ts'
import type { Node } from '../../compiler/graph/graph.ts'
import { arrayFaults } from '../data/array-faults.ts'
import type { Cells } from '../data/element-name.ts'
import type { TargetKind } from '../data/opened-dataset.ts'
import { rowsOf } from '../data/rows-of.ts'
import { problem, type Problem } from '../failure/failure.ts'
import { isOfClasses, isOfProbabilities, type LossName } from './losses.ts'

/** What a loss is computed from. */
interface Compared {
  readonly output: Node
  readonly loss: LossName
  readonly kind: TargetKind
  readonly targets: TensorData
  /** What the targets are called in the data. */
  readonly name: string
  readonly file: string
  /** Where their elements stand in a table that they were read from. */
  readonly cells: Cells | undefined
}

/** `data/value` where a loss cannot mean what the targets say: a probability is at least 0 and at most 1, those of a row are 1 together. */
export function checkTargets({ output, loss, kind, targets, name, file, cells }: Compared): readonly Problem[] {
  const [low, high] = rangeOf(output)
  const isProbability = isOfProbabilities(loss)
  if (kind === 'labels' || (!isProbability && !(low >= 0 && high <= 1))) return []
  const wrong = arrayFaults(name, targets, (value) => value >= 0 && value <= 1, cells)
  const about = (count: number, fault: string, notes: readonly string[]): readonly Problem[] => [
    problem('data/value', { count: String(count), total: String(targets.values.length), array: name, fault }, { file, notes }),
  ]
  if (wrong.count > 0) {
    const why = isProbability ? `they are no probabilities, as ${loss} takes them` : 'they are not what the output can be, which ends between 0 and 1'
    return about(wrong.count, `not between 0 and 1: ${why}`, [...wrong.notes, ...mend(targets.values, name)])
  }
  if (isOfClasses(loss) && rowsOf(targets) === 'others')
    return about(targets.values.length, `in rows whose sum is not 1, and ${loss} takes shares of several classes`, [
      'several classes that may hold at once are learned with --loss binary_crossentropy',
    ])
  return []
}

/** What brings the usual other codings of two or many values between 0 and 1. */
function mend(values: Float32Array, name: string): readonly string[] {
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
  if (low >= 0 && high <= 255 && values.every(Number.isInteger) && high > 2) return [`numpy: ${name} / 255 lies between 0 and 1`]
  if (low >= -1 && high <= 1) return [`numpy: (${name} + 1) / 2 lies between 0 and 1`]
  if (low === 1 && high === 2 && values.every(Number.isInteger)) return [`numpy: ${name} - 1 lies between 0 and 1`]
  return []
}
