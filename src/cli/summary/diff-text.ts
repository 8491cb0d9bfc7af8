import { subtract, type Dim } from '../../compiler/dim/expr.ts'
import type { RowChange, StatsDiff } from '../../compiler/facts/stats-diff.ts'
import type { StatsRow } from '../../compiler/facts/stats.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'
import { grouped, shapeText, valuesText } from './stats-text.ts'

/** The rows that two models do not share, with both numbers where they have two, and the totals. */
export function diffText({ before, after, changes, same }: StatsDiff, screen: Screen): string {
  const heading = ([sign, { model, inputs, outputs }]: readonly [string, StatsDiff['before']]): string =>
    `${sign} ${model}: ${valuesText(inputs)} → ${valuesText(outputs)}`
  const rows = changes.map(cells)
  const rest = `${same.toLocaleString('en-US')} ${same === 1 ? 'row is' : 'rows are'} the same`
  return [
    heading(['-', before]),
    heading(['+', after]),
    '',
    ...(rows.length === 0 ? [] : [...table(['', 'name', 'op', 'shape', 'parameters', 'MACs'], rows, new Set([4, 5]), screen, 1), '']),
    rest,
    `parameters  ${total(before.parameters.total, after.parameters.total)}`,
    `MACs        ${total(before.macs, after.macs)} per sample`,
  ].join('\n')
}

function cells(change: RowChange): readonly string[] {
  if (change.kind !== 'changed') {
    const row = change.kind === 'added' ? change.after : change.before
    return [change.kind === 'added' ? '+' : '-', row.name, row.op, shapeText(row.shape), grouped(row.parameters), grouped(row.macs)]
  }
  const { before, after } = change
  const both = (text: (row: StatsRow) => string): string => (text(before) === text(after) ? text(after) : `${text(before)} → ${text(after)}`)
  const own = [both(({ op }) => op), both(({ shape }) => shapeText(shape)), both((row) => grouped(row.parameters)), both(({ macs }) => grouped(macs))]
  const isOther = own.some((text) => text.includes(' → '))
  return ['~', after.name, isOther ? own[0]! : `${own[0]!}, takes others`, ...own.slice(1)]
}

/** `112 → 140 (+28)` */
function total(before: Dim, after: Dim): string {
  const [was, is] = [grouped(before), grouped(after)]
  if (was === is) return is
  const more = subtract(after, before)
  return `${was} → ${is} (${typeof more === 'number' && more > 0 ? '+' : ''}${grouped(more)})`
}
