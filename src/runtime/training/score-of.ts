import type { Totals } from './measured.ts'
import type { Objective } from './objective.ts'
import type { OutputScore, Score } from './reports.ts'

/** The means of sums over samples; where nothing counts a mean is 0. */
export function scoreOf(totals: Totals, objectives: readonly Objective[]): Score {
  const scores = objectives.map(({ metrics }, i): OutputScore => {
    const sums = totals[i]!
    return {
      loss: meanOf(sums.loss),
      metrics: Object.fromEntries(metrics.map(({ name }, n) => [name, meanOf(sums.metrics[n]!)])),
    }
  })
  const [first] = scores
  if (objectives.length === 1) return first!
  return {
    loss: objectives.reduce((sum, { weight }, i) => sum + weight * scores[i]!.loss, 0),
    metrics: first!.metrics,
    outputs: Object.fromEntries(objectives.map(({ output }, i) => [output.name, scores[i]!])),
  }
}

const meanOf = ({ total, count }: Totals[number]['loss']): number => (count === 0 ? 0 : total / count)
