import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Whether all rows of the last axis are zeros with a single one, which is how other tools write labels. */
export function isOneHot({ shape, values }: TensorData): boolean {
  const length = shape.at(-1) ?? 1
  if (shape.length < 2 || length < 2) return false
  for (let start = 0; start < values.length; start += length) {
    const row = values.subarray(start, start + length)
    const ones = row.reduce((count, value) => (value === 1 ? count + 1 : count), 0)
    if (ones !== 1 || !row.every((value) => value === 0 || value === 1)) return false
  }
  return true
}
