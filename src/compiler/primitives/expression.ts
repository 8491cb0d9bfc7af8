import type { Dim } from '../dim/expr.ts'

/**
 * A TensorFlow.js expression as data: `codegen` prints it, the runner applies it, so the two cannot disagree.
 * Functions are named from the root of the tfjs namespace (`conv2d`, `image.resizeBilinear`).
 */
export type Expression =
  | { readonly kind: 'argument'; readonly name: string; readonly index?: number }
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Expression[] }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'literal'; readonly value: number | boolean | string | undefined }
  /** An extent of the inputs' extents, known at run time. */
  | { readonly kind: 'extent'; readonly dim: Dim }
  /** The number of samples of a batched argument. */
  | { readonly kind: 'batch'; readonly of: Expression }

export type Liftable = Expression | number | boolean | string | undefined | readonly Liftable[]

function lift(value: Liftable): Expression {
  if (typeof value === 'object' && 'kind' in value) return value
  if (Array.isArray(value)) return { kind: 'array', items: (value as readonly Liftable[]).map(lift) }
  return { kind: 'literal', value: value as number | boolean | string | undefined }
}

/** The call of a function of the tfjs namespace. */
export const tf = (fn: string, ...args: readonly Liftable[]): Expression => ({ kind: 'call', fn, args: args.map(lift) })

/** An argument of the node by parameter name; `index` picks one of a variadic parameter. */
export const argument = (name: string, index?: number): Expression =>
  index === undefined ? { kind: 'argument', name } : { kind: 'argument', name, index }

export const extent = (dim: Dim): Expression =>
  typeof dim === 'number' ? { kind: 'literal', value: dim } : { kind: 'extent', dim }

export const batchOf = (of: Expression): Expression => ({ kind: 'batch', of })
