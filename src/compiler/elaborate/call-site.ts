import type { Span } from '../text/source.ts'

/** Everything a kind of callable needs to know of one call. */
export interface Call {
  /** The callee's own name: `weight.attention`, `Bottleneck`. */
  readonly name: string
  /** The op that messages name: inside the library, the one the user called. */
  readonly op: string
  /** The segment of paths: a label, a family, or the name. */
  readonly segment: string
  readonly labelled: boolean
  readonly span: Span
}
