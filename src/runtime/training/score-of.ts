import type { Totals } from './measured.ts'
import type { Metric } from './metric.ts'
import type { Score } from './reports.ts'

/** The means of sums over samples. */
export const scoreOf = ({ samples, loss, metrics }: Totals, named: readonly Metric[]): Score => ({
  loss: loss / samples,
  metrics: Object.fromEntries(named.map(({ name }, i) => [name, metrics[i]! / samples])),
})
