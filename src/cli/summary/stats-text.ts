import type { Dim } from '../../compiler/dim/expr.ts'
import { printDim } from '../../compiler/dim/print.ts'
import type { Stats, StatsRow, Taken } from '../../compiler/facts/stats.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'

export const shapeText = (shape: readonly Dim[]): string => `[${shape.map(printDim).join(', ')}]`

/** With commas between thousands. */
export const grouped = (dim: Dim): string => (typeof dim === 'number' ? dim.toLocaleString('en-US') : printDim(dim))

export const valuesText = (list: Stats['inputs']): string => list.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(', ')

/** A numbered row for each op or scope, and the totals. */
export function statsText(stats: Stats, screen: Screen): string {
  const { model, inputs, outputs, nodes, parameters, macs } = stats
  const numbers = new Map(nodes.map(({ name }, i) => [name, i + 1]))
  const rows = nodes.map((row, i) => [
    String(i + 1),
    row.name,
    row.op,
    takesText(row, numbers),
    shapeText(row.shape),
    grouped(row.parameters),
    grouped(row.macs),
  ])
  return [
    `model ${model}: ${valuesText(inputs)} → ${valuesText(outputs)}`,
    '',
    ...table(['#', 'name', 'op', 'takes', 'shape', 'parameters', 'MACs'], rows, new Set([0, 5, 6]), screen, 1),
    '',
    `parameters  ${grouped(parameters.total)} (${grouped(parameters.trainable)} trainable, ${grouped(parameters.nonTrainable)} not)`,
    `MACs        ${grouped(macs)} per sample`,
  ].join('\n')
}

/** What is taken of the first rows and the last: a concatenation may have a hundred. */
const mostTaken = 4

/** The numbers of rows, the names of inputs, and the last names of weights. */
function takesText({ takes }: StatsRow, numbers: ReadonlyMap<string, number>): string {
  const texts = takes.map((taken) => takenText(taken, numbers))
  if (texts.length <= mostTaken) return texts.join(', ')
  return [...texts.slice(0, mostTaken - 1), '…', texts.at(-1)!].join(', ')
}

function takenText({ kind, name, segments }: Taken, numbers: ReadonlyMap<string, number>): string {
  if (kind === 'op') return String(numbers.get(name) ?? name)
  if (kind === 'input') return name
  if (kind === 'constant') return 'numbers'
  // of a list of weights, its name too: a number alone is that of a row
  const from = segments.findLastIndex((segment) => !/^\d+$/.test(segment))
  return segments.slice(Math.max(0, from)).join('/')
}
