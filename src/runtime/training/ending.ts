import { isProduct, isSum } from '../../compiler/facts/linearity.ts'
import { factsOf } from '../../compiler/facts/facts-of.ts'
import { operands, type Node, type OpNode } from '../../compiler/graph/graph.ts'

/** How a model ends, as far as its loss depends on it. */
interface Ending {
  readonly kind: 'softmax' | 'sigmoid' | 'mixed softmaxes' | 'mixed sigmoids' | 'other'
  /** The ops that make the probabilities. */
  readonly from: readonly OpNode[]
}

/** What makes probabilities of logits: a softmax over the last axis or a sigmoid; or a sum, mean or weighted sum of such. */
export function endingOf(output: Node): Ending {
  const from = mixed(output, new Map()) ?? []
  const isOne = from.length === 1 && from[0] === output
  if (from.length > 0 && from.every(isSoftmax)) return { kind: isOne ? 'softmax' : 'mixed softmaxes', from }
  if (from.length > 0 && from.every(isSigmoid)) return { kind: isOne ? 'sigmoid' : 'mixed sigmoids', from }
  return { kind: 'other', from: [] }
}

const isSigmoid = ({ op }: OpNode): boolean => op === 'sigmoid'

const isSoftmax = (node: OpNode): boolean => node.op === 'softmax' && isOverLastAxis(node)

const isOverLastAxis = ({ attributes: { axis }, type }: OpNode): boolean =>
  Array.isArray(axis) && axis.length === 1 && (axis[0] === -1 || axis[0] === type.shape.length - 1)

type Found = readonly OpNode[] | undefined

/** The softmaxes and sigmoids of a weighted sum; undefined where something else is in it. What was looked at is in `known`. */
function mixed(node: Node, known: Map<Node, Found>): Found {
  if (known.has(node)) return known.get(node)
  const found = node.kind === 'op' ? ofOp(node, known) : undefined
  known.set(node, found)
  return found
}

function ofOp(node: OpNode, known: Map<Node, Found>): Found {
  if (isSoftmax(node) || isSigmoid(node)) return [node]
  const given = operands(node)
  const found = given.map((one) => mixed(one, known))
  if (isProduct(node) || isQuotient(node)) return found.find((one) => one !== undefined)
  const { moves, averages, perChannel } = factsOf(node)
  const isWhole = isSum(node) || moves !== undefined || (averages !== undefined && perChannel !== undefined)
  return isWhole && given.length > 0 ? joined(found) : undefined
}

const isQuotient = (node: OpNode): boolean => node.op === 'div'

function joined(found: readonly Found[]): Found {
  const all = found.flatMap((one) => (one ? [one] : []))
  return all.length === found.length ? [...new Set(all.flat())] : undefined
}
