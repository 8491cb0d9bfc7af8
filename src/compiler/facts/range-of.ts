import { fromOperands } from '../graph/from-operands.ts'
import type { Node } from '../graph/graph.ts'
import { anyRange, rangeOf as rangeOfNumbers, spanned, type Range } from '../primitives/ranges.ts'
import { factsOf } from './facts-of.ts'

const known = new WeakMap<Node, Range>()

/** What the elements of a value lie between, whatever inputs and weights hold; infinite where nothing bounds them. */
export function rangeOf(node: Node): Range {
  fromOperands(node, known, computed)
  return known.get(node) ?? anyRange
}

function computed(node: Node): Range {
  if (node.kind === 'constant') return rangeOfNumbers(node.values)
  if (node.kind === 'param' && node.within) return node.within
  if (node.kind !== 'op') return anyRange
  const { range } = factsOf(node)
  if (!range) return anyRange
  const given = Object.entries(node.args).map(([name, argument]): [string, Range] => {
    const nodes = 'kind' in argument ? [argument] : argument
    return [name, spanned(...nodes.map((one) => known.get(one) ?? anyRange))]
  })
  const [low, high] = range(Object.fromEntries(given))
  return Number.isNaN(low) || Number.isNaN(high) ? anyRange : [low, high]
}
