/** What a step of training costs, in multiply-adds. */
interface Cost {
  readonly calls: number
  /** For each sample. */
  readonly macs: number
  /** Of weights alone, once for all samples. */
  readonly weightMacs?: number
  /** Numbers of a table that are fetched from memory. */
  readonly fetched?: number
}

/**
 * As long as a call of TensorFlow.js takes, these many multiply-adds take: 50 to 100 µs of a call on either backend, against 10 (wasm) to 100
 * (native) of them in a nanosecond. The least of it, so that a rule which is chosen by it is worth it on both.
 */
const macsPerCall = 1e6

const macsPerNumber = 30

/** Samples of a step: what is usual. With many more, or with one, a choice made by this may be the slower one. */
const samples = 32

export const costOf = ({ calls, macs, weightMacs = 0, fetched = 0 }: Cost): number =>
  calls * macsPerCall + macs * samples + weightMacs + fetched * macsPerNumber
