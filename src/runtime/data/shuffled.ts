import type { RandomStream } from '../../codegen/tfjs/runtime/random.ts'

/** The items in a random order, each order equally likely. R. Durstenfeld, "Algorithm 235: Random permutation", CACM 7 (1964). */
export function shuffled<T>(items: readonly T[], stream: RandomStream): readonly T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = Math.floor(stream.uniform() * (last + 1))
    const item = result[last]!
    result[last] = result[chosen]!
    result[chosen] = item
  }
  return result
}
