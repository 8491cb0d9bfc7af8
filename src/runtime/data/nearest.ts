import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'

/**
 * Maps [samples, height, width, ...] brought to another height and width without new numbers: each place takes the old one around its
 * centre, as classes cannot be mixed.
 */
export function nearest({ shape: [samples, height, width, ...rest], values }: TensorData, size: readonly [number, number]): TensorData {
  const channels = sizeOf(rest)
  const [down, across] = [positions(height!, size[0]), positions(width!, size[1])]
  const result = new Float32Array(samples! * down.length * across.length * channels)
  let to = 0
  for (let sample = 0; sample < samples!; sample++) {
    for (const y of down) {
      for (const x of across) {
        const from = ((sample * height! + y) * width! + x) * channels
        for (let channel = 0; channel < channels; channel++) result[to++] = values[from + channel]!
      }
    }
  }
  return { shape: [samples!, ...size, ...rest], values: result }
}

const positions = (from: number, to: number): readonly number[] => Array.from({ length: to }, (_, i) => Math.floor(((2 * i + 1) * from) / (2 * to)))
