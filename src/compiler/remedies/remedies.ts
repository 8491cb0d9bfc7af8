import type { Fix } from '../diagnostics/diagnostics.ts'

/** What can be done about a mistake. */
export interface Remedies {
  readonly notes: readonly string[]
  readonly fixes: readonly Fix[]
}

export const noRemedies: Remedies = { notes: [], fixes: [] }
