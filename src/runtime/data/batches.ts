import { randomStream } from '../../codegen/tfjs/runtime/random.ts'
import { shuffled } from './shuffled.ts'

interface Epoch {
  readonly seed: number
  /** From 1. */
  readonly epoch: number
  /** The number of samples of a batch, at least 1. */
  readonly batch: number
}

/**
 * The positions of each batch of an epoch: all of them once, in an order that seed and epoch decide; the last batch may be
 * smaller.
 */
export function batchesOfEpoch(positions: readonly number[], { seed, epoch, batch }: Epoch): readonly (readonly number[])[] {
  const order = shuffled(positions, randomStream(seed, `order of epoch ${epoch}`))
  return Array.from({ length: Math.ceil(order.length / batch) }, (_, n) => order.slice(n * batch, (n + 1) * batch))
}

/** The positions of all samples in their order, so many at a time. */
export function* batchesInOrder(size: number, batch: number): Generator<readonly number[]> {
  for (let begin = 0; begin < size; begin += batch) yield Array.from({ length: Math.min(batch, size - begin) }, (_, i) => begin + i)
}
