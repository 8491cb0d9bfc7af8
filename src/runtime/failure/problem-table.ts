import type { Entry } from '../../compiler/catalog/entry.ts'

/** The words of a problem, and the page `fmw explain` prints for its code. */
type ProblemEntry = Pick<Entry, 'message' | 'help'>

/** Problems by their codes. */
export const table = <const T extends Readonly<Record<string, ProblemEntry>>>(entries: T): T => entries
