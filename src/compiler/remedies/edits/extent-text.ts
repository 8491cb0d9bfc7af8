import type { Expr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { keyOf } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import type { Extent } from '../../graph/graph.ts'
import { isSamePlace, textOf, type Frame, type Origin } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { expressionAt } from '../written.ts'

/**
 * How an extent is written in a place: by the name that holds it; as it is written where it was decided, if that is the same call
 * of the same body; or as a number.
 */
export function extentText(extent: Extent, ctx: Context): string {
  return nameOf(extent, ctx) ?? sameBody(extent, ctx.frame, ctx) ?? printDim(extent.dim)
}

/** The expression that decided an extent, where it is one that can be repeated in another place of its body. */
export function sameBody({ origin: { span, frame } }: Extent, place: Frame | undefined, ctx: Context): string | undefined {
  if (frame !== place || span.source.library || span.start === span.end) return undefined
  const text = textOf(span)
  const expr = text.length <= longest ? expressionAt(span, ctx) : undefined
  return expr && isArithmetic(expr) ? text : undefined
}

const longest = 30

const isArithmetic = (expr: Expr): boolean =>
  expr.kind === 'number' ? !expr.float : expr.kind === 'name' || (expr.kind === 'chain' && childrenOf(expr).every(isArithmetic))

/** A parameter or variable whose value was decided there. */
function nameOf({ dim, origin }: Extent, { scope }: Context): string | undefined {
  return scope.all().find((name) => {
    const value = scope.get(name)
    return value?.kind === 'int' && keyOf(value.dim) === keyOf(dim) && isSame(value.origin, origin)
  })
}

/** Whether an extent was handed on from one place to another. */
export const isSameExtent = (a: Extent, b: Extent): boolean => keyOf(a.dim) === keyOf(b.dim) && isSame(a.origin, b.origin)

const isSame = (a: Origin, b: Origin): boolean => a.frame === b.frame && isSamePlace(a.span, b.span)
