import { problem, type Problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayFaults } from './array-faults.ts'
import type { Cells } from './element-name.ts'

interface Target {
  /** A number that stands where nothing is said, and may be anything. */
  readonly ignored: number | undefined
  readonly cells: Cells | undefined
}

/** `data/value` where an array, which may be of targets, holds NaN or infinite values. */
export function valuesProblems(array: string, data: TensorData, file: string, target?: Target): readonly Problem[] {
  const isFine = (value: number): boolean => Number.isFinite(value) || (target !== undefined && Object.is(value, target.ignored))
  const { count, notes } = arrayFaults(array, data, isFine, target?.cells)
  if (count === 0) return []
  const isMissing = target !== undefined && data.values.every((value) => isFine(value) || Number.isNaN(value))
  const mends = isMissing ? ['what is missing is left out with --ignore nan'] : []
  return [problem('data/value', { count: String(count), total: String(data.values.length), array, fault: 'no finite numbers' }, { file, notes: [...notes, ...mends] })]
}
