import { problem, type Refused } from './primitive.ts'

const refuse = (op: string, parameter: string, wanted: string, value: string): Refused =>
  problem('shape/argument-range', { op, parameter, wanted, value })

/** The refusal of a count that is no positive whole number; undefined when all are. */
export function notPositive(op: string, parameter: string, ...values: readonly number[]): Refused | undefined {
  const wrong = values.find((value) => !Number.isInteger(value) || value < 1)
  return wrong === undefined ? undefined : refuse(op, parameter, 'a whole number of at least 1', String(wrong))
}

/** The refusal of a number that does not hold; undefined when it does. */
export const outOfRange = (op: string, parameter: string, wanted: string, value: number, holds: boolean): Refused | undefined =>
  holds ? undefined : refuse(op, parameter, wanted, String(value))
