import type { Expr } from './ast.ts'
import { childrenOf } from './children.ts'

type NameExpr = Expr & { readonly kind: 'name' }

/** Every name in an expression, in the order of the text. */
export const namesIn = (expr: Expr): readonly NameExpr[] => (expr.kind === 'name' ? [expr] : childrenOf(expr).flatMap(namesIn))
