import type { Condition } from '../dim/condition.ts'
import type { Extent } from '../graph/graph.ts'
import type { Span } from '../text/source.ts'

/** What an elaboration takes for known besides the text. */
export interface Assumptions {
  /** What holds of the inputs' extents besides their `where`s. */
  readonly conditions: readonly Condition[]
  /** Numbers of the text that are taken for others. */
  readonly numbers: Numbers
}

/** Numbers by their places in the text. */
export type Numbers = ReadonlyMap<string, number>

export const nothingAssumed: Assumptions = { conditions: [], numbers: new Map() }

/** The place of a number, as a key. */
export const placeKey = ({ source, start }: Span): string => `${source.path} ${start}`

/** What an elaboration finds that other inputs would settle. */
export interface Findings {
  /** For each claim that cannot be proved what would settle it, where anything would. */
  readonly missing: (readonly Condition[])[]
  /** The extents that were too small for a window. */
  readonly tooSmall: Extent[]
}
