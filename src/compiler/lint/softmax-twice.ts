import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { multiply } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import type { Modules } from '../reading/module.ts'
import { expressionAt } from '../reading/written.ts'
import type { Node, OpNode } from '../graph/graph.ts'
import type { Expr } from '../syntax/ast.ts'
import { isSamePlace, textOf, userOrigin, type Span } from '../text/source.ts'
import { nodeRule } from './rule.ts'
import { withoutStep } from '../fixes/without-step.ts'

/** A softmax of a softmax along the same axis, or a sigmoid of a sigmoid: what comes out is nearly the same for every input. */
export const softmaxTwice = nodeRule('lint/softmax-twice', (node, _uses, modules) => {
  if (node.kind !== 'op' || (node.op !== 'softmax' && node.op !== 'sigmoid')) return undefined
  const { x } = node.args
  if (!x || !('kind' in x) || x.kind !== 'op' || x.op !== node.op || axesOf(x).join() !== axesOf(node).join()) return 'fine'
  return {
    facts: { op: node.op, range: node.op === 'sigmoid' ? 'all elements then lie between 0.5 and 0.731' : sharesOf(node) },
    details: { labels: [{ origin: x.origins[0], text: `a ${node.op} already` }], fixes: fixesOf(node, x, modules) },
  }
})

/** Of a sigmoid none. */
const axesOf = ({ attributes: { axis }, type }: OpNode): readonly number[] =>
  Array.isArray(axis) ? axis.map((one) => (Number(one) < 0 ? Number(one) + type.shape.length : Number(one))).sort((a, b) => a - b) : []

/**
 * The first gives numbers from 0 to 1 with the sum 1, of which the second makes the powers of e before it divides by their sum.
 */
function sharesOf(node: OpNode): string {
  const extent = axesOf(node).map((axis) => node.type.shape[axis]!.dim).reduce(multiply, 1)
  if (typeof extent !== 'number') return `no share of the ${printDim(extent)} can then be more than 2.718 times another`
  const [least, most] = [1 / (Math.E + extent - 1), Math.E / (Math.E + extent - 1)]
  return `each of the ${extent} shares then lies between ${least.toPrecision(3)} and ${most.toPrecision(3)}`
}

/** What a call is given, where it is nothing but that. */
function withoutCall(call: Expr | undefined, inner: Span): Edit | undefined {
  const [given, ...others] = call?.kind === 'call' ? call.args : []
  const isAround = given?.kind === 'positional' && others.length === 0 && isSamePlace(given.value.span, inner)
  return call && isAround ? { span: call.span, text: textOf(inner) } : undefined
}

/** Takes the second out where it is a step of a pipe without a label, or a call around the first. */
function fixesOf(node: OpNode, first: Node, modules: Modules): readonly Fix[] {
  const { span, frame } = node.origins[0]
  if (frame) return []
  const title = `remove the second ${node.op}`
  const inner = userOrigin(first.origins[0]).span
  const edit = withoutStep(span, modules) ?? withoutCall(expressionAt(span, modules), inner)
  return edit ? [{ title, safety: 'unsafe', edits: [edit] }] : []
}
