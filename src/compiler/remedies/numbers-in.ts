import { numberOf, type Value } from '../elaborate/value.ts'

/** One number, or a list of them; empty where it holds something else. */
export function numbersIn(value: Value): readonly number[] {
  const numbers = (value.kind === 'list' ? value.items : [value]).map(numberOf)
  return numbers.every((number) => number !== undefined) ? numbers : []
}
