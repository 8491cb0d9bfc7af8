import type { Dim } from '../dim/expr.ts'
import { factsOf } from '../facts/facts-of.ts'
import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { callOf, libraryCallOf } from '../library/library-call.ts'
import type { WrittenCall } from '../library/written-call.ts'
import type { KernelFact } from '../primitives/facts.ts'
import type { Parameter } from '../primitives/primitive.ts'
import { primitives } from '../primitives/index.ts'
import { userOrigin, type Frame } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { expressionAt } from './written.ts'

/** An op that changes a size, and the call in the user's text that made it. */
export interface Window {
  readonly node: OpNode
  readonly written: WrittenCall
  /** The call of the body in which that stands. */
  readonly frame: Frame | undefined
  readonly before: Dim
  readonly after: Dim
}

/** The ops along a branch, the last first, up to the map that both branches come from. */
export function windowsOf(branch: Node, other: Node, axis: number, ctx: Context): readonly Window[] {
  const shared = ancestors(other)
  const found: Window[] = []
  for (let node: Node | undefined = branch; node?.kind === 'op' && !shared.has(node); node = mapOf(node)) {
    const before = mapOf(node)?.type.shape[axis]
    const after = node.type.shape[axis]
    if (!before || !after || !readsMap(node)) continue
    const { span, frame } = userOrigin(node.origins[0])
    if (span.source.library) continue
    const call = expressionAt(span, ctx)
    const op = libraryCallOf(node.origins[0])?.op ?? node.op
    if (call) found.push({ node, written: callOf(op, call, ctx.run.modules), frame, before: before.dim, after: after.dim })
  }
  return found
}

/** Whether an op is one of maps, of which it makes one of another size. */
const readsMap = ({ op }: OpNode): boolean => parametersOf(op).some(({ means }) => means === 'map')

const parametersOf = (op: string): readonly Parameter[] => Object.values(primitives.get(op)?.signature ?? {})

/** The map that an op reads first. */
const mapOf = (node: OpNode): Node | undefined =>
  Object.values(node.args)
    .flat()
    .find(({ type }) => hasBatch(type) && type.shape.length === 3)

/** Whether a map is the other end of a shortcut from another: computed from it, and nothing on the way made it larger. */
export function isBranchOf(node: Node, source: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.kind === 'op' ? mapOf(at) : undefined) {
    if (at === source) return true
    if (at.kind === 'op' && isEnlarging(at)) return false
  }
  return false
}

/** Whether an op of these makes its map larger: spreads it, or gives it a size that does not come of its own. */
export const enlarges = ({ node }: Window): boolean => isEnlarging(node)

const isEnlarging = (node: OpNode): boolean =>
  factsOf(node).spreads !== undefined || (readsMap(node) && parametersOf(node.op).some(({ kind }) => kind === 'dims'))

function ancestors(node: Node): ReadonlySet<Node> {
  const found = new Set<Node>()
  const open = [node]
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    if (next.kind === 'op') open.push(...Object.values(next.args).flat().filter(({ type }) => hasBatch(type)))
  }
  return found
}

/** Of rows and of columns, those that it reads, or over which it spreads what it reads. */
function slidingOf(node: Node) {
  const { windows, spreads } = factsOf(node)
  return windows ?? spreads
}

export const strideOf = ({ node }: Window): number => slidingOf(node)?.[0].stride ?? 1

/** The extent of a convolution's kernel along an axis; undefined for other ops. */
export const kernelOf = ({ node }: Window, axis: number): Dim | undefined =>
  factsOf(node).kernel && slidingOf(node)?.[axis]?.size

/** How many rows or columns a window reads at once, of a convolution or a pooling; 1 where that is not known. */
export function sideOf({ node }: Window, axis: number): number {
  const side = slidingOf(node)?.[axis]?.size
  return typeof side === 'number' ? side : 1
}

/** Whether an op mixes the channels of each place, and reads no others. */
export function isPointwise(node: Node): boolean {
  const { kernel, windows } = factsOf(node)
  return isMixing(kernel) && windows?.every(({ size }) => size === 1) === true
}

/** Whether an op is a convolution that mixes channels. */
export const mixesWindows = (node: Node): boolean => isMixing(factsOf(node).kernel) && factsOf(node).windows !== undefined

const isMixing = (kernel: KernelFact | undefined): boolean => kernel?.reads !== undefined && !kernel.makes.includes(kernel.reads)
