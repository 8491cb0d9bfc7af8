/** The pairs of the common subsequence of two lists that are worth most together; a pair that is worth nothing is none. */
export function bestInOrder<T>(a: readonly T[], b: readonly T[], worth: (a: T, b: T) => number): readonly (readonly [T, T])[] {
  const width = b.length + 1
  const worths = Float64Array.from({ length: a.length * b.length }, (_, at) => worth(a[Math.floor(at / b.length)]!, b[at % b.length]!))
  // the worth of the best pairs from a[i] and b[j] on
  const best = new Float64Array((a.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j]!
  const paired = (i: number, j: number): number => {
    const own = worths[i * b.length + j]!
    return own > 0 ? own + at(i + 1, j + 1) : -1
  }
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), paired(i, j))
  const pairs: (readonly [T, T])[] = []
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (at(i, j) === paired(i, j)) pairs.push([a[i++]!, b[j++]!])
    else if (at(i, j) === at(i + 1, j)) i++
    else j++
  }
  return pairs
}
