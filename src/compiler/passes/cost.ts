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
 * A call of TensorFlow.js takes 50 to 100 µs (`bench/train.bench.ts`). In a microsecond go 20,000 (wasm) to 200,000 (native) multiply-adds of a
 * large convolution; by the least of it, what is chosen is worth it on both.
 */
const macsPerCall = 1e6

/** As long as a number of a table takes that is fetched from memory once. */
const macsPerNumber = 30

/** Samples of a step: what is usual. With many more, or with one, a choice made by this may be the slower one. */
const samples = 32

export const costOf = ({ calls, macs, weightMacs = 0, fetched = 0 }: Cost): number =>
  calls * macsPerCall + macs * samples + weightMacs + fetched * macsPerNumber
