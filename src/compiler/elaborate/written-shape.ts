import type { ListExpr } from '../syntax/ast.ts'
import type { Details } from '../diagnostics/diagnostics.ts'
import { printDim } from '../dim/print.ts'
import { equal, isGranted } from '../dim/prove.ts'
import { decidedAlong } from '../primitives/shape/axis.ts'
import type { Shape } from '../graph/graph.ts'
import { textOf } from '../text/source.ts'
import { fail, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { describe } from './value.ts'
import type { WrittenExtent } from './written-extent.ts'

/** A shape as it is written where nothing binds: `[H / 2, _, 64]`, `[...S, C]`; undefined after a mistake. */
export function writtenShape(shape: ListExpr, ctx: Context): readonly WrittenExtent[] | undefined {
  const extents: WrittenExtent[] = []
  for (const item of shape.items) {
    if (item.kind === 'value' && item.value.kind === 'hole') {
      extents.push('any')
      continue
    }
    const value = evaluate(item.kind === 'value' ? item.value : { kind: 'list', items: [item], span: item.value.span }, ctx)
    for (const extent of value.kind === 'list' ? value.items : [value]) {
      if (extent.kind === 'error') return undefined
      if (extent.kind === 'unknown') {
        extents.push('any')
        continue
      }
      if (extent.kind !== 'int') {
        fail(ctx, 'type/not-an-int', { what: 'an extent of a shape', value: describe(extent) }, item.value.span)
        return undefined
      }
      extents.push(extent.dim)
    }
  }
  return extents
}

/** A written shape with what its names and products are here: `[H, W, C] = [8, 8, 3]`. */
export function shownShape(shape: ListExpr, written: readonly WrittenExtent[]): string {
  const values = `[${written.map((extent) => (extent === 'any' ? '_' : printDim(extent))).join(', ')}]`
  return textOf(shape.span) === values ? values : `${textOf(shape.span)} = ${values}`
}

/** Where the extents along some axes were decided. */
export const decisions = (shape: Shape, axes: readonly number[]): NonNullable<Details['labels']> =>
  decidedAlong(shape, axes).map((label) => ({ ...label, origin: label.extent.origin }))

/** The axes of a shape that are not as written; undefined when even their number differs. */
export const differingAxes = (shape: Shape, written: readonly WrittenExtent[]): readonly number[] | undefined =>
  shape.length === written.length
    ? shape.flatMap(({ dim }, axis) => {
        const wanted = written[axis]!
        return wanted === 'any' || isGranted(equal(wanted, dim)) ? [] : [axis]
      })
    : undefined
