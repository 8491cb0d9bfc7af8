import type { Value, Given, Matched } from './value.ts'

/** One or more arguments as values with their places; calls with holes never get here. */
export const givenList = (given: Given | readonly Given[] | undefined): readonly (Given & { readonly value: Value })[] =>
  (given === undefined ? [] : 'value' in given ? [given] : given).flatMap(({ value, ...place }) =>
    value === 'hole' ? [] : [{ value, ...place }],
  )

export const givenValues = (matched: Matched): readonly Value[] =>
  [...matched.values()].flatMap(givenList).map(({ value }) => value)
