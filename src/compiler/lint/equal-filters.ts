import { calledOp } from '../elaborate/called-op.ts'
import { hasBatch, isWeight, operands, type Node, type OpNode } from '../graph/graph.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { nodeRule } from './rule.ts'
import type { Uses } from './graph/uses.ts'

/**
 * Two layers behind each other whose weights all start as one number: the filters of the first compute the same, the second reads
 * them with the same weights, so each gets the same gradient, and they stay one filter however long they are trained (Goodfellow
 * et al. 2016, section 8.4). One such layer among others is often meant: a residual branch that starts at zero, say.
 */
export const equalFilters = nodeRule('lint/equal-filters', (node, uses) => {
  const second = constantLayer(node)
  if (!second || second.product !== node) return undefined
  const first = layerBehind(second.x, node, uses)
  if (!first) return 'fine'
  const filters = Number(first.product.type.shape.at(-1)!.dim)
  if (filters < 2) return 'fine'
  return {
    origin: first.product.origins[0],
    facts: { op: calledOp(first.product.op, first.product.origins[0]), filters: String(filters), value: startOf(first) },
    details: { labels: [{ origin: second.product.origins[0], text: `these weights start as ${startOf(second)} too` }] },
  }
})

/** A layer whose weights are trained, and start as one number. */
function constantLayer(node: Node): LinearLayer | undefined {
  const layer = linearLayerOf(node)
  const weights = layer ? [layer.kernel, ...(layer.bias ? [layer.bias] : [])] : []
  return layer?.kernel.trainable === true && layer.reads !== 'one' && weights.every(startsConstant)
    ? layer
    : undefined
}

const startsConstant = (node: Node): boolean => isWeight(node) && node.init.kind === 'constant'

const startOf = ({ kernel }: LinearLayer): string => (kernel.init.kind === 'constant' ? String(kernel.init.value) : '')

/** Such a layer from which a node was made by what treats all channels alike; nothing else reads what lies between. */
function layerBehind(node: Node, reader: OpNode, uses: Uses): LinearLayer | undefined {
  let [here, by] = [node, reader]
  while (here.kind === 'op' && uses.onlyUse(here, by)) {
    const layer = constantLayer(here)
    if (layer) return layer
    const [map, ...others] = operands(here).filter(({ type }) => hasBatch(type))
    if (
      !map ||
      others.length > 0 ||
      !treatsChannelsAlike(here, map) ||
      !operands(here).every((one) => one === map || startsConstant(one))
    )
      return undefined
    ;[here, by] = [map, here]
  }
  return undefined
}

/** Random numbers would make the channels differ. */
function treatsChannelsAlike(node: OpNode, map: Node): boolean {
  const { elementwise, perChannel = [], random } = factsOf(node)
  return !random && (elementwise === true || perChannel.some((parameter) => node.args[parameter] === map))
}
