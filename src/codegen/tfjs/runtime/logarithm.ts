/**
 * The natural logarithm of a positive number, from additions, multiplications and divisions only. The language leaves the last
 * bits of `Math.log` to each engine; these are the same everywhere, and exact to about 2 units in the last place.
 */
export function logarithm(x: number): number {
  let mantissa = x
  let exponent = 0
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2
    exponent--
  }
  while (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent++
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose argument stays below 0.1716: 11 terms reach 2^-53
  const t = (mantissa - 1) / (mantissa + 1)
  const square = t * t
  let series = 0
  for (let k = 21; k >= 1; k -= 2) series = series * square + 1 / k
  return exponent * Math.LN2 + 2 * t * series
}
