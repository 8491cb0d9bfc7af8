import type { Batch, Dataset } from '../../src/runtime/data/dataset.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'

/** Points of the plane with a 1 where their product is positive: no linear model tells them apart. It is the target of y and of logits. */
export function quadrants(size: number, seed = 1): Dataset {
  const stream = randomStream(seed, 'quadrants')
  const points = Array.from({ length: size }, () => [2 * stream.uniform() - 1, 2 * stream.uniform() - 1] as const)
  return {
    size,
    read: async (positions): Promise<Batch> => {
      const isPositive = (p: number): number => Number(points[p]![0] * points[p]![1] > 0)
      const target = { shape: [positions.length], values: Float32Array.from(positions, isPositive) }
      return {
        inputs: { x: { shape: [positions.length, 2], values: Float32Array.from(positions.flatMap((p) => points[p]!)) } },
        targets: { y: target, logits: target },
      }
    },
  }
}
