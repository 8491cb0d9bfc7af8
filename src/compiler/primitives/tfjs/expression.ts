import type { Dim } from '../../dim/expr.ts'

/**
 * A TensorFlow.js expression as data: `codegen` prints it, the runner applies it, so the two cannot disagree.
 * Functions are named from the root of the tfjs namespace (`conv2d`, `image.resizeBilinear`); those of the runtime file of emitted
 * modules begin with `runtime.`, and only modules have them.
 */
export type Expression<Leaf = never> =
  | { readonly kind: 'argument'; readonly name: string; readonly index?: number }
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Expression<Leaf>[] }
  | { readonly kind: 'array'; readonly items: readonly Expression<Leaf>[] }
  | { readonly kind: 'literal'; readonly value: number | boolean | string | undefined }
  /** An extent of the inputs' extents, known at run time. */
  | { readonly kind: 'extent'; readonly dim: Dim }
  /** The number of samples of a batched argument. */
  | { readonly kind: 'batch'; readonly of: Expression<Leaf> }
  | Leaf

/** What only a training rule may use. */
type TrainingLeaf =
  /** A value that the rule names once and uses several times. */
  | { readonly kind: 'local'; readonly name: string }
  /** A whole number that is another one for each step and node. */
  | { readonly kind: 'seed' }

export type TrainingExpression = Expression<TrainingLeaf>

export type Liftable<Leaf = never> = Expression<Leaf> | number | boolean | string | undefined | readonly Liftable<Leaf>[]

function lift(value: Liftable<TrainingLeaf>): TrainingExpression {
  if (typeof value === 'object' && 'kind' in value) return value
  if (Array.isArray(value)) return { kind: 'array', items: (value as readonly Liftable<TrainingLeaf>[]).map(lift) }
  return { kind: 'literal', value: value as number | boolean | string | undefined }
}

/** The call of a function of the tfjs namespace. */
export function tf(fn: string, ...args: readonly Liftable[]): Expression
export function tf(fn: string, ...args: readonly Liftable<TrainingLeaf>[]): TrainingExpression
export function tf(fn: string, ...args: readonly Liftable<TrainingLeaf>[]): TrainingExpression {
  return { kind: 'call', fn, args: args.map(lift) }
}

/** The call of a function of the file that emitted modules import. */
export const runtime = (fn: string, ...args: readonly Liftable[]): Expression => tf(`runtime.${fn}`, ...args)

/** An argument of the node by parameter name; `index` picks one of a variadic parameter. */
export const argument = (name: string, index?: number): Expression =>
  index === undefined ? { kind: 'argument', name } : { kind: 'argument', name, index }

export const extent = (dim: Dim): Expression =>
  typeof dim === 'number' ? { kind: 'literal', value: dim } : { kind: 'extent', dim }

export const local = (name: string): TrainingExpression => ({ kind: 'local', name })

export const seed: TrainingExpression = { kind: 'seed' }

export const batchOf = (of: Expression): Expression => ({ kind: 'batch', of })
