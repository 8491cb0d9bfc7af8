import type { TensorType } from '../graph/graph.ts'
import type { Expression, TrainingExpression } from './tfjs/expression.ts'

/** What a primitive is in each language that models are compiled to. Each has a key: where one lacks a rule, `tsc` says so. */
export interface Targets<V> {
  readonly tfjs: {
    readonly run: TargetRule<V, Expression>
    /**
     * For nodes that are not frozen; without it, `run` holds in training too. It is the target's, as it is written in the words
     * of the only one that trains: another would leave statistics and random numbers to its own layers.
     */
    readonly train?: (call: V, context: TargetContext) => TrainingStep
    /** What an emitted module calls, which may be a function of its runtime file; without it, or where it gives none, what `run` says. */
    readonly module?: (call: V, context: TargetContext & { readonly frozen: boolean }) => Expression | undefined
  }
}

/** The call, as a target's rule sees it: what the arguments are, not their values. */
interface TargetContext {
  readonly result: TensorType
}

type TargetRule<V, E> = (call: V, context: TargetContext) => E | Unsupported

/** The answer of a target that cannot compute a call, or a primitive, and why. */
interface Unsupported {
  readonly unsupported: string
}

/** What a node computes in training where that differs from what it computes otherwise. */
export interface TrainingStep {
  /** Values used more than once, in order: each may use those before it. */
  readonly locals: Readonly<Record<string, TrainingExpression>>
  readonly value: TrainingExpression
  /** What the states given for these tensor parameters become once the step is done. No gradient passes. */
  readonly updates: Readonly<Record<string, TrainingExpression>>
}
