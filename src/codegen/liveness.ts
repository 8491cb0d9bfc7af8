import type { Node } from '../compiler/graph/graph.ts'

/** One value being computed from others. */
interface Computation {
  readonly node: Node
  /** The values that are read, not nodes that only stand for them. */
  readonly reads: readonly Node[]
}

/**
 * For each computation, the values that nothing reads after it: those it read, and its own where nobody wants it. Only values
 * that the list computes itself are let go, and none of those to keep.
 */
export function lastReads(list: readonly Computation[], keep: ReadonlySet<Node>): readonly (readonly Node[])[] {
  const read = new Set<Node>(keep)
  const computed = new Set(list.map(({ node }) => node))
  const released = list.toReversed().map(({ node, reads }) =>
    [...new Set([...reads, node])].filter((value) => {
      const isLast = computed.has(value) && !read.has(value)
      read.add(value)
      return isLast
    }),
  )
  return released.toReversed()
}
