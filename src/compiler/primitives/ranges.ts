/** The smallest and the largest number that an element of a value may be; infinities where nothing bounds it. */
export type Range = readonly [low: number, high: number]

export const anyRange: Range = [-Infinity, Infinity]

/** What numbers lie between. */
export const rangeOf = (values: readonly number[]): Range =>
  values.reduce<Range>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])

/** What several values lie between together. */
export const spanned = (...of: readonly Range[]): Range => rangeOf(of.flat())

/** What a function that never falls makes of a value. */
export const rising =
  (rule: (value: number) => number) =>
  ({ x: [low, high] }: { readonly x: Range }): Range => [rule(low), rule(high)]

/** What an operator makes of two values that is monotone in each of them: it is largest and smallest at their ends. */
export const atEnds =
  (rule: (a: number, b: number) => number) =>
  ({ a, b }: { readonly a: Range; readonly b: Range }): Range =>
    rangeOf(a.flatMap((left) => b.map((right) => rule(left, right))))

/** A product of which one factor may be 0 while the other is not bounded. */
export const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

/** The sum of one or more elements. */
export const manyTimes = ([low, high]: Range): Range => [low < 0 ? -Infinity : low, high > 0 ? Infinity : high]
