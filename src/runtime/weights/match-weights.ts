import { bestInOrder } from './best-in-order.ts'
import { bringAlong } from './bring-along.ts'
import { equallyNamed } from './equally-named.ts'
import { Joined } from './joined.ts'
import { partsOf, sameShape, type Couples, type NamedShape } from './named-shape.ts'

/** Two names of one weight: the same name, or found by its place in two models that compute the same, by order and shape, or by what their names have in common. */
export interface Pair {
  readonly from: string
  readonly to: string
  readonly how: 'same' | 'place' | 'order' | 'name'
}

export interface Matching {
  readonly pairs: readonly Pair[]
  /** Of the second list, what nothing of the first is. */
  readonly missing: readonly NamedShape[]
  /** Of the first list, what nothing of the second is. */
  readonly unexpected: readonly NamedShape[]
}

/**
 * Finds the weights of one list in another, for two versions of one network: those of equal name and shape, and of the rest as many
 * as possible in their order, each with one of its shape, and rather with one of its kind. A layer that has another name takes all its
 * weights along, also where that was the name of another before.
 */
export const matchWeights = (from: readonly NamedShape[], to: readonly NamedShape[]): Matching => matched(from, to, inOrder, 'order')

/**
 * The same where one list comes from a file, whose order says nothing: of equal shape and with the same last part, those whose names have
 * the most parts in common at their beginning and their end; with none in common only where there is no other choice.
 */
export const matchWeightsByName = (from: readonly NamedShape[], to: readonly NamedShape[]): Matching => matched(from, to, byLikeness, 'name')

/** Those of equal name and shape, of the rest what `pairsOf` finds, with what is of one layer, and what is left by that. */
function matched(
  from: readonly NamedShape[],
  to: readonly NamedShape[],
  pairsOf: (left: readonly NamedShape[], right: readonly NamedShape[]) => Couples,
  how: Pair['how'],
): Matching {
  const joined = new Joined()
  for (const pair of equallyNamed(from, to)) joined.join(pair)
  const amongOthers = (): Couples =>
    pairsOf(from.filter(({ name }) => !joined.targetOf(name)), to.filter(({ name }) => !joined.sourceOf(name)))
  bringAlong(amongOthers(), from, to, joined)
  for (const pair of amongOthers()) joined.join(pair)
  return {
    pairs: to.flatMap(({ name }): readonly Pair[] => {
      const source = joined.sourceOf(name)
      return source ? [{ from: source.name, to: name, how: source.name === name ? 'same' : how }] : []
    }),
    missing: to.filter(({ name }) => !joined.sourceOf(name)),
    unexpected: from.filter(({ name }) => !joined.targetOf(name)),
  }
}

/** The pairs that have most in common first, each weight in one. */
function byLikeness(from: readonly NamedShape[], to: readonly NamedShape[]): Couples {
  const taken = new Set<NamedShape>()
  const pairs: (readonly [NamedShape, NamedShape])[] = []
  for (const [left, right] of classesOf(from, to).values()) {
    const likeness = left
      .flatMap((a) => right.map((b) => ({ a, b, parts: partsInCommon(a.name, b.name) })))
      .filter(({ parts }) => parts > 1 || (left.length === 1 && right.length === 1))
      .sort((x, y) => y.parts - x.parts)
    for (const { a, b } of likeness) {
      if (taken.has(a) || taken.has(b)) continue
      taken.add(a).add(b)
      pairs.push([a, b])
    }
  }
  return pairs
}

/** Those of both lists that have a shape and the last part of the name in common; of very many, nothing is known. */
function classesOf(from: readonly NamedShape[], to: readonly NamedShape[]): ReadonlyMap<string, readonly [NamedShape[], NamedShape[]]> {
  const classes = new Map<string, readonly [NamedShape[], NamedShape[]]>()
  for (const [side, list] of [from, to].entries())
    for (const weight of list) {
      const key = `${weight.shape.join(' ')} ${partsOf(weight.name).at(-1)}`
      const both = classes.get(key) ?? [[], []]
      both[side === 0 ? 0 : 1].push(weight)
      classes.set(key, both)
    }
  return new Map([...classes].filter(([, [left, right]]) => left.length * right.length <= mostPairs))
}

/** More than this many possible pairs of one shape take long to compare. */
const mostPairs = 250_000

/** Of two names, the parts that are equal at the beginning, and at the end. */
function partsInCommon(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  const shorter = Math.min(left.length, right.length)
  let begin = 0
  while (begin < shorter && left[begin] === right[begin]) begin++
  let end = 0
  while (end < shorter - begin && left.at(-1 - end) === right.at(-1 - end)) end++
  return begin + end
}

/** The most pairs, and of those the most of one kind. */
function inOrder(from: readonly NamedShape[], to: readonly NamedShape[]): Couples {
  const most = from.length + to.length + 1
  return bestInOrder(from, to, (a, b) => (sameShape(a, b) ? most + (a.kind === b.kind ? 1 : 0) : 0))
}
