import type { ListExpr } from '../ast.ts'
import { equal } from '../dim/prove.ts'
import { printDim, printShape } from '../dim/print.ts'
import { textOf } from '../source.ts'
import { fail, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { describe, type Value } from './value.ts'

/** Checks a value against the shape written at its name: `s2: [28, 28, 6] = …`; `_` stands for any extent. */
export function checkAnnotation(shape: ListExpr | undefined, value: Value, name: string, ctx: Context): Value {
  if (!shape || value.kind === 'error') return value
  if (value.kind !== 'tensor') {
    return fail(ctx, 'type/mismatch', { what: name, wanted: `a tensor ${textOf(shape.span)}`, found: describe(value) }, shape.span)
  }
  const extents = value.node.type.shape
  const axes = shape.items.map((item) => item.value)
  const wrong = axes.length !== extents.length || axes.some((axis, i) => !agrees(axis, i))
  if (!wrong) return value
  const facts = { name, wanted: textOf(shape.span), found: printShape(extents) }
  fail(ctx, 'shape/annotation', facts, shape.span, {
    labels: extents.flatMap((extent, i) =>
      axes.length === extents.length && !agrees(axes[i]!, i) ? [{ origin: extent.origin, text: `${printDim(extent.dim)} decided here` }] : [],
    ),
  })
  // the rest is checked against the value as it is: its own mistakes are worth saying too
  return value

  function agrees(axis: (typeof axes)[number], i: number): boolean {
    if (axis.kind === 'hole') return true
    const wanted = evaluate(axis, ctx)
    return wanted.kind === 'error' || (wanted.kind === 'int' && equal(wanted.dim, extents[i]!.dim).kind === 'proved')
  }
}
