import type { Fix } from '../diagnostics/diagnostics.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Node, OpNode, WeightNode } from '../graph/graph.ts'
import { libraryCallOf, withArgument, writtenCall } from './library-call.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { fixedByHand, nodeRule } from './rule.ts'
import type { Uses } from './uses.ts'

/**
 * Two linear layers with nothing between them are one linear layer. What is done on purpose is left alone: fewer channels in the
 * middle than at both ends (a factorisation), 1x1 convolutions (projections), windows of one row or column, and layers that are
 * separable, grouped, shared or frozen.
 */
export const linearChain = fixedByHand(nodeRule('lint/linear-chain', (node, uses) => {
  const second = node.kind === 'op' ? layerAt(node, uses) : undefined
  if (!second || second.product !== node) return undefined
  const first = layerAt(second.x, uses)
  if (!first || first.product.op !== node.op || !uses.onlyUse(second.x, node)) return 'fine'
  if (first.product !== second.x && !(second.x.kind === 'op' && uses.onlyUse(first.product, second.x))) return 'fine'
  const [inputs, middle, outputs] = [channels(first.x), channels(second.x), channels(node)]
  if (middle < Math.min(inputs, outputs) || isFactor(first) || isFactor(second)) return 'fine'
  const [before, after] = [first, second].map(({ product }) => calledOp(product.op, product.origins[0])) as [string, string]
  return {
    facts: { after, before, inputs: String(inputs), middle: String(middle), outputs: String(outputs) },
    details: {
      labels: [{ origin: first.product.origins[0], text: `${inputs} to ${middle} channels, without an activation` }],
      fixes: activated(first.product),
    },
  }
}))

/** A layer with trained weights of its own. */
function layerAt(node: Node, uses: Uses): LinearLayer | undefined {
  const layer = linearLayerOf(node)
  if (!layer || (layer.product.op !== 'conv2d' && layer.product.op !== 'matmul')) return undefined
  const grouped = layer.product.op === 'conv2d' && layer.product.attributes['groups'] !== 1
  const own = isOwn(layer.kernel, uses) && (!layer.bias || isOwn(layer.bias, uses))
  return own && !grouped ? layer : undefined
}

const isOwn = (weight: WeightNode, uses: Uses): boolean => weight.trainable && uses.readers(weight).length === 1

const channels = ({ type }: Node): number => Number(type.shape.at(-1)!.dim)

/** Windows of a single row or column are projections and factors of larger windows. */
const isFactor = ({ product, kernel }: LinearLayer): boolean =>
  product.op === 'conv2d' && kernel.type.shape.slice(0, 2).some(({ dim }) => dim === 1)

function activated(product: OpNode): readonly Fix[] {
  const call = libraryCallOf(product.origins[0])
  const position = call && { conv: 8, dense: 2 }[call.name]
  const written = position === undefined ? undefined : call && writtenCall(call)
  const edit = written && position !== undefined ? withArgument(written, 'activation', position, 'relu') : undefined
  return edit ? [{ title: 'put an activation between them: activation: relu', edits: [edit] }] : []
}
