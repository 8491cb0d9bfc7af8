import type { OpNode } from '../compiler/graph/graph.ts'

/** A node that a target cannot compute, and why. */
export interface Unsupported {
  readonly node: OpNode
  readonly reason: string
}
