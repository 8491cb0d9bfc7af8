import type { Condition } from '../dim/condition.ts'
import type { Context, Cause } from './context.ts'

/** Remembers what would settle a claim that cannot be proved, which is what its mistake comes from; undefined is unknown. */
export function missingWhere(missing: readonly Condition[] | undefined, { run }: Context): Cause<'missing-where'> {
  const conditions = missing ?? []
  run.found.missing.push(conditions)
  return { kind: 'missing-where', conditions }
}
