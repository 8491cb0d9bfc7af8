import { keyOf } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import type { Extent } from '../../graph/graph.ts'
import type { Context, Advice, Cause } from '../../elaborate/context.ts'
import { writingAll } from '../../fixes/writing.ts'
import { declaredShapeEdit } from '../edits/declared-shape.ts'
import { stepBefore } from '../edits/step-before.ts'
import type { Misfit } from '../../elaborate/misfit.ts'

/** The orders in which the axes of another layout stand: [channels, height, width] as a map, a matrix turned. */
const orders: Readonly<Record<number, readonly number[]>> = { 2: [1, 0], 3: [1, 2, 0] }

/** What is said of an argument that would fit if its axes had another order: how it is declared, or a transposition of it. */
export function turnedShape({ misfits, value: { node }, place }: Cause<'wrong-extents'>, ctx: Context): Advice | undefined {
  const { shape } = node.type
  const order = orders[shape.length]
  if (!order || !misfits.every((misfit) => isWanted(shape[order[misfit.axis]!], misfit))) return undefined
  const declared = declaredShapeEdit(node, order, ctx)
  const edit = declared ?? stepBefore(place, `transpose([${order.join(', ')}])`, ctx)
  const [first] = shape
  return {
    labels:
      shape.length === 3 ? [{ origin: first!.origin, text: `${printDim(first!.dim)} is the height here, not the channels` }] : [],
    notes: [shape.length === 3 ? 'maps are [height, width, channels]' : 'its two axes fit the other way round'],
    fixes: edit ? [writingAll([edit])] : [],
  }
}

const isWanted = (extent: Extent | undefined, { wanted }: Misfit): boolean =>
  extent !== undefined && keyOf(extent.dim) === keyOf(wanted.dim)
