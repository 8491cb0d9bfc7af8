import type { Dim } from '../dim/expr.ts'

/** An extent of a written shape: a number, or `_` for any. */
export type WrittenExtent = Dim | 'any'
