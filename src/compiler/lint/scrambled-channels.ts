import { keyOf, multiply, type Dim } from '../dim/expr.ts'
import { printShape } from '../dim/print.ts'
import type { OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { insertedBefore } from './graph/inserted-before.ts'
import { nodeRule } from './rule.ts'
import type { Uses } from './graph/uses.ts'

/**
 * A map [H, W, C] that is reshaped to [C, H · W], or to [C, H, W]: channels run fastest and stay so, and nothing that stands first then
 * is a channel. What is reshaped again at once is left alone, as its order is that of the map still.
 */
export const scrambledChannels = nodeRule('lint/scrambled-channels', (node, uses, modules) => {
  if (node.kind !== 'op' || node.op !== 'reshape') return undefined
  const x = operandOf(node, 'x')
  const [from, to] = [dimsOf(x?.type.shape), dimsOf(node.type.shape)]
  if (!x || node.origins[0].span.source.library || !isMovedToFront(from, to) || isReshapedAgain(node, uses)) return 'fine'
  const before = insertedBefore(node.origins[0].span, 'transpose([2, 0, 1])', modules)
  return {
    facts: { from: printShape(x.type.shape), to: printShape(node.type.shape) },
    details: {
      notes: ['transpose([2, 0, 1]) moves the channels to the front'],
      fixes: before ? [{ title: 'transpose it first', safety: 'unsafe', edits: [before] }] : [],
    },
  }
})

const dimsOf = (shape: readonly { readonly dim: Dim }[] | undefined): readonly Dim[] => (shape ?? []).map(({ dim }) => dim)

/** Whether [a, b, c] becomes [c, a · b] or [c, a, b], and no cut of its elements in their order is that. */
function isMovedToFront(from: readonly Dim[], to: readonly Dim[]): boolean {
  const [height, width, channels] = from
  const [first, ...rest] = to
  if (from.length !== 3 || height === undefined || width === undefined || channels === undefined || first === undefined) return false
  const places = multiply(height, width)
  const isRest = rest.length === 1 ? isEqual(rest[0]!, places) : rest.length === 2 && isEqual(rest[0]!, height) && isEqual(rest[1]!, width)
  return isRest && isEqual(first, channels) && ![1, height, places].some((cut) => isEqual(first, cut)) && !isEqual(places, 1)
}

const isEqual = (a: Dim, b: Dim): boolean => keyOf(a) === keyOf(b)

const isReshapedAgain = (node: OpNode, uses: Uses): boolean =>
  !uses.isOutput(node) && uses.readers(node).every((reader) => reader.op === 'reshape')
