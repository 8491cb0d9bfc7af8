import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** The samples [positions, ...] of an array [samples, ...] at these positions, in this order. */
export function takeSamples({ shape, values }: TensorData, positions: readonly number[]): TensorData {
  const size = sizeOf(shape.slice(1))
  const taken = new Float32Array(positions.length * size)
  for (const [to, from] of positions.entries()) taken.set(values.subarray(from * size, (from + 1) * size), to * size)
  return { shape: [positions.length, ...shape.slice(1)], values: taken }
}
