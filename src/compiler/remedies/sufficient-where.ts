import { conjunction, printConditions, type Condition } from '../dim/condition.ts'
import type { Reporter } from '../diagnostics/diagnostics.ts'

/** An elaboration that took some conditions for known. */
export interface Attempt {
  readonly missing: readonly (readonly Condition[])[]
  readonly reporter: Reporter
}

const mostRounds = 16

/**
 * The conditions under which a model checks whole: those its first elaboration misses, then those that are missing where these
 * hold, until none is. A claim that no condition settles is left open, and the others are settled. Undefined where the conditions
 * would be a mistake elsewhere.
 */
export function sufficientWhere(
  first: Attempt,
  isAffordable: () => boolean,
  attempt: (assumed: readonly Condition[]) => Attempt,
): readonly Condition[] | undefined {
  const known = new Set(errorsOf(first))
  const isFine = (tried: Attempt): boolean =>
    tried.missing.every(isUnanswerable) && errorsOf(tried).every((error) => known.has(error))
  let assumed: readonly Condition[] = []
  let latest = first
  for (let round = 0; !latest.missing.every(isUnanswerable); round++) {
    if (round === mostRounds || !isAffordable()) return undefined
    const more = conjunction([...assumed, ...latest.missing.flat()])
    if (!more || printConditions(more) === printConditions(assumed)) return undefined
    assumed = more
    latest = attempt(assumed)
  }
  return isFine(latest) ? withoutNeedless(assumed, (fewer) => isAffordable() && isFine(attempt(fewer))) : undefined
}

const isUnanswerable = (conditions: readonly Condition[]): boolean => conditions.length === 0

/** A later condition may say what an earlier one did. */
const withoutNeedless = (
  conditions: readonly Condition[],
  isEnough: (fewer: readonly Condition[]) => boolean,
): readonly Condition[] =>
  conditions.reduce((kept, condition) => {
    const fewer = kept.filter((other) => other !== condition)
    return fewer.length > 0 && isEnough(fewer) ? fewer : kept
  }, conditions)

const errorsOf = ({ reporter }: Attempt): readonly string[] =>
  reporter.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, span }) => `${code} ${span.source.path} ${span.start}`)
