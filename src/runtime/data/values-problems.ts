import { problem, type Problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayFaults } from './array-faults.ts'

/**
 * `data/value` where an array holds NaN or infinite values.
 *
 * @param ignored a number that stands where nothing is said, and may be anything
 */
export function valuesProblems(array: string, data: TensorData, file: string, ignored?: number): readonly Problem[] {
  const { count, notes } = arrayFaults(array, data, (value) => Number.isFinite(value) || Object.is(value, ignored))
  return count === 0
    ? []
    : [problem('data/value', { count: String(count), total: String(data.values.length), array, fault: 'no finite numbers' }, { file, notes })]
}
