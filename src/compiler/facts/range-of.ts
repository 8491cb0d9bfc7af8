import { operands, type Node } from '../graph/graph.ts'
import { anyRange, rangeOf as rangeOfNumbers, spanned, type Range } from '../primitives/ranges.ts'
import { factsOf } from './facts-of.ts'

const known = new WeakMap<Node, Range>()

/**
 * What the elements of a value lie between, whatever inputs and weights hold; infinite where nothing bounds them. What it depends on is
 * looked at first, each node once, since graphs are deep and their branches meet again.
 */
export function rangeOf(node: Node): Range {
  const pending = [node]
  for (let at = pending.at(-1); at; at = pending.at(-1)) {
    const before = operands(at).filter((read) => !known.has(read))
    pending.push(...before)
    if (before.length > 0) continue
    if (!known.has(at)) known.set(at, computed(at))
    pending.pop()
  }
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
