import type { ListExpr } from '../ast.ts'
import { printShape } from '../dim/print.ts'
import { textOf } from '../source.ts'
import { fail, type Context } from './context.ts'
import { describe, type Value } from './value.ts'
import { decisions, differingAxes, writtenShape } from './written-shape.ts'

/** Checks a value against the shape written at its name: `s2: [28, 28, 6] = …`; `_` stands for any extent. */
export function checkAnnotation(shape: ListExpr | undefined, value: Value, name: string, ctx: Context): Value {
  if (!shape || value.kind === 'error') return value
  if (value.kind !== 'tensor') {
    return fail(ctx, 'type/mismatch', { what: name, wanted: `a tensor ${textOf(shape.span)}`, found: describe(value) }, shape.span)
  }
  const written = writtenShape(shape, ctx)
  const extents = value.node.type.shape
  const wrong = written && differingAxes(extents, written)
  if (!written || wrong?.length === 0) return value
  const labels = wrong ? decisions(extents, wrong) : [{ origin: value.origin, text: `${describe(value)} comes from here` }]
  return fail(ctx, 'shape/annotation', { name, wanted: textOf(shape.span), found: printShape(extents) }, shape.span, { labels })
}
