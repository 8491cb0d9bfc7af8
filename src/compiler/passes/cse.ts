import { factsOf } from '../facts/facts-of.ts'
import { nodesIn, type Node, type OpNode } from '../graph/graph.ts'
import { attributesKey, attributeKey, shapeKey } from './keys.ts'
import type { Rule } from './rule.ts'

/**
 * f(a) and f(a) are one value, computed once; equal constants are one. The gradient of a is the sum of both.
 *
 * Not where training draws random numbers, which are others each time, nor where it may write a state, which two calls do twice.
 */
export const cse: Rule = () => {
  const first = new Map<string, Node>()
  const numbers = new Map<Node, number>()
  const numberOf = (node: Node): number => {
    const number = numbers.get(node) ?? numbers.size
    numbers.set(node, number)
    return number
  }
  return (node) => {
    const key = keyOf(node, numberOf)
    if (key === undefined) return node
    const known = first.get(key) ?? node
    first.set(key, known)
    return known
  }
}

function keyOf(node: Node, numberOf: (node: Node) => number): string | undefined {
  if (node.kind === 'constant') return `constant [${shapeKey(node.type.shape)}] ${node.values.map(attributeKey).join()}`
  if (node.kind !== 'op' || factsOf(node).random || mayWrite(node)) return undefined
  const read = Object.entries(node.args).map(([name, given]) => `${name}: ${[given].flat().map((one) => numberOf(one)).join(' ')}`)
  return `${node.op}(${read.join()}) ${attributesKey(node)} ${node.frozen}`
}

const mayWrite = ({ args, frozen }: OpNode): boolean => !frozen && nodesIn(args).some(({ kind }) => kind === 'state')
