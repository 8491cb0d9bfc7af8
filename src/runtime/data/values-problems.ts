import { problem, type Problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayFaults } from './array-faults.ts'

/** `data/value` where an array holds NaN or infinite values. */
export function valuesProblems(array: string, data: TensorData, file: string): readonly Problem[] {
  const { count, notes } = arrayFaults(array, data, Number.isFinite)
  return count === 0
    ? []
    : [problem('data/value', { count: String(count), total: String(data.values.length), array, fault: 'no finite numbers' }, { file, notes })]
}
