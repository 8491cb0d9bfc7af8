import type { LossName } from '../../runtime/training/losses.ts'
import type { OutputScore, Score } from '../../runtime/training/reports.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { scoreText } from '../train/display.ts'
import { commonestClassText } from './commonest-class.ts'
import { percent } from './percent.ts'

/** What trained weights reach on data. */
export interface Measurement extends Score {
  readonly model: string
  readonly data: string
  readonly samples: number
  readonly backend: string
  /** In the order in which they were asked for. */
  readonly measured: readonly MeasuredOutput[]
}

interface MeasuredOutput extends OutputScore {
  readonly name: string
  readonly lossName: LossName
  /** In the order of the labels; null where nothing is told apart. */
  readonly classes: readonly string[] | null
  /** How often a target (the row) was taken for a class (the column). */
  readonly confusion: readonly (readonly number[])[] | null
}

/** Tables of more classes are no help. */
const mostClasses = 20

export function measuredText({ model, data, samples, loss, measured }: Measurement, byClass: boolean, screen: Screen): string {
  const lines = [`${model} on ${data}: ${samples.toLocaleString('en-US')} ${samples === 1 ? 'sample' : 'samples'}`]
  const [first, ...others] = measured
  if (first && others.length === 0) return [...lines, `${scoreText(first)}  (${first.lossName})`, ...outputText(first, byClass, screen)].join('\n')
  lines.push(scoreText({ loss, metrics: {} }))
  for (const output of measured) lines.push('', `${output.name}: ${scoreText(output)}  (${output.lossName})`, ...outputText(output, byClass, screen))
  return lines.join('\n')
}

function outputText({ classes, confusion }: MeasuredOutput, byClass: boolean, screen: Screen): readonly string[] {
  if (!classes || !confusion) return []
  const counts = confusion.map(sum)
  const found = sum(confusion.map((row, label) => row[label]!))
  const common = commonestClassText(counts, found / sum(counts), (label) => classes[label]!)
  const lines = common === undefined ? [] : [common]
  if (byClass) return [...lines, '', ...classTable(classes, confusion, screen)]
  if (classes.length > mostClasses) return [...lines, `${classes.length} classes: --by class has a row for each`]
  return [...lines, '', 'targets in rows, what was said in columns', ...confusionTable(classes, confusion, screen)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const confusionTable = (classes: readonly string[], confusion: readonly (readonly number[])[], screen: Screen): readonly string[] =>
  table(['', ...classes], confusion.map((row, label) => [classes[label]!, ...row.map(String)]), new Set(classes.map((_, i) => i + 1)), screen)

/** Of each class the share of its targets that are found, and of what was taken for it the share that is right. */
function classTable(classes: readonly string[], confusion: readonly (readonly number[])[], screen: Screen): readonly string[] {
  const rows = classes.map((name, label) => {
    const [targets, said] = [sum(confusion[label]!), sum(confusion.map((row) => row[label]!))]
    const right = confusion[label]![label]!
    return [name, targets.toLocaleString('en-US'), share(right, targets), share(right, said)]
  })
  return table(['class', 'targets', 'found', 'right where said'], rows, new Set([1, 2, 3]), screen)
}

const share = (part: number, whole: number): string => (whole === 0 ? '-' : percent(part / whole))
