import type { CallExpr, Expr, ListExpr } from '../syntax/ast.ts'
import { expressionAt as written, stepAt, treeOf } from '../reading/written.ts'
import type { SyntaxTree } from '../syntax/syntax-tree.ts'
import type { Node } from '../graph/graph.ts'
import type { Source, Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'

const treeIn = (source: Source, { run: { modules } }: Context): SyntaxTree | undefined => treeOf(source, modules)

/** The expression that is written in a place of a user's file. */
export const expressionAt = (place: Span, { run: { modules } }: Context): Expr | undefined => written(place, modules)

/** The call that is written there; undefined for an operator, or an op that stands without parentheses. */
export function callAt(place: Span, ctx: Context): CallExpr | undefined {
  const expr = expressionAt(place, ctx)
  return expr?.kind === 'call' ? expr : undefined
}

/** Whether an expression is a step of a pipe, which gives it its first argument. */
export const isPiped = (place: Span, { run: { modules } }: Context): boolean => stepAt(place, modules) !== undefined

/** The call that an expression is an argument of. */
export function callAround(place: Span, ctx: Context): CallExpr | undefined {
  const tree = treeIn(place.source, ctx)
  const expr = tree?.expressionAt(place)
  const call = expr && tree?.around(expr)
  return call?.kind === 'call' && call.callee !== expr ? call : undefined
}

/** Whether an expression is an operand of arithmetic, without parentheses of its own. */
export function isBesideOperator(place: Span, ctx: Context): boolean {
  const tree = treeIn(place.source, ctx)
  const expr = tree?.expressionAt(place)
  const around = expr && tree?.around(expr)
  return expr?.outer === undefined && (around?.kind === 'chain' || (around?.kind === 'unary' && around.op === '-'))
}

/** The shape of an input or a weight where it is declared in a user's file. */
export function declaredShape({ kind, origins: [{ span }] }: Node, ctx: Context): ListExpr | undefined {
  if (kind === 'op' || kind === 'constant') return undefined
  const statement = treeIn(span.source, ctx)?.statementAt(span)
  return statement?.kind === 'input' || statement?.kind === 'weight' ? statement.shape : undefined
}
