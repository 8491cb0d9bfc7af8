import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Condition } from '../dim/condition.ts'
import type { Numbers } from '../elaborate/assumptions.ts'
import type { Context, Advice, Cause, Causes } from '../elaborate/context.ts'
import type { ReadingCause, ReadingCauses } from '../reading/cause.ts'
import type { Host } from '../text/host.ts'

/** Conditions under which a model checks. */
export interface SufficientWhere {
  readonly conditions: readonly Condition[]
  /** Whether it is wrong for every size that they exclude. */
  readonly isNeeded: boolean
}

/** What was found of a whole model before its mistakes are mended one by one. */
export interface Searched {
  /** Conditions on its inputs under which it checks; undefined where none are known. */
  readonly where: SufficientWhere | undefined
  /** The smallest sizes, by their places in the text, for which no window is too large; undefined where none are known. */
  readonly sizes: Numbers | undefined
}

/** What would mend mistakes of one cause. It gives nothing where it is not sure what was meant. */
export type Remedy<K extends keyof Causes> = (cause: Cause<K>, ctx: Context, searched: Searched) => Advice

/** The same of mistakes in reading files. */
export type ReadingRemedy<K extends keyof ReadingCauses> = (cause: ReadingCause<K>, host: Host) => Advice

/** What can be done about a mistake. */
export interface Remedies {
  readonly notes: readonly string[]
  readonly fixes: readonly Fix[]
}

export const noRemedies: Remedies = { notes: [], fixes: [] }
