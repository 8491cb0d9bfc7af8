import type { Fix } from '../diagnostics/diagnostics.ts'
import { printDim } from '../dim/print.ts'
import type { Node, OpNode } from '../graph/graph.ts'
import { textOf, userOrigin } from '../text/source.ts'
import { fixedByHand, nodeRule } from './rule.ts'

/** A softmax of a softmax along the same axis, or a sigmoid of a sigmoid: what comes out is nearly the same for every input. */
export const softmaxTwice = fixedByHand(nodeRule('lint/softmax-twice', (node) => {
  if (node.kind !== 'op' || (node.op !== 'softmax' && node.op !== 'sigmoid')) return undefined
  const { x } = node.args
  if (!x || !('kind' in x) || x.kind !== 'op' || x.op !== node.op || axisOf(x) !== axisOf(node)) return 'fine'
  return {
    facts: { op: node.op, range: node.op === 'sigmoid' ? 'all elements then lie between 0.5 and 0.731' : sharesOf(node) },
    details: { labels: [{ origin: x.origins[0], text: `a ${node.op} already` }], fixes: fixesOf(node, x) },
  }
}))

const axisOf = ({ attributes, type }: OpNode): number | undefined => {
  const { axis } = attributes
  return typeof axis === 'number' && axis < 0 ? axis + type.shape.length : typeof axis === 'number' ? axis : undefined
}

/**
 * The first gives numbers from 0 to 1 with the sum 1, of which the second makes the powers of e before it divides by their sum.
 */
function sharesOf(node: OpNode): string {
  const extent = node.type.shape[axisOf(node) ?? 0]?.dim ?? 1
  if (typeof extent !== 'number') return `no share of the ${printDim(extent)} can then be more than 2.718 times another`
  const [least, most] = [1 / (Math.E + extent - 1), Math.E / (Math.E + extent - 1)]
  return `each of the ${extent} shares then lies between ${least.toPrecision(3)} and ${most.toPrecision(3)}`
}

/** Takes the second out where it is a step of a pipe without a label, or a call around the first. */
function fixesOf(node: OpNode, first: Node): readonly Fix[] {
  const { span } = node.origins[0]
  const { source, start, end } = span
  if (source.library || node.origins[0].frame) return []
  const title = `remove the second ${node.op}`
  const inner = userOrigin(first.origins[0]).span
  if (inner.source === source && textOf(span) === `${node.op}(${textOf(inner)})`)
    return [{ title, edits: [{ span, text: textOf(inner) }] }]
  const pipe = /\s*\|>\s*$/.exec(source.text.slice(0, start))
  if (!pipe || !/^\w+(?:\([^()]*\))?$/.test(textOf(span)) || /^\s*as\b/.test(source.text.slice(end))) return []
  return [{ title, edits: [{ span: { source, start: pipe.index, end }, text: '' }] }]
}
