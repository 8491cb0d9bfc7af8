/** What is said of values in a line; of the finite ones, where not all are. */
export interface Statistics {
  readonly min: number
  readonly max: number
  readonly mean: number
  /** From the mean, over all of them: with their number below. */
  readonly deviation: number
  /** The share of those that are 0. */
  readonly zeros: number
  /** How many are NaN or infinite. */
  readonly notFinite: number
}

/** Of no finite values, all but their number are NaN. */
export function statisticsOf(values: Float32Array): Statistics {
  let [min, max, sum, zeros, count] = [Infinity, -Infinity, 0, 0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
    if (value === 0) zeros++
    sum += value
    count++
  }
  const notFinite = values.length - count
  if (count === 0) return { min: NaN, max: NaN, mean: NaN, deviation: NaN, zeros: NaN, notFinite }
  const mean = sum / count
  let squares = 0
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  return { min, max, mean, deviation: Math.sqrt(squares / count), zeros: zeros / count, notFinite }
}

/** `from -1.25 to 3, mean 0.5`. */
export function statisticsText({ min, max, mean, notFinite }: Pick<Statistics, 'min' | 'max' | 'mean' | 'notFinite'>): string {
  if (Number.isNaN(min)) return `${notFinite} values, none finite`
  const range = `from ${shortNumber(min)} to ${shortNumber(max)}, mean ${shortNumber(mean)}`
  return notFinite === 0 ? range : `${range}; ${notFinite} not finite`
}

/** Three significant digits if not told otherwise, and all of a whole number: `0.500`, `-1.25`, `1024`, `1.2e-7`. */
export function shortNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(1)
  return Number.isInteger(value) || size >= 100 ? String(Number(value.toFixed(1))) : value.toPrecision(digits)
}
