import { diffStats } from '../../compiler/facts/stats-diff.ts'
import { statsDiffToJson, statsToJson } from '../../compiler/facts/stats-json.ts'
import { groupByScope, statsOf, withExtents, type Stats } from '../../compiler/facts/stats.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { UsageError } from '../exit/exit.ts'
import { openModel, openSession, type Session } from '../files/open-model.ts'
import { diffText } from '../summary/diff-text.ts'
import { statsText } from '../summary/stats-text.ts'

interface SummaryOptions extends CommonOptions {
  readonly depth?: number
  readonly extent: Readonly<Record<string, string>>
  /** The file of the model to compare with. */
  readonly diff?: string
  readonly diffModel?: string
  readonly diffSet: Readonly<Record<string, string>>
  readonly json: boolean
}

/** Counts a model: a row per op or scope, parameters and multiply-adds; of two models, what differs. */
export async function summary(file: string, options: SummaryOptions): Promise<void> {
  const other = comparedWith(options)
  const session = await openSession(options)
  const { terminal } = session
  const stats = counted(file, options, session)
  if (other === undefined) {
    if (options.json) terminal.json(statsToJson(stats))
    else terminal.result(statsText(stats, terminal.outStyle))
    return
  }
  const diff = diffStats(stats, counted(other.file, other.options, await openSession(other.options)))
  if (options.json) terminal.json(statsDiffToJson(diff))
  else terminal.result(diffText(diff, namesOf([file, options], [other.file, other.options]), terminal.outStyle))
}

/** The other model has the options of the first where it is given none of its own. */
function comparedWith(options: SummaryOptions): { readonly file: string; readonly options: SummaryOptions } | undefined {
  const { diff, diffModel, diffSet, set } = options
  if (diff !== undefined)
    return { file: diff, options: { ...options, ...(diffModel !== undefined && { model: diffModel }), set: { ...set, ...diffSet } } }
  if (diffModel !== undefined) throw new UsageError('--diff-model belongs to --diff FILE')
  if (Object.keys(diffSet).length > 0) throw new UsageError('--diff-set belongs to --diff FILE')
  return undefined
}

/** Two files by their paths; one file with what is set in it. */
function namesOf(...both: readonly [Compared, Compared]): readonly [string, string] {
  const [before, after] = both
  const isOne = before[0] === after[0]
  const nameOf = ([file, { set }]: Compared): string => [file, ...(isOne ? Object.entries(set).map(([name, value]) => `${name}=${value}`) : [])].join(', ')
  return [nameOf(before), nameOf(after)]
}

type Compared = readonly [file: string, options: SummaryOptions]

function counted(file: string, { extent, depth }: SummaryOptions, session: Session): Stats {
  const filled = withExtents(statsOf(openModel(file, session)), sizesOf(extent))
  if ('problems' in filled) throw new UsageError(filled.problems.join('\n'))
  return depth === undefined ? filled.stats : groupByScope(filled.stats, depth)
}

function sizesOf(given: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const sizes = Object.entries(given).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new UsageError(`--extent ${name}=${text}: an extent is a whole number`)
    return [name, Number(text)] as const
  })
  return Object.fromEntries(sizes)
}
