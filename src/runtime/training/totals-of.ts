import type { Tensor } from '@tensorflow/tfjs-core'
import type { Measured, Totals } from './measured.ts'

/** What a batch adds to the sums over samples. */
export function totalsOf({ tf, metrics }: Measured, loss: Tensor, output: Tensor, targets: Tensor): Totals {
  const samples = targets.shape[0]!
  const totals = metrics.map(({ total }) => total(tf, output, targets).dataSync()[0]!)
  return { samples, loss: loss.dataSync()[0]! * samples, metrics: totals }
}
