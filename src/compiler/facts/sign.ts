import { hasBatch, isWeight, operands, type Node, type OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'

/** What is certain of the elements of a value. */
export type Sign =
  /** More than 0. */
  | { readonly kind: 'positive' }
  /** At least 0, and 0 where `from` says so. */
  | { readonly kind: 'not negative'; readonly from: OpNode }
  /** Of either sign, and so 0 in between; `from` decides it. */
  | { readonly kind: 'either'; readonly from: OpNode }
  | { readonly kind: 'unknown' }

const positive: Sign = { kind: 'positive' }
const unknown: Sign = { kind: 'unknown' }

const known = new WeakMap<Node, Sign>()

/**
 * The sign of a value: of what inputs and weights hold nothing is assumed, and where there is a doubt it is unknown. What it
 * depends on is looked at first, each node once, since graphs are deep and their branches meet again.
 */
export function signOf(node: Node): Sign {
  const pending = known.has(node) ? [] : [node]
  for (let at = pending.at(-1); at; at = pending.at(-1)) {
    const before = operands(at).filter((read) => !known.has(read))
    pending.push(...before)
    if (before.length > 0) continue
    if (!known.has(at)) known.set(at, signFrom(at))
    pending.pop()
  }
  return known.get(node) ?? unknown
}

function signFrom(node: Node): Sign {
  if (node.kind === 'constant') return node.values.every((value) => value > 0) ? positive : unknown
  if (node.kind === 'param' && node.within && node.within[0] > 0) return positive
  return node.kind === 'op' ? (rules.get(node.op)?.(node) ?? unknown) : unknown
}

type SignRule = (node: OpNode) => Sign

const alwaysPositive: SignRule = () => positive

const first = (node: OpNode): Sign => signOf(operands(node)[0]!)

/** The sign stays, and so does a 0. */
const kept: SignRule = first

/** What is 0 where it would be negative. */
const cut: SignRule = (node) => (first(node).kind === 'positive' ? positive : { kind: 'not negative', from: node })

const folded: SignRule = (node) => {
  const sign = first(node)
  return sign.kind === 'either' ? { kind: 'not negative', from: sign.from } : sign
}

/** A sum of elements by weights, which are of either sign. */
const weighted: SignRule = (node) => {
  const kernel = operands(node)[1]
  return hasBatch(node.type) && kernel && isWeight(kernel) && kernel.init.kind !== 'constant' && !kernel.within
    ? { kind: 'either', from: node }
    : unknown
}

const bothOf = (node: OpNode): readonly [Node, Node] => [operandOf(node, 'a')!, operandOf(node, 'b')!]

const rules: ReadonlyMap<string, SignRule> = new Map(Object.entries<SignRule>({
  relu: cut,
  abs: folded,
  sqrt: kept,
  exp: alwaysPositive,
  sigmoid: alwaysPositive,
  softplus: alwaysPositive,
  softmax: alwaysPositive,
  tanh: kept,
  erf: kept,
  elu: kept,
  conv2d: weighted,
  depthwise_conv2d: weighted,
  conv2d_transpose: weighted,
  matmul: weighted,
  batch_norm: (node) => ({ kind: 'either', from: node }),
  max_pool: kept,
  avg_pool: kept,
  reduce_axes: kept,
  reshape: kept,
  transpose: kept,
  take: kept,
  slice: kept,
  resize_map: kept,
  add: (node) => {
    const [a, b] = bothOf(node)
    const [left, right] = [signOf(a), signOf(b)]
    // a bias leaves the sign open; a constant may be what keeps the sum from 0
    if (left.kind === 'either' && isWeight(b)) return left
    if (right.kind === 'either' && isWeight(a)) return right
    if (left.kind === 'unknown' || right.kind === 'unknown' || left.kind === 'either' || right.kind === 'either') return unknown
    return left.kind === 'positive' || right.kind === 'positive' ? positive : left
  },
  sub: (node) => (bothOf(node).every(({ type }) => hasBatch(type)) ? { kind: 'either', from: node } : unknown),
  mul: (node) => {
    const [a, b] = bothOf(node)
    const [left, right] = [signOf(a), signOf(b)]
    if (left.kind === 'unknown' || right.kind === 'unknown') return unknown
    if (a === b) return left.kind === 'positive' ? positive : { kind: 'not negative', from: left.from }
    return [left, right].find(({ kind }) => kind === 'either') ?? (left.kind === 'positive' ? right : left)
  },
  div: (node) => {
    const [a, b] = bothOf(node).map(signOf) as [Sign, Sign]
    return b.kind === 'positive' ? a : unknown
  },
  maximum: (node) => {
    const signs = bothOf(node).map(signOf)
    return signs.some(({ kind }) => kind === 'positive') ? positive : unknown
  },
  minimum: (node) => {
    const [a, b] = bothOf(node).map(signOf) as [Sign, Sign]
    return a.kind === 'positive'
      ? b.kind === 'either'
        ? unknown
        : b
      : b.kind === 'positive' && a.kind !== 'either'
        ? a
        : unknown
  },
}))
