import type { LossName } from '../../runtime/training/losses.ts'
import type { Score } from '../../runtime/training/reports.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { scoreText } from '../train/display.ts'

/** What trained weights reach on data. */
export interface Measurement extends Score {
  readonly model: string
  readonly data: string
  readonly samples: number
  readonly backend: string
  readonly lossName: LossName
  /** In the order of the labels; null where nothing is told apart. */
  readonly classes: readonly string[] | null
  /** How often a target (the row) was taken for a class (the column). */
  readonly confusion: readonly (readonly number[])[] | null
}

/** Tables of more classes are no help. */
const mostClasses = 20

export function measuredText(measured: Measurement, byClass: boolean, screen: Screen): string {
  const { model, data, samples, lossName, classes, confusion } = measured
  const lines = [`${model} on ${data}: ${samples.toLocaleString('en-US')} ${samples === 1 ? 'sample' : 'samples'}`, `${scoreText(measured)}  (${lossName})`]
  if (!classes || !confusion) return lines.join('\n')
  const common = commonestClass(confusion)
  if (common) lines.push(`always saying ${classes[common.label]!} would be right as often: it is ${percent(common.share)} of the samples`)
  if (byClass) return [...lines, '', ...classTable(classes, confusion, screen)].join('\n')
  if (classes.length > mostClasses) return [...lines, `${classes.length} classes: --by class has a row for each`].join('\n')
  return [...lines, '', 'targets in rows, what was said in columns', ...confusionTable(classes, confusion, screen)].join('\n')
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

/** The class that nothing is learned without: where no more targets are found than it has. */
function commonestClass(confusion: readonly (readonly number[])[]): { readonly label: number; readonly share: number } | undefined {
  const counts = confusion.map(sum)
  const total = sum(counts)
  const most = Math.max(...counts)
  const found = sum(confusion.map((row, label) => row[label]!))
  return total > 0 && found <= most ? { label: counts.indexOf(most), share: most / total } : undefined
}

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
