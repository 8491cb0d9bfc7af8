import type { Expr } from '../ast.ts'
import type { Edit, Fix } from '../diagnostics.ts'
import type { Node, OpNode } from '../graph.ts'
import { textOf, userOrigin } from '../source.ts'
import { argumentEdit, namedArgument, writtenArgument } from './argument-edit.ts'
import type { Context } from './context.ts'
import { writing } from './writing.ts'

/** Two maps of known sizes that should be equal along an axis. */
export interface Sizes {
  readonly axis: number
  readonly small: Node
  readonly large: Node
}

/**
 * What may bring two maps to one size where they are made: the stride of the branch in the shortcut, padding, a pooling that keeps every
 * row, another factor. Which of these is right, whoever tries them finds out.
 */
export function sizeFixes({ axis, small, large }: Sizes, ctx: Context): readonly Fix[] {
  const branch = windowsOf(small, large, axis, ctx)
  const shortcut = windowsOf(large, small, axis, ctx)
  return [
    ...strided(branch, shortcut),
    ...edits('write padding: same, which keeps every row', branch.filter(narrows), (call) => [argumentEdit(call, 'padding', 'padding: same')]),
    ...edits('write stride: 1, which keeps every row', branch.filter(poolsByDefault), (call) => [
      argumentEdit(call, 'stride', 'stride: 1'),
      ...(namedArgument(call, 'padding') ? [] : [argumentEdit(call, 'padding', 'padding: same')]),
    ]),
    ...rescaled([...branch, ...shortcut], extentOf(large, axis) / extentOf(small, axis), branch.length),
  ]
}

/** An op that changes a size, and the call in the user's text that made it. */
interface Window {
  readonly node: OpNode
  readonly call: Expr
  readonly before: number
  readonly after: number
}

const extentOf = ({ type }: Node, axis: number): number => {
  const dim = type.shape[axis]?.dim
  return typeof dim === 'number' ? dim : NaN
}

/** The ops along a branch, the last first, up to the map that both branches come from. */
function windowsOf(branch: Node, other: Node, axis: number, ctx: Context): readonly Window[] {
  const shared = ancestors(other)
  const found: Window[] = []
  for (let node: Node | undefined = branch; node?.kind === 'op' && !shared.has(node); node = mapOf(node)) {
    const from = mapOf(node)
    if (!from || !sliding.has(node.op)) continue
    const { span } = userOrigin(node.origin)
    if (span.source.library) continue
    const call = ctx.run.modules.readExpression(span.source, textOf(span), span.start)
    found.push({ node, call, before: extentOf(from, axis), after: extentOf(node, axis) })
  }
  return found
}

const sliding: ReadonlySet<string> = new Set(['conv2d', 'depthwise_conv2d', 'max_pool', 'avg_pool', 'resize_map'])

/** The map that an op reads first. */
const mapOf = (node: OpNode): Node | undefined => Object.values(node.args).flat().find(({ type }) => type.batched && type.shape.length === 3)

/** Whether a map is the other end of a shortcut from another: computed from it, and nothing on the way made it larger. */
export function isBranchOf(node: Node, source: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.kind === 'op' ? mapOf(at) : undefined) {
    if (at === source) return true
    if (at.kind === 'op' && enlarging.has(at.op)) return false
  }
  return false
}

const enlarging: ReadonlySet<string> = new Set(['resize_map', 'conv2d_transpose'])

function ancestors(node: Node): ReadonlySet<Node> {
  const found = new Set<Node>()
  const open = [node]
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    if (next.kind === 'op') open.push(...Object.values(next.args).flat().filter(({ type }) => type.batched))
  }
  return found
}

const strides = ({ node }: Window): number => (Array.isArray(node.attributes['stride']) ? Number(node.attributes['stride'][0]) : 1)

/** A window without padding that takes rows away. */
const narrows = (window: Window): boolean => window.node.op !== 'resize_map' && strides(window) === 1 && window.after < window.before

const poolsByDefault = ({ node, call, before, after }: Window): boolean =>
  node.op.endsWith('_pool') && after < before && namedArgument(call, 'stride') === undefined

/** The stride of the branch, for the projection of the shortcut: a 1x1 convolution that has none. */
function strided(branch: readonly Window[], shortcut: readonly Window[]): readonly Fix[] {
  const stride = branch.flatMap(({ call }) => namedArgument(call, 'stride') ?? [])
  const [given] = stride
  const projection = shortcut.find(({ node, call, before, after }) => before === after && isPointwise(node) && !namedArgument(call, 'stride'))
  if (!given || !projection || stride.length > 1) return []
  const argument = writtenArgument(given)
  return edits(`give the shortcut the stride of the branch, ${argument}`, [projection], (call) => [argumentEdit(call, 'stride', argument)])
}

const isPointwise = ({ op, args }: OpNode): boolean => {
  const kernel = args['kernel']
  return op === 'conv2d' && kernel !== undefined && 'type' in kernel && kernel.type.shape[0]?.dim === 1 && kernel.type.shape[1]?.dim === 1
}

/** A resizing by another factor; one whose size was probably meant as a factor. */
function rescaled(windows: readonly Window[], ratio: number, ofSmall: number): readonly Fix[] {
  return windows.flatMap(({ node, call, before, after }, i): readonly Fix[] => {
    if (node.op !== 'resize_map' || call.kind !== 'call') return []
    const scale = after * (i < ofSmall ? ratio : 1 / ratio) / before
    if (!Number.isInteger(scale) || scale < 1) return []
    const [only] = call.args
    if (only?.kind === 'positional' && call.args.length === 1 && only.value.kind === 'number') {
      return [writing(`scale: ${scale}`, only.value.span)]
    }
    if (namedArgument(call, 'scale')?.value.kind !== 'number') return []
    return [{ title: `write scale: ${scale}`, edits: [argumentEdit(call, 'scale', `scale: ${scale}`)] }]
  })
}

/** One fix of all windows of a kind; a call that made several of them is changed once. */
function edits(title: string, windows: readonly Window[], change: (call: Expr) => readonly Edit[]): readonly Fix[] {
  const calls = new Map(windows.map(({ call }) => [`${call.span.source.path} ${call.span.start}`, call]))
  return calls.size === 0 ? [] : [{ title, edits: [...calls.values()].flatMap(change) }]
}
