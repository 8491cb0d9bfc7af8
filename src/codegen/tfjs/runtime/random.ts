import { logarithm } from './logarithm.ts'

/** A source of random numbers that gives the same ones in every JavaScript engine. */
export interface RandomStream {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
}

/**
 * The stream that belongs to a seed (a safe integer) and a name, independent of the streams of every other name: what is drawn
 * for one weight does not depend on what other weights there are.
 */
export function randomStream(seed: number, name: string): RandomStream {
  const split = splitMix64(fnv1a64(`${String(seed)}/${name}`))
  const [a, b] = [split(), split()]
  const next = xoshiro128([low(a), low(a >> 32n), low(b), low(b >> 32n)])
  const uniform = (): number => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53
  return { uniform, normal: polar(uniform) }
}

/**
 * xoshiro128** 1.1 of D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021): 32 bits a
 * call.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
}

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

const low = (x: bigint): number => Number(x & 0xffffffffn)

const wrap = (x: bigint): bigint => BigInt.asUintN(64, x)

/** G. Fowler, L. C. Noll, K.-P. Vo: FNV-1a with 64 bits, of the UTF-8 bytes. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) hash = wrap((hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash
}

/**
 * G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: how xoshiro is to be seeded.
 */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed
  return () => {
    state = wrap(state + 0x9e3779b97f4a7c15n)
    let z = state
    z = wrap((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
    z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn)
    return z ^ (z >> 31n)
  }
}

/** G. Marsaglia, T. A. Bray, "A convenient method for generating normal variables", SIAM Review 6 (1964): two at a time. */
function polar(uniform: () => number): () => number {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square === 0 || square >= 1) continue
      const factor = Math.sqrt((-2 * logarithm(square)) / square)
      spare = y * factor
      return x * factor
    }
  }
}
