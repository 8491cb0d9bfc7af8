import type { Edit } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { textOf } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { declaredShape } from '../written.ts'

/**
 * Writes the extents of an input or a weight in another order, or some of them, where it is declared: `[3, 224, 224]` with `[1,
 * 2, 0]` becomes `[224, 224, 3]`.
 *
 * @param more what is written behind them
 */
export function declaredShapeEdit(node: Node, axes: readonly number[], ctx: Context, more: readonly string[] = []): Edit | undefined {
  const shape = declaredShape(node, ctx)
  const written = shape?.items.map(({ value }) => textOf(value.span))
  if (!shape || written?.length !== node.type.shape.length) return undefined
  return { span: shape.span, text: `[${[...axes.map((axis) => written[axis]), ...more].join(', ')}]` }
}
