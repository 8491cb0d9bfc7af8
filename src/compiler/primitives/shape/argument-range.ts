import { blaming, problem, type Refused } from '../primitive.ts'

/** The refusal of a value that means nothing here, with what it has to be; undefined when it holds. */
export const outOfRange = (
  op: string,
  parameter: string,
  wanted: string,
  value: number | string,
  holds: boolean,
): Refused | undefined => {
  if (holds) return undefined
  const number = typeof value === 'number' ? value : undefined
  return blaming({ parameter, number }, problem('shape/argument-range', { op, parameter, wanted, value: String(value) }))
}

/** The refusal of a count that is no positive whole number; undefined when all are. */
export function notPositive(op: string, parameter: string, ...values: readonly number[]): Refused | undefined {
  const wrong = values.find((value) => !Number.isInteger(value) || value < 1)
  return outOfRange(op, parameter, 'a whole number of at least 1', wrong ?? 1, wrong === undefined)
}
