import { printDim } from '../../compiler/dim/print.ts'
import type { Dim } from '../../compiler/dim/expr.ts'
import { groupByScope, statsOf, withExtents, type Stats } from '../../compiler/facts/stats.ts'
import { statsToJson } from '../../compiler/facts/stats-json.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { UsageError } from '../exit/exit.ts'
import { openModel, openSession } from '../files/open-model.ts'
import type { Screen } from '../terminal/fitted.ts'
import { table } from '../terminal/table.ts'

interface SummaryOptions extends CommonOptions {
  readonly depth?: number
  readonly extent: Readonly<Record<string, string>>
  readonly json: boolean
}

/** Counts a model: a row per op or scope, parameters and multiply-adds. */
export async function summary(file: string, options: SummaryOptions): Promise<void> {
  const session = await openSession(options)
  const counted = statsOf(openModel(file, session))
  const filled = withExtents(counted, sizesOf(options.extent))
  if ('problems' in filled) throw new UsageError(filled.problems.join('\n'))
  const stats = options.depth === undefined ? filled.stats : groupByScope(filled.stats, options.depth)
  const { terminal } = session
  if (options.json) terminal.json(statsToJson(stats))
  else terminal.result(printStats(stats, terminal.outStyle))
}

function sizesOf(given: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const sizes = Object.entries(given).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new UsageError(`--extent ${name}=${text}: an extent is a whole number`)
    return [name, Number(text)] as const
  })
  return Object.fromEntries(sizes)
}

const shapeText = (shape: readonly Dim[]): string => `[${shape.map(printDim).join(', ')}]`

const grouped = (dim: Dim): string => (typeof dim === 'number' ? dim.toLocaleString('en-US') : printDim(dim))

function printStats({ model, inputs, outputs, nodes, parameters, macs }: Stats, screen: Screen): string {
  const rows = nodes.map((row) => [row.name, row.op, shapeText(row.shape), grouped(row.parameters), grouped(row.macs)])
  const values = (list: Stats['inputs']): string => list.map(({ name, shape }) => `${name} ${shapeText(shape)}`).join(', ')
  return [
    `model ${model}: ${values(inputs)} → ${values(outputs)}`,
    '',
    ...table(['name', 'op', 'shape', 'parameters', 'MACs'], rows, new Set([3, 4]), screen),
    '',
    `parameters  ${grouped(parameters.total)} (${grouped(parameters.trainable)} trainable, ${grouped(parameters.nonTrainable)} not)`,
    `MACs        ${grouped(macs)} per sample`,
  ].join('\n')
}
