import { add, type Dim } from '../dim/expr.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { userOrigin } from '../text/source.ts'
import { macsOf } from '../facts/stats.ts'
import { factsOf } from '../facts/facts-of.ts'
import { isLinearIn } from '../facts/linearity.ts'
import { linearLayerOf, type LinearLayer } from '../facts/linear-layer.ts'
import { multiplyAdds } from './graph/multiply-adds.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import type { OpName } from '../library/names.ts'
import type { Uses } from './graph/uses.ts'

const mixture: OpName = 'conv.mixture'

/**
 * Convolutions of one map with one geometry, added up by weights that no input decides: a convolution is linear in its kernel, so
 * that the sum is one convolution with the sum of the kernels.
 */
export const oneConvolution = nodeRule('lint/one-convolution', (node, uses) => {
  if (node.kind !== 'op' || !isSum(node) || isSummand(node, uses)) return undefined
  const layers = summandsOf(node, uses).map((layer) => ({ ...layer, kind: kindOf(layer) }))
  const several = layers.find(({ kind }, i) => layers.slice(i + 1).some((other) => other.kind === kind))
  const [first, ...others] = layers.filter(({ kind }) => kind === several?.kind)
  if (!first) return 'fine'
  const one = macsOf(first.product)
  const now = others.reduce<Dim>((sum, { product }) => add(sum, macsOf(product)), one)
  const calls = new Map([first, ...others].map(({ product }) => [userOrigin(product.origins[0]).span.start, product.origins[0]]))
  return {
    facts: { count: String(others.length + 1), now: multiplyAdds(now), one: multiplyAdds(one) },
    details: {
      labels: [...calls.values()].map((origin) => ({
        origin,
        text: `${calledOp(first.product.op, origin)} with ${multiplyAdds(one)} multiply-adds`,
      })),
      notes: [`${mixture}(x, weights, …) sums the kernels by the same weights, and convolves once`],
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

const kindOf = ({ product, x, kernel }: LinearLayer): string =>
  JSON.stringify([x.id, kernel.type.shape.map(({ dim }) => dim), product.attributes])
