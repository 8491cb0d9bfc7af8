import { factsOf } from '../facts/facts-of.ts'
import type { Node, OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { shapeKey } from './keys.ts'

/**
 * concat(f(a₁, b₁), …, f(aₖ, bₖ)) = f(concat(a₁, …, aₖ), concat(b₁, …, bₖ)) of elementwise f over channels; an operand that all share, and that
 * is stretched over the channels, stays. It brings what parts were computed from next to each other: sixteen convolutions with a bias
 * each become a concatenation of convolutions, and one sum.
 *
 * Not where training draws random numbers. Calls: k + 1 become 1 and one for each concatenated operand; it is done where that is less, or as
 * many and only one map has to be concatenated instead of the result.
 */
export const elementwiseAfterConcat = joinNeighbours(
  (first, other) => isElementwise(first) && isElementwise(other) && parametersOf(first).every((name) => isJoinable(name, first, other)),
  ({ parts, isWhole, instead }) => {
    const [first] = parts
    const operands = parametersOf(first).map((name) => [name, parts.map((part) => operandOf(part, name)!)] as const)
    const isEach = (name: string): boolean => parts.every((part) => runsAlongChannels(name, part))
    const isShared = (list: readonly Node[]): boolean => list.every((one) => one === list[0])
    if (!operands.every(([name, list]) => isEach(name) || isShared(list))) return undefined
    const each = operands.filter(([name]) => isEach(name))
    const [before, after] = [parts.length + 1, 1 + each.length + (isWhole ? 0 : 1)]
    const maps = each.filter(([, [operand]]) => operand!.type.depends === 'inputs')
    if (after > before || (after === before && maps.length > 1)) return undefined
    const make = instead()
    const args = operands.map(([name, list]) => [name, isEach(name) ? make.op('concatenate', { parts: list }) : list[0]!] as const)
    return make.op(first.op, Object.fromEntries(args), first.attributes)
  },
)

function isElementwise(node: OpNode): boolean {
  const { elementwise, random } = factsOf(node)
  return elementwise === true && random !== true && parametersOf(node).every((name) => operandOf(node, name))
}

const parametersOf = ({ args }: OpNode): readonly string[] => Object.keys(args)

function isJoinable(name: string, first: OpNode, other: OpNode): boolean {
  const [a, b] = [operandOf(first, name), operandOf(other, name)]
  if (!a || !b) return false
  if (a === b && isStretched(a)) return true
  const isLike = a.type.depends === b.type.depends && shapeKey(a.type.shape.slice(0, -1)) === shapeKey(b.type.shape.slice(0, -1))
  return isLike && runsAlongChannels(name, first) && runsAlongChannels(name, other)
}

/** Whether an operand has an element of its own for each channel of the result. */
function runsAlongChannels(name: string, node: OpNode): boolean {
  const own = operandOf(node, name)?.type.shape.slice(-1) ?? []
  return own.length === 1 && shapeKey(own) === shapeKey(node.type.shape.slice(-1))
}

const isStretched = ({ type: { shape } }: Node): boolean => (shape.at(-1)?.dim ?? 1) === 1
