import { hasBatch, operands, type Node, type OpNode } from '../graph/graph.ts'

/** The end of a network of which class activation maps can be drawn: `logits = dense(pool.global(maps))`. */
export interface ClassActivationHead {
  /** [H, W, C] */
  readonly maps: Node
  /** The weights of the dense layer [C, classes]. */
  readonly kernel: Node
  /** [classes], before a softmax. */
  readonly logits: Node
}

/** Why a value is no such end: what stands where something else is looked for. */
export interface NoHead {
  readonly at: Node
  readonly wanted: string
}

/**
 * Looks for a dense layer on a global average of maps (Zhou et al. 2016), going back from a node; a softmax or sigmoid may follow
 * the layer, and dropouts and reshapes may stand between.
 */
export function classActivationHead(node: Node): ClassActivationHead | NoHead {
  const result = skip(node, new Set([...transparent, 'softmax', 'sigmoid']))
  if (result.type.shape.length !== 1) return { at: result, wanted: 'a vector of logits, one for each class' }
  const product = skip(withoutBias(result), transparent)
  const kernel = product.kind === 'op' && product.op === 'matmul' ? operands(product)[1] : undefined
  if (product.kind !== 'op' || !kernel) return { at: product, wanted: 'the product of a dense layer' }
  if (hasBatch(kernel.type) || isTurned(product)) return { at: kernel, wanted: 'the weights [channels, classes] of a dense layer' }
  const pooled = skip(operands(product)[0]!, transparent)
  const maps = pooled.kind === 'op' ? averaged(pooled) : undefined
  if (!maps) return { at: pooled, wanted: 'the global average of maps (pool.global)' }
  return { maps, kernel, logits: result }
}

/** They change no value in inference. */
const transparent: ReadonlySet<string> = new Set(['dropout', 'reshape'])

function skip(node: Node, ops: ReadonlySet<string>): Node {
  let at = node
  while (at.kind === 'op' && ops.has(at.op)) at = operands(at)[0]!
  return at
}

function withoutBias(node: Node): Node {
  if (node.kind !== 'op' || node.op !== 'add') return node
  const [a, b] = operands(node)
  return hasBatch(b!.type) ? (hasBatch(a!.type) ? node : b!) : a!
}

const isTurned = ({ attributes }: OpNode): boolean => attributes['transpose_a'] === true || attributes['transpose_b'] === true

/** The maps whose mean over all places a node is. */
function averaged({ op, args, attributes, type }: OpNode): Node | undefined {
  const maps = args['x']
  if (!maps || !('kind' in maps) || maps.type.shape.length !== 3) return undefined
  if (op === 'reduce_axes') return attributes['how'] === 'mean' && isOverPlaces(attributes['axes']) ? maps : undefined
  const [height, width] = type.shape
  return op === 'avg_pool' && height?.dim === 1 && width?.dim === 1 && coversAll(maps, attributes['size']) ? maps : undefined
}

const isOverPlaces = (axes: unknown): boolean =>
  Array.isArray(axes) && axes.length === 2 && [0, 1].every((axis) => axes.some((given) => given === axis || given === axis - 3))

const coversAll = ({ type: { shape } }: Node, size: unknown): boolean =>
  Array.isArray(size) && size[0] === shape[0]!.dim && size[1] === shape[1]!.dim
