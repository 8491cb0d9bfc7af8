import type { Node, OpNode } from '../graph/graph.ts'
import { factsOf } from './facts-of.ts'
import { isProduct, isSum } from './linearity.ts'

/** Maps multiplied by one number, or by one number for each of their channels. */
export interface Weighting {
  /** What is weighted: the map, or the kernel that a convolution mixes. */
  readonly map: Node
  /** A scalar or a vector, possibly with other axes of extent 1. */
  readonly weights: Node
}

export type Weightings =
  /** One map with a weight for each channel, or one for all, in this multiplication. */
  | { readonly kind: 'scaled'; readonly parts: readonly [Weighting]; readonly product: Node }
  /** A sum of weighted maps. */
  | { readonly kind: 'combined'; readonly parts: readonly Weighting[] }
  /** A convolution whose kernel is a sum of kernels by a vector of weights. */
  | { readonly kind: 'mixed'; readonly parts: readonly [Weighting] }

/**
 * The weights by which a map was made: those of the multiplication, of the sum of multiplications or of the mixture of kernels
 * that is found going back from it through biases and activations. Undefined where there is none. Constant factors of a single
 * map are arithmetic, not weights.
 */
export function weightingsOf(node: Node): Weightings | undefined {
  if (node.kind !== 'op') return undefined
  const mixed = mixtureIn(node)
  if (mixed) return { kind: 'mixed', parts: [mixed] }
  const summands = summandsOf(node).map(factorsOf)
  const parts = summands.filter((part) => part !== undefined)
  const [first] = parts
  if (summands.length > 1 && parts.length === summands.length) return { kind: 'combined', parts }
  if (summands.length === 1 && first && !isConstantScalar(first.weights)) return { kind: 'scaled', parts: [first], product: node }
  const before = unweighted(node)
  return before && weightingsOf(before)
}

/** The product of a map and its weights that a node is, if it is one. */
function factorsOf(node: Node): Weighting | undefined {
  if (node.kind !== 'op' || !isProduct(node) || !isMap(node)) return undefined
  const [a, b] = both(node)
  if (isPerChannel(b, node) && isMap(a)) return { map: a, weights: b }
  if (isPerChannel(a, node) && isMap(b)) return { map: b, weights: a }
  return undefined
}

/** The maps that a tree of additions adds up; any other map is its only summand. */
function summandsOf(node: Node): readonly Node[] {
  if (node.kind !== 'op' || !isSum(node)) return [node]
  const [a, b] = both(node)
  return isMap(a) && isMap(b) ? [...summandsOf(a), ...summandsOf(b)] : [node]
}

/** What a node adds a bias to, scales by a constant or applies an activation to. */
function unweighted(node: OpNode): Node | undefined {
  const x = read(node, 'x')
  if (x && factsOf(node).elementwise) return x
  if (!isSum(node) && !isProduct(node)) return undefined
  const [a, b] = both(node)
  if (isPerChannel(b, node) && isMap(a)) return a
  if (isPerChannel(a, node) && isMap(b)) return b
  return undefined
}

/** Kernels that lie in the rows of a matrix, and are mixed by its product with a vector: what `conv.mixture` is made of. */
function mixtureIn(node: OpNode): Weighting | undefined {
  if (node.op !== 'conv2d') return undefined
  let kernel = read(node, 'kernel')
  while (kernel?.kind === 'op' && kernel.op === 'reshape') kernel = read(kernel, 'x')
  if (kernel?.kind !== 'op' || kernel.op !== 'matmul') return undefined
  const [weights, kernels] = both(kernel)
  return weights.type.shape.length === 1 ? { map: kernels, weights } : undefined
}

function read({ args }: OpNode, name: string): Node | undefined {
  const argument = args[name]
  return argument && 'kind' in argument ? argument : undefined
}

/** The sides of an op of two. */
function both(node: OpNode): readonly [Node, Node] {
  const [a, b] = [read(node, 'a'), read(node, 'b')]
  if (!a || !b) throw new Error(`${node.op} (${node.path}) has no two sides`)
  return [a, b]
}

const isMap = ({ type }: Node): boolean => type.shape.length === 3

const isConstantScalar = ({ kind, type }: Node): boolean => kind === 'constant' && type.shape.every(({ dim }) => dim === 1)

/** Whether a value has one number, or one for each channel of a map. */
function isPerChannel({ type: { shape } }: Node, map: Node): boolean {
  const channels = map.type.shape.at(-1)
  return shape.every(({ dim }, i) => dim === 1 || (i === shape.length - 1 && dim === channels?.dim))
}
