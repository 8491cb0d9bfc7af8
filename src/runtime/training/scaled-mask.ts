import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { problem, type Problem } from '../failure/failure.ts'

/** The number that is 1 in other masks, where there are only zeros and one whole number above 1. */
function largestOfTwo(values: Float32Array): number | undefined {
  const most = values.find((value) => value !== 0)
  return most !== undefined && Number.isInteger(most) && most > 1 && values.includes(0) && values.every((value) => value === 0 || value === most) ? most : undefined
}

/** `data/value` where values for places are a mask in another coding, whose numbers nobody wants to have learned. */
export function scaledMask({ values }: TensorData, name: string, file: string): readonly Problem[] {
  const most = largestOfTwo(values)
  if (most === undefined) return []
  const facts = { count: String(values.filter((value) => value === most).length), total: String(values.length), array: name }
  const fault = `${most}, and the others are 0: this looks like a mask of zeros and ones`
  return [problem('data/value', { ...facts, fault }, { file, notes: [`numpy: ${name} / ${most} is zeros and ones`, '--loss mse learns the numbers as they are'] })]
}
