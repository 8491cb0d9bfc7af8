import type { Edit } from '../diagnostics.ts'
import type { InputNode } from '../graph.ts'
import { textOf } from '../source.ts'

/** Writes the extents of an input in another order, or some of them: `[3, 224, 224]` with `[1, 2, 0]` becomes `[224, 224, 3]`. */
export function inputShapeEdit({ origin: { span }, type }: InputNode, axes: readonly number[]): Edit | undefined {
  const found = /\[([^[\]()]*)\]/.exec(textOf(span))
  const written = found?.[1]?.split(',').map((extent) => extent.trim())
  if (!found || written?.length !== type.shape.length || span.source.library) return undefined
  const start = span.start + found.index
  return { span: { ...span, start, end: start + found[0].length }, text: `[${axes.map((axis) => written[axis]).join(', ')}]` }
}
