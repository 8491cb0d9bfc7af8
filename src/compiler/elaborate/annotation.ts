import type { Expr, ListExpr } from '../syntax/ast.ts'
import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { keyOf } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { Extent, Shape } from '../graph/graph.ts'
import { textOf } from '../text/source.ts'
import { fail, type Context } from './context.ts'
import { shapeRepairs } from '../remedies/shapes/shape-repairs.ts'
import { describe, type TensorValue, type Value } from './value.ts'
import { decisions, differingAxes, shownShape, writtenShape, type WrittenExtent } from './written-shape.ts'

/**
 * Checks a value against the shape written at its name: `s2: [28, 28, 6] = …`; `_` stands for any extent.
 *
 * @param expr what the value is of, where it is written there
 */
export function checkAnnotation(
  shape: ListExpr | undefined,
  value: Value,
  name: string,
  expr: Expr | undefined,
  ctx: Context,
): Value {
  if (!shape || value.kind === 'error') return value
  if (value.kind !== 'tensor') {
    return fail(
      ctx,
      'type/mismatch',
      { what: name, wanted: `a tensor ${textOf(shape.span)}`, found: describe(value) },
      shape.span,
    )
  }
  const written = writtenShape(shape, ctx)
  const extents = value.node.type.shape
  const wrong = written && differingAxes(extents, written)
  if (!written || wrong?.length === 0) return value
  return fail(ctx, 'shape/annotation', { name, wanted: shownShape(shape, written), found: printShape(extents) }, shape.span, {
    labels: wrong ? decisions(extents, wrong) : [{ origin: value.origin, text: `${describe(value)} comes from here` }],
    // that the shape is what was meant comes first: it was written to be held to
    fixes: [...shapeRepairs(value, written, ctx), ...toVector(value, written, expr), trueShape(shape, extents, wrong)],
    notes: isChannelsFirst(extents, written) ? ['maps are [height, width, channels]'] : [],
  })
}

/** Whether a shape is written as other frameworks have it: [channels, height, width]. */
const isChannelsFirst = ([height, width, channels]: Shape, written: readonly WrittenExtent[]): boolean =>
  [channels, height, width].every((extent, axis) => {
    const dim = written[axis]
    return extent !== undefined && dim !== undefined && dim !== 'any' && keyOf(dim) === keyOf(extent.dim)
  }) && written.length === 3

/** A map where a vector of all its elements is written. */
function toVector({ node }: TensorValue, written: readonly WrittenExtent[], expr: Expr | undefined): readonly Fix[] {
  if (!expr || expr.kind === 'choice' || written.length !== 1 || node.type.shape.length !== 3) return []
  return ['flatten', 'pool.global'].map((step) => ({
    title: `write ${textOf(expr.span)} |> ${step}`,
    edits: [{ span: { ...expr.span, start: expr.span.end }, text: ` |> ${step}` }],
  }))
}

/** The shape that it is, for an author who finds the written one wrong. */
function trueShape(shape: ListExpr, extents: Shape, wrong: readonly number[] | undefined): Fix {
  const isPlain = wrong && shape.items.every(({ kind }) => kind === 'value')
  const texts = shape.items.map((item, axis) =>
    wrong?.includes(axis) ? extentAs(item.value, extents[axis]!) : textOf(item.value.span),
  )
  const edit: Edit = { span: shape.span, text: isPlain ? `[${texts.join(', ')}]` : printShape(extents) }
  return { title: `write ${edit.text}`, edits: [edit] }
}

/** An extent as the product that was written there, with other factors where they are others. */
function extentAs(expr: Expr, { dim, from = [] }: Extent): string {
  const factors =
    expr.kind === 'chain' && expr.rest.every(({ op }) => op === '*') ? [expr.first, ...expr.rest.map(({ value }) => value)] : []
  if (factors.length === 0 || factors.length !== from.length || !factors.every((factor) => factor.kind === 'number'))
    return printDim(dim)
  const left = from.map((extent) => keyOf(extent.dim))
  const take = (at: number): string | undefined => (at < 0 ? undefined : left.splice(at, 1)[0])
  const kept = factors.map((factor) => take(left.indexOf(textOf(factor.span))))
  return kept.map((factor) => factor ?? take(0)).join(' * ')
}
