import type { Tfjs } from '../../codegen/tfjs/apply.ts'
import type { Graph, Node } from '../../compiler/graph/graph.ts'
import type { Loss } from './loss.ts'
import type { Metric } from './metric.ts'

/** What is measured of a model. */
export interface Measured {
  readonly graph: Graph
  readonly tf: Tfjs
  /** What the loss is computed from: an output of the graph, or its logits. */
  readonly output: Node
  readonly loss: Loss
  readonly metrics: readonly Metric[]
}

/** Sums over samples. */
export interface Totals {
  readonly samples: number
  readonly loss: number
  /** In the order of the metrics. */
  readonly metrics: readonly number[]
}

export const noTotals = (metrics: number): Totals => ({ samples: 0, loss: 0, metrics: Array.from({ length: metrics }, () => 0) })

export const sumOfTotals = (a: Totals, b: Totals): Totals => ({
  samples: a.samples + b.samples,
  loss: a.loss + b.loss,
  metrics: a.metrics.map((total, i) => total + b.metrics[i]!),
})
