import type { Joined } from './joined.ts'
import { nameOf, partsOf, sameShape, type Couples, type NamedShape } from './named-shape.ts'

/**
 * Joins what belongs to a layer with those of its weights that were found under another name, also where both names were there before:
 * two layers may have changed names, and what has equal shapes in both seems to have stayed. The scopes around them take along what is
 * left in them where that leaves no weight without its own.
 */
export function bringAlong(found: Couples, from: readonly NamedShape[], to: readonly NamedShape[], joined: Joined): void {
  const targets = new Map(to.map((weight) => [weight.name, weight]))
  const settled = new Set<string>()
  const settle = (pairs: Couples): void => {
    for (const [source, target] of pairs) {
      if (settled.has(`from ${source.name}`) || settled.has(`to ${target.name}`)) continue
      joined.join([source, target])
      settled.add(`from ${source.name}`).add(`to ${target.name}`)
    }
  }
  /** What is in a scope, or in one within it, and in the other under the same name. */
  const inBoth = ([scope, other]: Move, isLayer: boolean): Couples =>
    from.flatMap((source): Couples => {
      const parts = partsOf(source.name)
      const rest = isUnder(parts, scope) ? parts.slice(scope.length) : []
      const target = rest.length === 1 || (!isLayer && rest.length > 1) ? targets.get(nameOf([...other, ...rest])) : undefined
      return target && sameShape(source, target) && !settled.has(`from ${source.name}`) && !settled.has(`to ${target.name}`) ? [[source, target]] : []
    })
  settle(found)
  for (const move of movesOf(found, 1)) settle(inBoth(move, true))
  const deepest = Math.max(0, ...found.map(([, { name }]) => partsOf(name).length))
  for (let height = 1; height <= deepest; height++)
    settle(replacing(movesOf(found, height).map((move) => inBoth(move, false)), joined).flat())
}

/** A scope, and what it is called in the other list. */
type Move = readonly [scope: readonly string[], other: readonly string[]]

/** The scopes so many parts above weights that have the same names in them, each once. */
function movesOf(found: Couples, height: number): readonly Move[] {
  const moves = new Map<string, Move>()
  for (const [{ name: source }, { name: target }] of found) {
    const [left, right] = [partsOf(source), partsOf(target)]
    const isOne = height <= Math.min(left.length, right.length) && nameOf(left.slice(-height)) === nameOf(right.slice(-height))
    const move: Move = [left.slice(0, -height), right.slice(0, -height)]
    const key = move.map(nameOf).join(' ')
    if (isOne && nameOf(move[0]) !== nameOf(move[1])) moves.set(key, move)
  }
  return [...moves.values()]
}

const isUnder = (parts: readonly string[], scope: readonly string[]): boolean =>
  parts.length > scope.length && scope.every((part, i) => part === parts[i])

/** Those that give a source to each weight whose own they take. */
function replacing(along: readonly Couples[], joined: Joined): readonly Couples[] {
  const given = new Set(along.flat().map(([, target]) => target.name))
  const kept = along.filter((pairs) =>
    pairs.every(([source]) => {
      const before = joined.targetOf(source.name)
      return !before || given.has(before.name)
    }),
  )
  return kept.length === along.length ? kept : replacing(kept, joined)
}
