import { Reporter, type Diagnostic } from '../diagnostics/diagnostics.ts'
import { nothingAssumed, type Assumptions } from '../elaborate/assumptions.ts'
import type { Elaborated } from '../elaborate/index.ts'
import type { Elaborating } from '../elaborate/start.ts'
import type { Condition } from '../dim/condition.ts'
import type { Graph } from '../graph/graph.ts'
import type { Effort } from '../reading/effort.ts'
import { adviser } from './index.ts'
import { isNeeded } from './needed-where.ts'
import { smallestInputs } from './smallest-inputs.ts'
import { sufficientWhere } from './sufficient-where.ts'

type Attempt = Elaborated & { readonly reporter: Reporter }

/**
 * Elaborates a model, and where it has mistakes once more with what would mend them: under which conditions and from which sizes
 * of its inputs on it would check is found by elaborating it under others.
 */
export function elaborateWithRemedies(
  elaborate: (under: Elaborating) => Elaborated,
  effort: Effort,
  reporter: Reporter,
): Graph | undefined {
  const attempt = (assumed: Partial<Assumptions>): Attempt => {
    const own = new Reporter()
    return { ...elaborate({ reporter: own, advise: undefined, assumed: { ...nothingAssumed, ...assumed } }), reporter: own }
  }
  const start = effort.spent
  const first = attempt({})
  if (!first.reporter.failed) {
    reporter.merge(first.reporter)
    return first.graph
  }
  const bound = effort.spent + Math.max(leastEffort, mostAttempts * (effort.spent - start))
  const isAffordable = (): boolean => effort.spent < bound
  const conditions = sufficientWhere(first, isAffordable, (assumed) => attempt({ conditions: assumed }))
  const where = conditions && { conditions, isNeeded: isNeeded(conditions, wrongBeside(conditions, attempt, isAffordable)) }
  const sizes = smallestInputs(first, isAffordable, (numbers) => attempt({ numbers }))
  return elaborate({ reporter, advise: adviser({ where, sizes }) }).graph
}

/** Whether a model has errors under conditions that it has not under these. */
function wrongBeside(
  conditions: readonly Condition[],
  attempt: (assumed: Partial<Assumptions>) => Attempt,
  isAffordable: () => boolean,
): (others: readonly Condition[]) => boolean {
  if (conditions.length === 0) return () => false
  const { reporter } = attempt({ conditions })
  return (others) => isAffordable() && attempt({ conditions: others }).reporter.diagnostics.some((one) => isError(one) && !reporter.hasSaid(one))
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error'

/** A search may take this effort, or that of so many first attempts. */
const leastEffort = 20_000
const mostAttempts = 6
