import type { Details } from '../diagnostics/diagnostics.ts'
import type { Span } from '../text/source.ts'
import type { Context } from './context.ts'
import type { ResultsValue } from './value.ts'

/**
 * What mistakes come from, as data: the evaluator says it, and does not know what would mend it. `remedies/` has for each kind what is
 * to be noted and which edits are to be tried.
 */
export interface Causes {
  /** Several values of one call where one is wanted. */
  'several-results': {
    readonly value: ResultsValue
    /** What gives them. */
    readonly written: Span
  }
}

export type Cause<K extends keyof Causes = keyof Causes> = { readonly [P in K]: { readonly kind: P } & Causes[P] }[K]

/** What is added to a mistake for its author: where else to look, what to know, what to write. */
export type Advice = Details

/** The door to `remedies/`. The context is that of the mistake. */
export type Advise = (cause: Cause, ctx: Context) => Advice
