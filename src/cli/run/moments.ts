/** The mean of values that come one after another, and how far they deviate from it. */
export interface Moments {
  readonly add: (values: ArrayLike<number>) => void
  readonly mean: () => Float32Array
  /** The estimate of the standard deviation, with one less than the number of values below: NaN of a single one. */
  readonly deviation: () => Float32Array
}

/** Welford's (1962) update, in 64 bits: sums of squares would lose small deviations from large means. */
export function momentsOf(size: number): Moments {
  const [means, squares] = [new Float64Array(size), new Float64Array(size)]
  let count = 0
  return {
    add: (values) => {
      count++
      for (let i = 0; i < size; i++) {
        const distance = values[i]! - means[i]!
        means[i]! += distance / count
        squares[i]! += distance * (values[i]! - means[i]!)
      }
    },
    mean: () => Float32Array.from(means),
    deviation: () => Float32Array.from(squares, (sum) => Math.sqrt(sum / (count - 1))),
  }
}
