import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Targets with 0 where a number stands that is ignored, as a loss sees them. */
export const withoutIgnored = (data: TensorData, ignored: number | undefined): TensorData =>
  ignored === undefined ? data : { shape: data.shape, values: data.values.map((value) => (Object.is(value, ignored) ? 0 : value)) }
