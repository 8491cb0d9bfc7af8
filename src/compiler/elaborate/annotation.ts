import type { Expr, ListExpr } from '../syntax/ast.ts'
import { printShape } from '../dim/print.ts'
import { textOf } from '../text/source.ts'
import { fail, type Context } from './context.ts'
import { tensorOfShape } from './stand-in.ts'
import { describe, type Value } from './value.ts'
import { decisions, differingAxes, shownShape, writtenShape } from './written-shape.ts'
import { labelText } from '../text/label-text.ts'

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
  if (value.kind === 'unknown') {
    const dims = writtenShape(shape, ctx)
    return dims ? tensorOfShape(dims, value.origin, ctx) : value
  }
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
    labels: wrong ? decisions(extents, wrong) : [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    cause: { kind: 'wrong-annotation', value, written, shape, expr },
  })
}
