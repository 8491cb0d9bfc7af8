import { add, type Dim } from '../dim/expr.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { userOrigin } from '../text/source.ts'
import { macsOf } from '../facts/stats.ts'
import { factsOf } from '../facts/facts-of.ts'
import { isLinearIn } from '../facts/linearity.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { samePads } from '../primitives/shape/window.ts'
import { multiplyAdds } from './graph/multiply-adds.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import type { OpName } from '../library/names.ts'
import type { Uses } from './graph/uses.ts'

const mixture: OpName = 'conv.mixture'

/**
 * Convolutions of one map, added up by weights that no input decides: a convolution is linear in its kernel, so that the sum is one
 * convolution with the sum of the kernels, of which smaller ones are the largest with zeros around.
 */
export const oneConvolution = nodeRule('lint/one-convolution', (node, uses) => {
  if (node.kind !== 'op' || !isSum(node) || isSummand(node, uses)) return undefined
  const layers = summandsOf(node, uses)
  const groups = layers.map((largest) => ({ largest, all: layers.filter((layer) => hasRoomFor(layer, largest)) }))
  const group = groups.reduce<(typeof groups)[number] | undefined>(
    (best, one) => (one.all.length > (best?.all.length ?? 1) ? one : best),
    undefined,
  )
  if (!group) return 'fine'
  const { largest, all } = group
  const now = all.reduce<Dim>((sum, { product }) => add(sum, macsOf(product)), 0)
  const calls = new Map(all.map(({ product }) => [userOrigin(product.origins[0]).span.start, product]))
  return {
    facts: { count: String(all.length), now: multiplyAdds(now), one: multiplyAdds(macsOf(largest.product)) },
    details: {
      labels: [...calls.values()].map((product) => ({
        origin: product.origins[0],
        text: `${calledOp(product.op, product.origins[0])} with ${multiplyAdds(macsOf(product))} multiply-adds`,
      })),
      notes: [
        all.every((layer) => hasRoomFor(largest, layer))
          ? `${mixture}(x, weights, …) sums the kernels by the same weights, and convolves once`
          : 'the largest kernel has room for the others, which are zero around their taps',
      ],
    },
  }
})

/** The sum or difference of two maps that inputs decide. */
function isSum(node: Node): boolean {
  return (
    node.kind === 'op' &&
    isLinearIn(node, 'a', 'b') &&
    sides(node).every(({ type }) => hasBatch(type) && type.shape.length === 3)
  )
}

const sides = (node: OpNode): readonly Node[] => [operandOf(node, 'a'), operandOf(node, 'b')].filter((side) => side !== undefined)

/** Whether a larger sum takes a value up. */
function isSummand(node: OpNode, uses: Uses): boolean {
  for (let at = node; ; ) {
    const [reader] = uses.readers(at)
    if (!reader || !uses.onlyUse(at, reader)) return false
    if (isSum(reader)) return true
    if (scaledBy(reader) !== at) return false
    at = reader
  }
}

/** The convolutions that a sum is made of, as far as nothing else reads them, in the order of the text. */
function summandsOf(sum: OpNode, uses: Uses): readonly LinearLayer[] {
  const found: LinearLayer[] = []
  const pending = sides(sum).map((side) => ({ node: side, reader: sum }))
  for (let at = pending.shift(); at; at = pending.shift()) {
    const { node, reader } = at
    if (node.kind !== 'op' || !uses.onlyUse(node, reader)) continue
    const layer = factsOf(node).windows ? linearLayerOf(node) : undefined
    const scaled = scaledBy(node)
    if (layer && layer.reads !== 'one') found.push(layer)
    else if (isSum(node)) pending.unshift(...sides(node).map((side) => ({ node: side, reader: node })))
    else if (scaled) pending.unshift({ node: scaled, reader: node })
  }
  return found
}

/** The map that an op multiplies by, divides by or adds a number, or one for each channel, that no input decides. */
function scaledBy(node: OpNode): Node | undefined {
  const isScaled = (parameter: string): boolean => isLinearIn(node, parameter) || isLinearIn(node, 'a', 'b')
  if (!factsOf(node).elementwise) return undefined
  const [a, b] = sides(node)
  if (a && hasBatch(a.type) && b && isPerChannel(b, node) && isScaled('a')) return a
  return b && hasBatch(b.type) && a && isPerChannel(a, node) && isScaled('b') ? b : undefined
}

function isPerChannel({ type }: Node, map: Node): boolean {
  const last = type.shape.length - 1
  return !hasBatch(type) && type.shape.every(({ dim }, i) => dim === 1 || (i === last && dim === map.type.shape.at(-1)?.dim))
}

/** Whether what a convolution computes, another one could with zeros in its kernel. */
function hasRoomFor(layer: LinearLayer, larger: LinearLayer): boolean {
  const isAlike = layer.x === larger.x && layer.product.op === larger.product.op && alikeOf(layer) === alikeOf(larger)
  if (!isAlike) return false
  if (kindOf(layer) === kindOf(larger)) return true
  return ([0, 1] as const).every((axis) => {
    const [taps, room] = [placesOf(layer, axis), placesOf(larger, axis)]
    return taps !== undefined && room !== undefined && taps.every((tap) => room.includes(tap))
  })
}

/** What has to be equal: the channels, the strides, the groups. */
const alikeOf = ({ product, kernel }: LinearLayer): string =>
  JSON.stringify([
    kernel.type.shape.slice(2).map(({ dim }) => dim),
    (factsOf(product).windows ?? []).map(({ stride }) => stride),
    product.attributes['groups'],
  ])

const kindOf = ({ product, kernel }: LinearLayer): string =>
  JSON.stringify([kernel.type.shape.map(({ dim }) => dim), product.attributes])

/** The places that a window reads along an axis, counted from where the stride has brought it; undefined where that is not known. */
function placesOf({ product, x }: LinearLayer, axis: 0 | 1): readonly number[] | undefined {
  const window = factsOf(product).windows?.[axis]
  const extent = x.type.shape[axis]?.dim
  if (!window || typeof window.size !== 'number' || extent === undefined) return undefined
  const [before] = window.padding === 'same' ? samePads(extent, window) : window.padding
  return typeof before === 'number' ? Array.from({ length: window.size }, (_, tap) => tap * window.dilation - before) : undefined
}
