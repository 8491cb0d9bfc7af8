import type { Expr } from '../syntax/ast.ts'
import type { Dim } from '../dim/expr.ts'
import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { userOrigin, type Frame } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { expressionAt } from './written.ts'

/** An op that changes a size, and the call in the user's text that made it. */
export interface Window {
  readonly node: OpNode
  readonly call: Expr
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
    if (!before || !after || !sliding.has(node.op)) continue
    const { span, frame } = userOrigin(node.origins[0])
    if (span.source.library) continue
    const call = expressionAt(span, ctx)
    if (call) found.push({ node, call, frame, before: before.dim, after: after.dim })
  }
  return found
}

const sliding: ReadonlySet<string> = new Set([
  'conv2d',
  'depthwise_conv2d',
  'conv2d_transpose',
  'max_pool',
  'avg_pool',
  'resize_map',
  'pad_map',
])

/** The map that an op reads first. */
const mapOf = (node: OpNode): Node | undefined =>
  Object.values(node.args)
    .flat()
    .find(({ type }) => hasBatch(type) && type.shape.length === 3)

/** Whether a map is the other end of a shortcut from another: computed from it, and nothing on the way made it larger. */
export function isBranchOf(node: Node, source: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.kind === 'op' ? mapOf(at) : undefined) {
    if (at === source) return true
    if (at.kind === 'op' && enlarging.has(at.op)) return false
  }
  return false
}

const enlarging: ReadonlySet<string> = new Set(['resize_map', 'conv2d_transpose'])

/** Whether an op of these makes its map larger. */
export const enlarges = ({ node }: Window): boolean => enlarging.has(node.op)

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

export const strideOf = ({ node }: Window): number =>
  Array.isArray(node.attributes['stride']) ? Number(node.attributes['stride'][0]) : 1

/** The extent of a convolution's kernel along an axis; undefined for other ops. */
export function kernelOf({ node: { args } }: Pick<Window, 'node'>, axis: number): Dim | undefined {
  const kernel = args['kernel']
  return kernel && 'type' in kernel ? kernel.type.shape[axis]?.dim : undefined
}

export const isPointwise = (window: Pick<Window, 'node'>): boolean =>
  window.node.op === 'conv2d' && kernelOf(window, 0) === 1 && kernelOf(window, 1) === 1
