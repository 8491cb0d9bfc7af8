import { keyOf } from '../dim/expr.ts'
import type { Stats, StatsRow } from './stats.ts'

/** A row of one model that the other does not have, or has otherwise. */
export type RowChange =
  | { readonly kind: 'added'; readonly after: StatsRow }
  | { readonly kind: 'removed'; readonly before: StatsRow }
  | { readonly kind: 'changed'; readonly before: StatsRow; readonly after: StatsRow }

export interface StatsDiff {
  readonly before: Stats
  readonly after: Stats
  /** In the order of the second model; what only the first has stands behind what it followed there. */
  readonly changes: readonly RowChange[]
  /** How many rows are equal. */
  readonly same: number
}

/** What two models differ in, row by row: rows belong together that have one name. */
export function diffStats(before: Stats, after: Stats): StatsDiff {
  const old = new Map(before.nodes.map((row) => [row.name, row]))
  const kept = new Set(after.nodes.map(({ name }) => name))
  const gone = removedBehind(before.nodes, kept)
  const removed = (name: string | undefined): readonly RowChange[] =>
    (gone.get(name) ?? []).map((row) => ({ kind: 'removed', before: row }))
  let same = 0
  const changes: RowChange[] = [...removed(undefined)]
  for (const row of after.nodes) {
    const was = old.get(row.name)
    if (!was) changes.push({ kind: 'added', after: row })
    else if (isSame(was, row)) same++
    else changes.push({ kind: 'changed', before: was, after: row })
    changes.push(...removed(row.name))
  }
  return { before, after, changes, same }
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

const isSame = (a: StatsRow, b: StatsRow): boolean => signature(a) === signature(b)

/** The shapes of what is taken stand in the rows of those that make it. */
const signature = ({ op, takes, shape, parameters, macs }: StatsRow): string =>
  [op, takes.map(({ kind, name }) => `${kind} ${name}`).join(), shape.map(keyOf).join(), parameters, keyOf(macs)].join(' | ')
