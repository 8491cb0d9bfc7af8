import { orderOfNames } from './names.ts'

interface Run<From, To> {
  readonly from: readonly From[]
  readonly to: readonly To[]
}

interface Named<From, To> {
  readonly from: From
  readonly to: To
}

interface Path {
  readonly path: readonly string[]
}

/**
 * Runs of layers of equal shape whose names differ only by numbers, where each side has a number that the other lacks: one counts from
 * 0 and the other from 1, or one in steps. An equal number then says nothing, and the pairs of these names are none.
 *
 * @param keysOf a run that a layer may be in, for each name that it has
 */
export function contradictingRuns<From, To>(pairs: readonly Named<From, To>[], from: readonly From[], to: readonly To[], keysOf: (layer: From | To) => readonly string[]): readonly Run<From, To>[] {
  const runs = new Map<string, { readonly from: From[]; readonly to: To[]; equal: number }>()
  const runOf = (key: string) => {
    const run = runs.get(key) ?? { from: [], to: [], equal: 0 }
    runs.set(key, run)
    return run
  }
  for (const layer of from) for (const key of new Set(keysOf(layer))) runOf(key).from.push(layer)
  for (const layer of to) for (const key of new Set(keysOf(layer))) runOf(key).to.push(layer)
  for (const pair of pairs) {
    const others = new Set(keysOf(pair.to))
    for (const key of new Set(keysOf(pair.from))) if (others.has(key)) runOf(key).equal++
  }
  return [...runs.values()].filter((run) => run.equal > 0 && run.equal < run.from.length && run.equal < run.to.length)
}

/** The layers of a run, each side by its numbers; undefined where one side has more, or names that say no order. */
export function byNumber<From extends Path, To extends Path>({ from, to }: Run<From, To>): readonly Named<From, To>[] | undefined {
  const [left, right] = [ascending(from), ascending(to)]
  return left && right && left.length === right.length ? left.map((layer, i) => ({ from: layer, to: right[i]! })) : undefined
}

function ascending<Layer extends Path>(layers: readonly Layer[]): readonly Layer[] | undefined {
  const isKnown = layers.every((a, i) => layers.every((b, j) => i === j || Boolean(orderOfNames(a.path, b.path))))
  return isKnown ? layers.toSorted((a, b) => orderOfNames(a.path, b.path)!) : undefined
}
