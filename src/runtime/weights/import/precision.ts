import type { ForeignTensor } from './foreign-file.ts'

/** How exactly a file keeps numbers, and what that lets an output differ by, relative to what it varies by. */
interface Precision {
  /** As it is called in a sentence; undefined for 32 bits and more. */
  readonly name?: string
  readonly allowed: number
}

export const exact: Precision = { allowed: 1e-4 }

/** The types that round by more, and so do what is computed of them with numbers of 32 bits, the coarsest first. */
const coarse: readonly (readonly [type: RegExp, Precision])[] = [
  [/ as uint8$/, { name: '8 bits (uint8)', allowed: 0.1 }],
  [/^BF16$/, { name: '16 bits (bfloat16)', allowed: 0.1 }],
  [/^(?:F16|[<>=|]?f2|[<>]e|.* as float16)$/, { name: '16 bits (float16)', allowed: 0.02 }],
  [/ as uint16$/, { name: '16 bits (uint16)', allowed: 1e-3 }],
]

/** The least precision of some tensors. */
export const precisionOf = (tensors: readonly Pick<ForeignTensor, 'dtype'>[]): Precision =>
  coarse.find(([type]) => tensors.some(({ dtype }) => type.test(dtype)))?.[1] ?? exact
