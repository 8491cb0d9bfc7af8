import type { Graph } from '../../src/compiler/graph/graph.ts'

/** The ops of a graph in order, by name. */
export const opsOf = ({ nodes }: Graph): readonly string[] => nodes.flatMap((node) => (node.kind === 'op' ? [node.op] : []))
