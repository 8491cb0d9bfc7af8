import type { Fix } from '../diagnostics/diagnostics.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Node, OpNode, WeightNode } from '../graph/graph.ts'
import { parameters, type OpName } from '../library/names.ts'
import { withArgument } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { libraryCallOf, writtenCall } from '../library/library-call.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { nodeRule } from './rule.ts'
import type { Uses } from './graph/uses.ts'

/**
 * Two linear layers with nothing between them are one linear layer. What is done on purpose is left alone: fewer channels in the
 * middle than at both ends (a factorisation), 1x1 convolutions (projections), windows of one row or column, and layers that are
 * separable, grouped, shared or frozen.
 */
export const linearChain = nodeRule('lint/linear-chain', (node, uses, modules) => {
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
      fixes: activated(first.product, modules),
    },
  }
})

/** A layer with trained weights of its own. */
function layerAt(node: Node, uses: Uses): LinearLayer | undefined {
  const layer = linearLayerOf(node)
  if (layer?.reads !== 'all' || factsOf(layer.product).spreads) return undefined
  return isOwn(layer.kernel, uses) && (!layer.bias || isOwn(layer.bias, uses)) ? layer : undefined
}

const isOwn = (weight: WeightNode, uses: Uses): boolean => weight.trainable && uses.readers(weight).length === 1

const channels = ({ type }: Node): number => Number(type.shape.at(-1)!.dim)

/** Windows of a single row or column are projections and factors of larger windows. */
const isFactor = ({ product }: LinearLayer): boolean => factsOf(product).windows?.some(({ size }) => size === 1) === true

const usual: OpName = 'relu'

function activated(product: OpNode, modules: Modules): readonly Fix[] {
  const call = libraryCallOf(product.origins[0])
  const written = call && writtenCall(call, modules)
  const bent = written && withArgument(written, parameters.activation, usual)
  return bent ? [{ title: `put an activation between them: ${bent.text}`, safety: 'unsafe', edits: [bent.edit] }] : []
}
