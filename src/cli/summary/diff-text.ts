import { subtract, type Dim } from '../../compiler/dim/expr.ts'
import type { Difference, RowChange, StatsDiff } from '../../compiler/facts/stats-diff.ts'
import type { StatsRow } from '../../compiler/facts/stats.ts'
import { pathText } from '../../compiler/graph/path.ts'
import { shortened, type Screen } from '../terminal/fitted.ts'
import { tableParts } from '../terminal/table.ts'
import { grouped, shapeText, valuesText } from './stats-text.ts'

/**
 * The rows that two models do not share, with both numbers where they have two, below them in what else they differ, and the totals.
 *
 * @param names what tells the two apart: their files, and what was chosen in them
 */
export function diffText({ before, after, changes, same, outputs }: StatsDiff, names: readonly [string, string], screen: Screen): string {
  const heading = (sign: string, name: string, { model, inputs, outputs: given }: StatsDiff['before']): string =>
    `${sign} ${name}: model ${model}: ${valuesText(inputs)} → ${valuesText(given)}`
  const rest = `${same.toLocaleString('en-US')} ${same === 1 ? 'row is' : 'rows are'} the same`
  return [
    heading('-', names[0], before),
    heading('+', names[1], after),
    '',
    ...(changes.length === 0 ? [] : [...changesText(changes, screen), '']),
    rest,
    ...outputs.map(({ name, before: was, after: is }) => `output ${name}  ${was} → ${is}`),
    `parameters  ${total(before.parameters.total, after.parameters.total)}`,
    ...(before.parameters.nonTrainable === after.parameters.nonTrainable ? [] : [`trainable   ${total(before.parameters.trainable, after.parameters.trainable)}`]),
    `MACs        ${total(before.macs, after.macs)} per sample`,
  ].join('\n')
}

function changesText(changes: readonly RowChange[], screen: Screen): readonly string[] {
  const { head, body } = tableParts(['', 'name', 'op', 'shape', 'parameters', 'MACs'], changes.map(cells), new Set([4, 5]), screen, 1)
  return [...head, ...body.flatMap((lines, i) => [...lines, ...differencesText(changes[i]!)])]
}

function cells(change: RowChange): readonly string[] {
  if (change.kind !== 'changed') {
    const row = change.kind === 'added' ? change.after : change.before
    return [change.kind === 'added' ? '+' : '-', row.name, row.op, shapeText(row.shape), grouped(row.parameters), grouped(row.macs)]
  }
  const { before, after } = change
  const both = (text: (row: StatsRow) => string): string => (text(before) === text(after) ? text(after) : `${text(before)} → ${text(after)}`)
  return ['~', after.name, both(({ op }) => op), both(({ shape }) => shapeText(shape)), both((row) => grouped(row.parameters)), both(({ macs }) => grouped(macs))]
}

/** What columns have no room for, so many for each row. */
const mostDifferences = 12

const inColumns = new Set(['op', 'shape', 'parameters', 'macs'])

function differencesText(change: RowChange): readonly string[] {
  if (change.kind !== 'changed') return []
  const { name } = change.after
  // the numbers of what is in a scope follow from the rest, and are in those of the scope
  const told = change.differences.filter((each) => (each.name === name ? !inColumns.has(each.what) : each.what !== 'parameters' && each.what !== 'macs'))
  const more = told.length - mostDifferences
  return [
    ...told.slice(0, mostDifferences).map((difference) => `     ${differenceText(difference, change.after)}`),
    ...(more > 0 ? [`     and ${more} more, which --json and the table without --depth have`] : []),
  ]
}

/** An op in a scope by its path from there. */
function differenceText({ name, segments, what, before, after }: Difference, row: StatsRow): string {
  const within = name === row.name ? '' : pathText(segments.slice(row.segments.length))
  if (what === 'op' && (before === undefined || after === undefined)) return `${after === undefined ? '-' : '+'} ${within} (${before ?? after})`
  return `${within && `${within} `}${what}: ${valueText(before)} → ${valueText(after)}`
}

/** A table of numbers may be long. */
const mostSigns = 30

const valueText = (text: string | undefined): string => (text === undefined ? 'none' : shortened(text, mostSigns, { unicode: true }))

/** `112 → 140 (+28)` */
function total(before: Dim, after: Dim): string {
  const [was, is] = [grouped(before), grouped(after)]
  if (was === is) return is
  const more = subtract(after, before)
  return `${was} → ${is} (${typeof more === 'number' && more > 0 ? '+' : ''}${grouped(more)})`
}
