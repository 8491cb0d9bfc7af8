import type { LossName } from '../../runtime/training/losses.ts'
import type { OutputScore, Score } from '../../runtime/training/reports.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { metricText, scoreText } from '../train/display.ts'
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

export interface MeasuredOutput extends OutputScore {
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
  if (first && others.length === 0) return [...lines, `${wholeScore(first)}  (${first.lossName})`, ...outputText(first, byClass, screen)].join('\n')
  lines.push(scoreText({ loss, metrics: {} }))
  for (const output of measured) lines.push('', `${output.name}: ${wholeScore(output)}  (${output.lossName})`, ...outputText(output, byClass, screen))
  return lines.join('\n')
}

/** The loss and every metric. */
const wholeScore = ({ loss, metrics }: OutputScore): string =>
  [scoreText({ loss, metrics: {} }), ...Object.entries(metrics).map((metric) => metricText(...metric))].join('  ')

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

/** What is found of a class. */
interface ClassRow {
  readonly class: string
  readonly targets: number
  /** The share of its targets that is found, and of what was taken for it the share that is right; null where there are none. */
  readonly found: number | null
  readonly rightWhereSaid: number | null
}

export const classRows = (classes: readonly string[], confusion: readonly (readonly number[])[]): readonly ClassRow[] =>
  classes.map((name, label) => {
    const [targets, said] = [sum(confusion[label]!), sum(confusion.map((row) => row[label]!))]
    const right = confusion[label]![label]!
    return { class: name, targets, found: share(right, targets), rightWhereSaid: share(right, said) }
  })

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

function classTable(classes: readonly string[], confusion: readonly (readonly number[])[], screen: Screen): readonly string[] {
  const text = (value: number | null): string => (value === null ? '-' : percent(value))
  const rows = classRows(classes, confusion).map((row) => [row.class, row.targets.toLocaleString('en-US'), text(row.found), text(row.rightWhereSaid)])
  return table(['class', 'targets', 'found', 'right where said'], rows, new Set([1, 2, 3]), screen)
}
