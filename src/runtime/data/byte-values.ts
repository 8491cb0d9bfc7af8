import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import { noNormalization, normalizationText } from './normalize.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Shape } from '../../compiler/graph/graph.ts'

/** Up to this, whole numbers may well be counts or classes. */
const mostCounted = 16

/**
 * What is to be said of an array for an input that takes pictures, where it looks like their bytes: whole numbers from 0 to 255,
 * which pictures have as 0 to 1. Nothing where something else is divided by than a deviation of values from 0 to 1.
 */
export function noteOfBytes({ values }: TensorData, shape: Shape, normalization: Normalization | undefined): string | undefined {
  const isPicture = shape.length === 3 && [1, 3, 4].some((channels) => shape[2]!.dim === channels)
  if (!isPicture || normalization?.deviation.some((deviation) => deviation > 1)) return undefined
  let largest = 0
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0 || value > 255) return undefined
    if (value > largest) largest = value
  }
  if (largest <= mostCounted) return undefined
  const { mean, deviation } = normalization ?? noNormalization
  const ofBytes = normalizationText({ mean: mean.map(inBytes), deviation: deviation.map(inBytes) })
  return `it has whole numbers up to ${largest}, and pictures are 0 to 1: --normalize ${ofBytes} takes them as that`
}

/** Without the digits that a product of floats invents. */
const inBytes = (value: number): number => Number((255 * value).toPrecision(9))
