import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { Rule } from '../../compiler/passes/rule.ts'
import type { Objective } from './objective.ts'

/** What is measured of a model. */
export interface Measured {
  readonly graph: Graph
  readonly tf: Tfjs
  /** At least one, each of another output. */
  readonly objectives: readonly Objective[]
  /** What the graph is rewritten by before it is computed; the rules that training shares, where nothing is said. */
  readonly rules?: readonly Rule[]
}

/** A sum, and how much of what it is a sum of counts. */
interface Sum {
  readonly total: number
  readonly count: number
}

interface ObjectiveTotals {
  readonly loss: Sum
  /** In the order of the metrics. */
  readonly metrics: readonly Sum[]
}

/** Sums over samples, in the order of the objectives. */
export type Totals = readonly ObjectiveTotals[]

const nothing: Sum = { total: 0, count: 0 }

export const noTotals = (objectives: readonly Objective[]): Totals =>
  objectives.map(({ metrics }) => ({ loss: nothing, metrics: metrics.map(() => nothing) }))

const plus = (a: Sum, b: Sum): Sum => ({ total: a.total + b.total, count: a.count + b.count })

export const sumOfTotals = (a: Totals, b: Totals): Totals =>
  a.map(({ loss, metrics }, i) => ({
    loss: plus(loss, b[i]!.loss),
    metrics: metrics.map((sum, n) => plus(sum, b[i]!.metrics[n]!)),
  }))
