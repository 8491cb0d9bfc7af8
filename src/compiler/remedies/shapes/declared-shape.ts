import type { Edit } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { textOf } from '../../text/source.ts'

/**
 * Writes the extents of an input or a weight in another order, or some of them, where it is declared: `[3, 224, 224]` with `[1,
 * 2, 0]` becomes `[224, 224, 3]`.
 */
export function declaredShapeEdit({ kind, origin: { span }, type }: Node, axes: readonly number[]): Edit | undefined {
  if (kind === 'op' || kind === 'constant' || span.source.library) return undefined
  const found = /\[([^[\]()]*)\]/.exec(textOf(span))
  const written = found?.[1]?.split(',').map((extent) => extent.trim())
  if (!found || written?.length !== type.shape.length) return undefined
  const start = span.start + found.index
  return { span: { ...span, start, end: start + found[0].length }, text: `[${axes.map((axis) => written[axis]).join(', ')}]` }
}
