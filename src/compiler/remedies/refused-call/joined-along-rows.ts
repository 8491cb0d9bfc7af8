import type { Details, Edit } from '../../diagnostics/diagnostics.ts'
import type { Context } from '../../elaborate/context.ts'
import { writingAll } from '../../fixes/writing.ts'
import { hasBatch, type Node, type OpNode } from '../../graph/graph.ts'
import { callOf, libraryCallOf } from '../../library/library-call.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { argumentOf } from '../../library/written-call.ts'
import { expressionAt } from '../written.ts'

const concat: OpName = 'fuse.concat'

/**
 * Maps that were put beside or under each other where their channels were meant, which other frameworks have in axis 1: what is said
 * instead of a stride that one side lacks, and the axis of the channels there and in the reductions that are joined.
 */
export function joinedAlongRows(maps: readonly Node[], axis: number, ctx: Context): Required<Pick<Details, 'notes' | 'fixes'>> | undefined {
  const [joined] = maps.flatMap((map) => joiningOf(map, axis) ?? [])
  const edit = joined && axisEdit(joined, axis, ctx)
  if (!edit) return undefined
  const parts = Object.values(joined.args).flat()
  const reduced = parts.flatMap((part) => (part.kind === 'op' && part.op === 'reduce_axes' ? (axisEdit(part, axis, ctx) ?? []) : []))
  return {
    notes: [`${concat} along axis ${axis} makes a map of more ${axis === 0 ? 'rows' : 'columns'}: the channels are axis 2`],
    fixes: [{ ...writingAll([edit, ...reduced]), title: `write ${parameters.axis.get(concat)}: 2${reduced.length > 0 ? ', in the reductions too' : ''}` }],
  }
}

/** The concatenation along an axis of rows or columns, on the way to a map. */
function joiningOf(map: Node, axis: number): OpNode | undefined {
  for (let at: Node | undefined = map; at?.kind === 'op'; at = Object.values(at.args).flat().find(({ type }) => hasBatch(type) && type.shape.length === 3)) {
    if (at.op === 'concatenate' && at.attributes['axis'] === axis) return at
  }
  return undefined
}

/** Writes the axis of the channels where a call has this one in a number. */
function axisEdit({ origins: [origin], op }: OpNode, axis: number, ctx: Context): Edit | undefined {
  const call = libraryCallOf(origin) ?? { op, span: origin.span }
  const expr = expressionAt(call.span, ctx)
  const written = expr && argumentOf(callOf(call.op, expr, ctx.run.modules), parameters.axis)
  return written?.kind === 'number' && written.value === axis ? { span: written.span, text: '2' } : undefined
}
