import type { OpNode } from '../graph/graph.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { calledOp } from '../elaborate/called-op.ts'
import { parameters } from '../library/names.ts'
import { withArgument } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { libraryCallOf, writtenCall } from '../library/library-call.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { operandOf } from '../graph/operand.ts'
import { nodeRule } from './rule.ts'
import { labelText } from '../text/label-text.ts'

/**
 * Windows that stand side by side, without padding, on a size they do not divide: what is left over at the end is read by none.
 * Sizes that are known only later are left alone, and so are windows that overlap in convolutions, where a stride thins out on
 * purpose.
 */
export const droppedRow = nodeRule('lint/dropped-row', (node, _uses, modules) => {
  const window = node.kind === 'op' ? windowOf(node) : undefined
  if (!window || node.kind !== 'op') return undefined
  const left = [0, 1].flatMap((axis) => unreadAlong(node, window, axis))
  const [first] = left
  if (!first) return 'fine'
  return {
    facts: { op: calledOp(node.op, node.origins[0]), unread: left.map(({ unread }) => unread).join(' and '), reach: first.reach },
    details: { labels: left.map(({ extent, text }) => ({ origin: extent.origin, extent, text })), fixes: windowsToTheEnd(node, modules) },
  }
})

interface Windows {
  readonly size: readonly number[]
  readonly stride: readonly number[]
}

/** The windows of a pooling or of patches, where nothing pads the map. */
function windowOf(node: OpNode): Windows | undefined {
  const { windows, kernel } = factsOf(node)
  const isPadded = windows?.some(({ padding }) => padding === 'same' || padding.some((pad) => pad > 0))
  if (!windows || isPadded || node.attributes['ceil'] === true || (kernel && !linearLayerOf(node))) return undefined
  const [size, stride] = [windows.map((window) => Number(window.size)), windows.map((window) => window.stride)]
  return !kernel || size.every((side, axis) => side > 1 && side === stride[axis]) ? { size, stride } : undefined
}

function unreadAlong(node: OpNode, windows: Windows, axis: number) {
  const extent = operandOf(node, 'x')?.type.shape[axis]
  const result = node.type.shape[axis]?.dim
  const [size, stride] = [windows.size[axis]!, windows.stride[axis]!]
  if (typeof extent?.dim !== 'number' || typeof result !== 'number') return []
  const read = (result - 1) * stride + size
  const count = extent.dim - read
  // what stands between windows is skipped everywhere, not dropped at the end
  if (count <= 0 || stride > size) return []
  const [one, several] = axis === 0 ? ['row', 'rows'] : ['column', 'columns']
  const unread = `${count === 1 ? `the last of ${extent.dim} ${several}` : `the last ${count} of ${extent.dim} ${several}`}`
  return [
    {
      extent,
      unread,
      ...labelText(`${extent.dim} ${extent.dim === 1 ? one : several}`, 'decided'),
      reach: `${result - 1} * ${stride} + ${size} = ${read}`,
    },
  ]
}

/** A pooling reads the rest in a last, smaller window. */
function windowsToTheEnd(node: OpNode, modules: Modules): readonly Fix[] {
  const call = libraryCallOf(node.origins[0])
  const written = call && writtenCall(call, modules)
  const rounded = written && withArgument(written, parameters.roundsUp, 'true')
  return rounded ? [{ title: `read the rest in a smaller last window: ${rounded.text}`, safety: 'unsafe', edits: [rounded.edit] }] : []
}
