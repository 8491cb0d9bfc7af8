import type { Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { isSamePlace, type Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { evaluate } from '../elaborate/evaluate.ts'
import { formalsOf } from '../elaborate/formals.ts'
import { declarationAround } from './around.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../elaborate/statements-in.ts'

/**
 * Whether a call stands where a block value is wanted: in a `layer`, as the default of a block parameter, for such a parameter of
 * another call, or in place of what is called: `conv(32)(x)`.
 */
export function wantsBlock(call: Span, ctx: Context): boolean {
  const isCall = ({ span }: Expr): boolean => isSamePlace(span, call)
  const declaration = declarationAround(call, ctx)
  if (!declaration) return false
  const body = declaration.kind === 'const' ? [] : statementsIn(declaration.body)
  if (body.some((statement) => statement.kind === 'layer' && isCall(statement.value))) return true
  if ((declaration.parameters ?? []).some((parameter) => parameter.default && isCall(parameter.default))) return true
  return readsOf(declaration).read.some((expr) => isWantedIn(expr, isCall, ctx))
}

function isWantedIn(expr: Expr, isCall: (expr: Expr) => boolean, ctx: Context): boolean {
  if (expr.kind !== 'call' || !childrenOf(expr).some(isCall))
    return childrenOf(expr).some((child) => isWantedIn(child, isCall, ctx))
  if (isCall(expr.callee)) return true
  const callee = evaluate(expr.callee, ctx)
  return callee.kind === 'block' && formalsOf(callee.target).some((formal) => formal.isBlock)
}
