import { fromOperands } from '../graph/from-operands.ts'
import { hasBatch, isWeight, operands, type Node, type OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import type { Facts } from '../primitives/facts.ts'
import { anySign, signsOf, united, type Signs } from '../primitives/signs.ts'
import { factsOf } from './facts-of.ts'
import { isLinearIn } from './linearity.ts'

/** What is certain of the elements of a value. */
export type Sign =
  /** More than 0. */
  | { readonly kind: 'positive' }
  /** At least 0, and 0 where `from` says so. */
  | { readonly kind: 'not negative'; readonly from: OpNode }
  /** Of either sign, and so 0 in between; `from` decides it. */
  | { readonly kind: 'either'; readonly from: OpNode }
  | { readonly kind: 'unknown' }

interface Known {
  /** None that an element could have is missing. */
  readonly signs: Signs
  readonly sign: Sign
}

const nothing: Known = { signs: anySign, sign: { kind: 'unknown' } }

const known = new WeakMap<Node, Known>()

/**
 * The sign of a value: of what inputs and weights hold nothing is assumed, and where there is a doubt it is unknown.
 */
export function signOf(node: Node): Sign {
  fromOperands(node, known, of)
  return knownOf(node).sign
}

const knownOf = (node: Node): Known => known.get(node) ?? nothing

function of(node: Node): Known {
  if (node.kind === 'constant') return surely(signsOf(node.values))
  if (node.kind === 'param' && node.within) return surely(anySign.filter(isWithin(node.within)))
  if (node.kind !== 'op') return nothing
  if (isCentred(node)) return { signs: anySign, sign: { kind: 'either', from: node } }
  const { sign, elementwise } = factsOf(node)
  return sign ? derived(node, sign, elementwise === true) : nothing
}

const surely = (signs: Signs): Known => ({ signs, sign: { kind: isOnly(signs, 1) ? 'positive' : 'unknown' } })

const isOnly = (signs: Signs, sign: number): boolean => signs.length === 1 && signs[0] === sign

const isWithin =
  ([low, high]: readonly [number, number]) =>
  (sign: number): boolean =>
    sign < 0 ? low < 0 : sign > 0 ? high > 0 : low <= 0 && high >= 0

/** What is of either sign by itself: sums by weights that are, differences, and what is normalised. */
function isCentred(node: OpNode): boolean {
  const { kernel, sign, centredOn } = factsOf(node)
  if (centredOn !== undefined) return true
  if (kernel) {
    const weights = operandOf(node, kernel.by)
    return hasBatch(node.type) && weights !== undefined && isWeight(weights) && weights.init.kind !== 'constant' && !weights.within
  }
  const all = Object.keys(node.args)
  const cancels = sign?.(Object.fromEntries(all.map((name): [string, Signs] => [name, [1]]))).includes(-1) === true
  return cancels && operands(node).every(({ type }) => hasBatch(type))
}

function derived(node: OpNode, rule: NonNullable<Facts['sign']>, elementwise: boolean): Known {
  const given = Object.entries(node.args).map(([name, argument]) => {
    const nodes = 'kind' in argument ? [argument] : argument
    return { name, nodes, signs: united(...nodes.map((one) => knownOf(one).signs)) }
  })
  /** The result where some of the arguments have another sign. */
  const where = (chosen: readonly string[], sign: Signs): Signs =>
    rule(Object.fromEntries(given.map(({ name, signs }) => [name, chosen.includes(name) ? sign : signs])))
  const names = given.map(({ name }) => name)
  const isOneValue = elementwise && new Set(operands(node)).size === 1
  const signs = isOneValue
    ? united(...(given[0]?.signs ?? []).map((sign) => where(names, [sign])))
    : where([], anySign)
  if (isOnly(signs, 1)) return surely(signs)

  const doubts = given.flatMap(({ name, nodes }) => nodes.flatMap((one) => doubtOf(name, one)))
  if (!signs.includes(-1)) {
    const isCut = given.some(({ name, signs: all }) => all.includes(-1) && isOnly(where([name], [-1]), 0))
    const doubted = doubts.map(({ name }) => name)
    const from = isCut ? node : isOnly(where(doubted, [0]), 0) ? doubts[0]?.from : undefined
    return { signs, sign: from ? { kind: 'not negative', from } : { kind: 'unknown' } }
  }
  // where it is 0 the result is; a bias leaves the sign open
  const isBiased = isLinearIn(node, 'a', 'b') && operands(node).some(isWeight)
  const from = doubts.find(({ kind, name }) => kind === 'either' && (isBiased || isOnly(where([name], [0]), 0)))?.from
  return { signs, sign: from ? { kind: 'either', from } : { kind: 'unknown' } }
}

function doubtOf(name: string, node: Node) {
  const { sign } = knownOf(node)
  return sign.kind === 'either' || sign.kind === 'not negative' ? [{ name, ...sign }] : []
}
