import type { Span } from '../source.ts'
import type { Given, Matched } from './arguments.ts'
import type { Value } from './value.ts'

/** One or more arguments as values with their places; calls with holes never get here. */
export const givenList = (given: Given | readonly Given[] | undefined): readonly { readonly value: Value; readonly span: Span }[] =>
  (given === undefined ? [] : 'value' in given ? [given] : given).flatMap(({ value, span }) => (value === 'hole' ? [] : [{ value, span }]))

export const givenValues = (matched: Matched): readonly Value[] => [...matched.values()].flatMap(givenList).map(({ value }) => value)
