import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { problem, type Problem } from '../failure/failure.ts'

/** `weights/value` for each weight with numbers that are not finite: what is computed of it is no number either. */
export const checkWeightValues = (weights: ReadonlyMap<string, TensorData>, files: readonly string[]): readonly Problem[] =>
  [...weights].flatMap(([weight, { values }]) => {
    const count = values.reduce((sum, value) => sum + Number(!Number.isFinite(value)), 0)
    return count === 0 ? [] : [problem('weights/value', { weight, count: String(count), total: String(values.length) }, { file: files.join(', ') })]
  })

/** `weights/variance` for each variance below zero: normalisation takes the square root of it. */
export const checkVariances = (variances: ReadonlyMap<string, TensorData>, file: string): readonly Problem[] =>
  [...variances].flatMap(([weight, { values }]) => {
    const least = values.reduce((a, b) => Math.min(a, b), 0)
    return least < 0 ? [problem('weights/variance', { weight, least: String(least) }, { file })] : []
  })
