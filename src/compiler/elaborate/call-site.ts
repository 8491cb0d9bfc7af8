import type { Span } from '../text/source.ts'

/** Everything a kind of callable needs to know of one call. */
export interface Call {
  /** The callee's own name: `weight.attention`, `Bottleneck`. */
  readonly name: string
  /** The op that messages name: inside the library, the one the user called. */
  readonly op: string
  /** What it adds to paths where it has no label: the family, or the name. */
  readonly segment: string
  readonly label: string | undefined
  readonly span: Span
}
