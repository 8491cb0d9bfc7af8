/** A weight as it is called somewhere, with its shape. */
export interface NamedShape {
  readonly name: string
  readonly shape: readonly number[]
  /** The last part of its name, `kernel`, where that is known to be one. */
  readonly kind?: string
}

/** Two names of one weight: the same name, or found by order and shape, or by what their names have in common. */
export interface Pair {
  readonly from: string
  readonly to: string
  readonly how: 'same' | 'order' | 'name'
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
 * as possible in their order, each with one of its shape, and rather with one of its kind.
 */
export const matchWeights = (from: readonly NamedShape[], to: readonly NamedShape[]): Matching => matched(from, to, inOrder, 'order')

/**
 * The same where one list comes from a file, whose order says nothing: of equal shape and with the same last part, those whose names have
 * the most parts in common at their beginning and their end; with none in common only where there is no other choice.
 */
export const matchWeightsByName = (from: readonly NamedShape[], to: readonly NamedShape[]): Matching => matched(from, to, byLikeness, 'name')

type Moved = readonly (readonly [source: NamedShape, target: NamedShape])[]

/** Those of equal name and shape, and of the rest what `pairsOf` finds. */
function matched(
  from: readonly NamedShape[],
  to: readonly NamedShape[],
  pairsOf: (left: readonly NamedShape[], right: readonly NamedShape[]) => Moved,
  how: Pair['how'],
): Matching {
  const byName = new Map(from.map((weight) => [weight.name, weight]))
  const isSame = (weight: NamedShape): boolean => {
    const other = byName.get(weight.name)
    return other !== undefined && sameShape(other, weight)
  }
  const same = new Set(to.filter(isSame).map(({ name }) => name))
  const [left, right] = [from.filter(({ name }) => !same.has(name)), to.filter(({ name }) => !same.has(name))]
  const moved = new Map(pairsOf(left, right).map(([source, target]) => [target.name, source.name]))
  const sources = new Set(moved.values())
  return {
    pairs: to.flatMap(({ name }): readonly Pair[] => {
      if (same.has(name)) return [{ from: name, to: name, how: 'same' }]
      const source = moved.get(name)
      return source === undefined ? [] : [{ from: source, to: name, how }]
    }),
    missing: right.filter(({ name }) => !moved.has(name)),
    unexpected: left.filter(({ name }) => !sources.has(name)),
  }
}

/** The pairs that have most in common first, each weight in one. */
function byLikeness(from: readonly NamedShape[], to: readonly NamedShape[]): Moved {
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

/** In a file a name is all that there is of a path. */
const partsOf = (name: string): readonly string[] => name.split('/')

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

const sameShape = (a: NamedShape, b: NamedShape): boolean =>
  a.shape.length === b.shape.length && a.shape.every((extent, axis) => extent === b.shape[axis])

/** The pairs of the best common subsequence: the most pairs, and of those the most of one kind. */
function inOrder(a: readonly NamedShape[], b: readonly NamedShape[]): Moved {
  const most = a.length + b.length + 1
  const worth = (i: number, j: number): number =>
    sameShape(a[i]!, b[j]!) ? most + (a[i]!.kind === b[j]!.kind ? 1 : 0) : -Infinity
  const width = b.length + 1
  // the worth of the best pairs from a[i] and b[j] on
  const best = new Float64Array((a.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j]!
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), worth(i, j) + at(i + 1, j + 1))
  const pairs: (readonly [NamedShape, NamedShape])[] = []
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (at(i, j) === worth(i, j) + at(i + 1, j + 1)) pairs.push([a[i++]!, b[j++]!])
    else if (at(i, j) === at(i + 1, j)) i++
    else j++
  }
  return pairs
}
