import { printDim } from '../dim/print.ts'
import type { Stats, StatsRow } from './stats.ts'

/** A row of one model that the other does not have, or has otherwise. */
export type RowChange =
  | { readonly kind: 'added'; readonly after: StatsRow }
  | { readonly kind: 'removed'; readonly before: StatsRow }
  | { readonly kind: 'changed'; readonly before: StatsRow; readonly after: StatsRow; readonly differences: readonly Difference[] }

/** In what an op differs; one that only one of the models has differs in its `op`. */
export interface Difference {
  /** The op, by the name of its row or, in a scope, by its path. */
  readonly name: string
  /** Those of its path; none of an output. */
  readonly segments: readonly string[]
  /** `op`, `takes`, `shape`, `parameters`, `macs`, or the name of a setting. */
  readonly what: string
  /** Undefined where there is none. */
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface StatsDiff {
  readonly before: Stats
  readonly after: Stats
  /** In the order of the second model; what only the first has stands behind what it followed there. */
  readonly changes: readonly RowChange[]
  /** How many rows are equal. */
  readonly same: number
  /** Outputs of one name that are other nodes. */
  readonly outputs: readonly Difference[]
}

/** What two models differ in, row by row: rows belong together that have one name. */
export function diffStats(before: Stats, after: Stats): StatsDiff {
  const nodes = new Map(before.outputs.map(({ name, node }) => [name, node]))
  const outputs = after.outputs.flatMap(({ name, node }) => (nodes.has(name) ? differing({ name, segments: [] }, 'node', nodes.get(name), node) : []))
  return { before, after, ...diffRows(before.nodes, after.nodes), outputs }
}

function diffRows(before: readonly StatsRow[], after: readonly StatsRow[]): Pick<StatsDiff, 'changes' | 'same'> {
  const old = new Map(before.map((row) => [row.name, row]))
  const kept = new Set(after.map(({ name }) => name))
  const gone = removedBehind(before, kept)
  const removed = (name: string | undefined): readonly RowChange[] =>
    (gone.get(name) ?? []).map((row) => ({ kind: 'removed', before: row }))
  let same = 0
  const changes: RowChange[] = [...removed(undefined)]
  for (const row of after) {
    const was = old.get(row.name)
    const differences = was ? differencesOf(was, row) : []
    if (!was) changes.push({ kind: 'added', after: row })
    else if (differences.length === 0) same++
    else changes.push({ kind: 'changed', before: was, after: row, differences })
    changes.push(...removed(row.name))
  }
  return { changes, same }
}

/** Rows that are gone, by the last one before them that is not; by undefined where none is. */
function removedBehind(rows: readonly StatsRow[], kept: ReadonlySet<string>): ReadonlyMap<string | undefined, readonly StatsRow[]> {
  const gone = new Map<string | undefined, StatsRow[]>()
  let last: string | undefined
  for (const row of rows) {
    if (kept.has(row.name)) last = row.name
    else gone.set(last, [...(gone.get(last) ?? []), row])
  }
  return gone
}

/** The shapes of what is taken stand in the rows of those that make it, numbers that are taken among the settings. */
function differencesOf(before: StatsRow, after: StatsRow): readonly Difference[] {
  const of = (what: string, text: (row: StatsRow) => string | undefined): readonly Difference[] => differing(after, what, text(before), text(after))
  const settings = new Set([before, after].flatMap((row) => Object.keys(row.settings)))
  return [
    ...of('op', ({ op }) => op),
    ...of('takes', ({ takes }) => takes.flatMap((taken) => (taken.kind === 'constant' ? [] : [taken.name])).join(', ')),
    ...of('shape', ({ shape }) => `[${shape.map(printDim).join(', ')}]`),
    ...of('parameters', ({ parameters }) => String(parameters)),
    ...of('macs', ({ macs }) => printDim(macs)),
    ...[...settings].flatMap((setting) => of(setting, (row) => row.settings[setting])),
    ...diffRows(before.inside, after.inside).changes.flatMap((change): readonly Difference[] => {
      if (change.kind === 'changed') return change.differences
      return change.kind === 'added'
        ? differing(change.after, 'op', undefined, change.after.op)
        : differing(change.before, 'op', change.before.op, undefined)
    }),
  ]
}

const differing = (
  { name, segments }: Pick<StatsRow, 'name' | 'segments'>,
  what: string,
  before: string | undefined,
  after: string | undefined,
): readonly Difference[] => (before === after ? [] : [{ name, segments, what, before, after }])
