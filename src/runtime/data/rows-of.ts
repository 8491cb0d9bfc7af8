import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** What the rows of the last axis are: zeros with a single one, as other tools write labels; shares of 1; or neither. */
export type Rows = 'one-hot' | 'shares' | 'others'

/** By how much the sum of shares, rounded to float32 or to three digits, may differ from 1. */
const rounding = 2e-3

export function rowsOf({ shape, values }: TensorData): Rows {
  const length = shape.at(-1) ?? 1
  if (shape.length < 2 || length < 2 || values.some((value) => value < 0)) return 'others'
  let isOneHot = true
  for (let start = 0; start < values.length; start += length) {
    const row = values.subarray(start, start + length)
    const sum = row.reduce((total, value) => total + value, 0)
    if (!(Math.abs(sum - 1) <= rounding)) return 'others'
    isOneHot &&= row.every((value) => value === 0 || value === 1)
  }
  return isOneHot ? 'one-hot' : 'shares'
}
