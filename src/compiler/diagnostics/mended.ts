import type { Diagnostic, Fix } from './diagnostics.ts'

/** A mistake, and what was done about it. */
export interface Mended {
  readonly diagnostic: Diagnostic
  readonly fix: Fix
}
