import type { Expr, Identifier } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Span } from '../text/source.ts'
import { declarationAround } from './surroundings.ts'
import { originAt, type Context, type Advice } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'

/** A label names a step in paths, not a value. */
export function labelledStep(name: string, read: Span, ctx: Context): Advice | undefined {
  const declaration = declarationAround(read, ctx)
  const label = declaration && readsOf(declaration).read.flatMap(labelsIn).find((one) => one.name === name)?.span
  return (
    label && {
      labels: [{ origin: originAt(ctx, label), text: 'a label names a step in paths, not a value' }],
      notes: [`to read it, give it a name of its own: ${name} = …, and go on from that`],
    }
  )
}

function labelsIn(expr: Expr): readonly Identifier[] {
  const own = expr.kind === 'label' ? [expr.label] : expr.kind === 'pipe' ? expr.steps.flatMap((step) => step.label ?? []) : []
  return [...own, ...childrenOf(expr).flatMap(labelsIn)]
}
