import { isWeight, nodesIn, type Graph, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { pathPattern } from '../graph/path-pattern.ts'
import { rewrite } from './rewrite.ts'

export interface Frozen {
  readonly graph: Graph
  /** The patterns that no weight matches. */
  readonly unmatched: readonly string[]
}

/**
 * The graph in which nothing trains whose path a pattern matches: its weights stay as they are, and its ops do in training what
 * they do otherwise, so that a frozen normalisation keeps its moving statistics.
 */
export function freezeWeights(graph: Graph, patterns: readonly string[]): Frozen {
  const matchers = patterns.map(pathPattern)
  const isFrozen = (path: string): boolean => matchers.some(({ matches }) => matches(path))
  const weights = graph.nodes.filter(isWeight)
  const unmatched = matchers
    .filter(({ matches }) => !weights.some(({ path }) => matches(path)))
    .map(({ pattern }) => pattern)

  return { graph: rewrite(graph, (node) => frozen(node, isFrozen)), unmatched }
}

function frozen(node: Node, isFrozen: (path: string) => boolean): Node {
  if (isWeight(node)) return isFrozen(node.path) ? untrained(node) : node
  const stays = node.kind !== 'op' || !(isFrozen(node.path) || writesFrozenState(node, isFrozen))
  return stays ? node : { ...node, frozen: true }
}

function untrained({ annealed: _annealed, ...weight }: WeightNode): WeightNode {
  return { ...weight, trainable: false }
}

const writesFrozenState = ({ args }: OpNode, isFrozen: (path: string) => boolean): boolean =>
  nodesIn(args).some((arg) => arg.kind === 'state' && isFrozen(arg.path))
