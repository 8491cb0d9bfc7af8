import { operands, type Node } from './graph.ts'

/**
 * What a rule makes of a node, given by `known` what it makes of those that it reads. These come first, each node once: graphs are deep and
 * their branches meet again.
 */
export function fromOperands<T>(node: Node, known: WeakMap<Node, T>, rule: (node: Node) => T): void {
  const pending = known.has(node) ? [] : [node]
  for (let at = pending.at(-1); at; at = pending.at(-1)) {
    const before = operands(at).filter((read) => !known.has(read))
    pending.push(...before)
    if (before.length > 0) continue
    if (!known.has(at)) known.set(at, rule(at))
    pending.pop()
  }
}
