import { calledOp } from '../elaborate/called-op.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { labelText } from '../text/label-text.ts'

/** The share of a single element is 1, whatever it is: the classifier with one output that cannot learn. */
export const softmaxOfOne = nodeRule('lint/softmax-of-one', (node) => {
  if (node.kind !== 'op' || node.op !== 'softmax') return undefined
  const { axis } = node.attributes
  const shape = operandOf(node, 'x')?.type.shape
  const extents = Array.isArray(axis) ? axis.map((one) => shape?.at(Number(one))) : []
  const [extent] = extents
  if (!extent || extents.some((one) => one?.dim !== 1)) return 'fine'
  const op = calledOp('softmax', node.origins[0])
  return {
    facts: { op: op === 'softmax' ? op : `the softmax of ${op}` },
    details: { labels: [{ origin: extent.origin, ...labelText('1', 'decided') }] },
  }
})
