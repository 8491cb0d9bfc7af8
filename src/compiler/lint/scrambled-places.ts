import type { Fix } from '../diagnostics/diagnostics.ts'
import { divide, keyOf, multiply, type Dim } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import { factsOf } from '../facts/facts-of.ts'
import { hasBatch, operands, type Node, type OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { writing } from '../fixes/writing.ts'
import type { Modules } from '../reading/module.ts'
import { expressionAt, stepAt } from '../reading/written.ts'
import { nodeRule } from './rule.ts'
import { insertedBefore } from './graph/inserted-before.ts'
import type { Uses } from './graph/uses.ts'

/**
 * A map that is reshaped to another one whose places are not its places: back to the shape that it had before its axes were moved, or to
 * fewer rows and columns, or more, with as many more channels, or fewer, where windows then take what lies far apart for neighbours.
 */
export const scrambledPlaces = nodeRule('lint/scrambled-places', (node, uses, modules) => {
  if (node.kind !== 'op' || node.op !== 'reshape' || node.origins[0].span.source.library) return undefined
  const x = operandOf(node, 'x')
  const found = x && (movedBack(x, node, modules) ?? regrouped(x, node, uses, modules))
  if (!x || !found) return 'fine'
  const { why, notes, fixes } = found
  return { facts: { from: printShape(x.type.shape), to: printShape(node.type.shape), why }, details: { notes, fixes } }
})

interface Scrambled {
  readonly why: string
  readonly notes: readonly string[]
  readonly fixes: readonly Fix[]
}

const dimsOf = ({ type: { shape } }: Node): readonly Dim[] => shape.map(({ dim }) => dim)
const keysOf = (dims: readonly Dim[]): string => dims.map(keyOf).join()

/** The shape of before a transpose, of which the elements keep the order that it gave them. */
function movedBack(x: Node, node: OpNode, modules: Modules): Scrambled | undefined {
  const from = x.kind === 'op' && x.op === 'transpose' ? operandOf(x, 'x') : undefined
  const order = x.kind === 'op' ? x.attributes['order'] : undefined
  if (!from || !Array.isArray(order) || keysOf(dimsOf(from)) !== keysOf(dimsOf(node)) || keysOf(dimsOf(x)) === keysOf(dimsOf(node))) return undefined
  // an axis of one element moves nothing
  const moved = order.map(Number).filter((axis) => dimsOf(from)[axis] !== 1)
  if (moved.every((axis, i) => i === 0 || axis > moved[i - 1]!)) return undefined
  const back = `transpose([${order.map((_, axis) => order.map(Number).indexOf(axis)).join(', ')}])`
  const call = expressionAt(node.origins[0].span, modules)
  return {
    why: 'the elements stay in the order that transpose gave them',
    notes: [`${back} moves the axes back`],
    fixes: call && stepAt(call.span, modules) ? [writing(back, call.span)] : [],
  }
}

/** Rows and columns that are taken together, or apart, by the same factor, before windows read the map. */
function regrouped(x: Node, node: OpNode, uses: Uses, modules: Modules): Scrambled | undefined {
  const [before, after] = [dimsOf(x), dimsOf(node)]
  const down = factorOf(before, after)
  const factor = down ?? factorOf(after, before)
  if (factor === undefined || !hasPlaces(x) || !isReadByWindows(node, uses)) return undefined
  // of the two maps the one of fewer rows has the places of the blocks, and the other the channels of each place
  const [coarse, fine] = down === undefined ? [before, after] : [after, before]
  const [rows, columns] = coarse.map(printDim)
  const channels = printDim(fine[2]!)
  const split = down === undefined ? [rows, columns, factor, factor, channels] : [rows, factor, columns, factor, channels]
  const steps = `reshape([${split.join(', ')}]) |> transpose([0, 2, 1, 3, 4])`
  const isFixed = [...before, ...after].every((dim) => typeof dim === 'number')
  const inserted = isFixed ? insertedBefore(node.origins[0].span, steps, modules) : undefined
  const run = `${factor * factor} places in a row`
  return {
    why: down === undefined ? `a place becomes ${run}` : `${run} become one`,
    notes: [`blocks of ${factor}x${factor} places are ${steps} |> reshape(…)`],
    fixes: inserted ? [{ title: `write ${steps} before it`, safety: 'unsafe', edits: [inserted] }] : [],
  }
}

/** The whole number by which a map is larger than another along both axes, which has as many more channels. */
function factorOf([height, width, channels]: readonly Dim[], [h, w, c, ...others]: readonly Dim[]): number | undefined {
  if (height === undefined || width === undefined || channels === undefined || h === undefined || w === undefined || c === undefined) return undefined
  const factor = divide(height, h)
  if (others.length > 0 || typeof factor !== 'number' || !Number.isInteger(factor) || factor < 2 || h === 1 || w === 1) return undefined
  const isAlike = keyOf(multiply(w, factor)) === keyOf(width) && keyOf(multiply(channels, factor * factor)) === keyOf(c)
  return isAlike ? factor : undefined
}

/** Whether a map was fed, or windows made it: what a dense layer makes has no places before it is reshaped. */
function hasPlaces(map: Node): boolean {
  for (let at: Node | undefined = map; at; at = at.kind === 'op' ? operands(at).find(({ type }) => hasBatch(type)) : undefined) {
    if (at.kind === 'input') return at.type.shape.length === 3
    const { windows, spreads, elementwise, perChannel } = factsOf(at)
    if (windows ?? spreads) return true
    if (!(elementwise ?? perChannel)) return false
  }
  return false
}

function isReadByWindows(map: OpNode, uses: Uses): boolean {
  const pending = [...uses.readers(map)]
  for (let node = pending.shift(); node; node = pending.shift()) {
    const { windows, spreads, elementwise, perChannel } = factsOf(node)
    if ((windows ?? spreads)?.some(({ size }) => size !== 1)) return true
    if ((elementwise ?? perChannel) && node.type.shape.length === 3) pending.push(...uses.readers(node))
  }
  return false
}
