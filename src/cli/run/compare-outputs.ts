import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** How an output differs from what is expected of it. */
interface Comparison {
  /** The largest difference, relative to what its channel varies by; not a number where one of them is none. */
  readonly difference: number
  /** What of the expectation varies the most, relative to its largest value. */
  readonly variation: number
}

/**
 * The least that a channel is taken to vary by, relative to the largest value of the output: a ten-thousandth of it is what programs that
 * compute in 32 bits differ by.
 */
const floor = 0.01

/**
 * Compares an output with what is expected by channels, the elements of the last axis: each difference relative to the largest deviation
 * of its channel, over all samples and places, from the mean of the channel, so that what a bias gives to all of them hides nothing. Of few
 * elements chance may make that small, so no channel is taken to vary less than the one that varies the most, by the number of its elements.
 * With one element of each channel, all are relative to the largest deviation from the mean of all.
 *
 * @param axes those that are not the samples; with none an output is one channel
 */
export function compareOutputs(result: TensorData, expected: TensorData, axes: number): Comparison {
  const { shape, values } = expected
  const channels = axes > 0 ? shape.at(-1)! : 1
  // of one element nothing varies: they are compared with each other
  const apart = values.length > channels ? channels : 1
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const deviations = deviationsOf(values, apart)
  const most = Math.max(...deviations)
  const least = Math.max(floor * largest, (most * apart) / values.length)
  let difference = 0
  for (const [i, value] of values.entries()) {
    const off = Math.abs(result.values[i]! - value)
    if (off !== 0) difference = Math.max(difference, off / Math.max(deviations[i % apart]!, least))
  }
  return { difference, variation: largest === 0 ? 0 : most / largest }
}

/** Whether an expectation varies so little that what does not vary at all would pass for it. */
export const isConstant = ({ variation }: Comparison, allowed: number): boolean => variation <= allowed * floor

/** The largest deviation from its mean of each of so many channels. */
function deviationsOf(values: Float32Array, channels: number): Float64Array {
  const [means, result] = [new Float64Array(channels), new Float64Array(channels)]
  for (const [i, value] of values.entries()) means[i % channels]! += (value * channels) / values.length
  for (const [i, value] of values.entries()) result[i % channels] = Math.max(result[i % channels]!, Math.abs(value - means[i % channels]!))
  return result
}
