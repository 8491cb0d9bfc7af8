/** Below 0, 0, or above it. */
export type Sign = -1 | 0 | 1

/**
 * The signs that the elements of a value may have, in ascending order: none is left out that one of them could have. They are
 * those of real numbers, so that exp(-200), which float32 rounds to 0, is above it. NaN has none.
 */
export type Signs = readonly Sign[]

export const anySign: Signs = [-1, 0, 1]
export const notNegative: Signs = [0, 1]
export const positive: Signs = [1]

/** What numbers have. */
export const signsOf = (values: readonly number[]): Signs => named(values)

/** What several values have together. */
export const united = (...of: readonly Signs[]): Signs => anySign.filter((sign) => of.some((signs) => signs.includes(sign)))

/** What a rule makes of elements, one at a time; it may name several signs. */
export const each = (of: Signs, rule: (sign: Sign) => number | readonly number[]): Signs => named(of.map(rule))

/** What a rule makes of every pair of elements of two values. */
export const eachPair = (a: Signs, b: Signs, rule: (a: Sign, b: Sign) => number | readonly number[]): Signs =>
  named(a.flatMap((left) => b.map((right) => rule(left, right))))

/** The sum, or mean, of one or more elements. */
export const summed = (of: Signs): Signs => (of.includes(-1) && of.includes(1) ? anySign : of)

export const product = (a: Signs, b: Signs): Signs => eachPair(a, b, (left, right) => left * right)

function named(found: readonly (number | readonly number[])[]): Signs {
  const signs = found.flat().map(Math.sign)
  return anySign.filter((sign) => signs.includes(sign))
}
