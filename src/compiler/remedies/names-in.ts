import type { Declaration, Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { readsOf } from '../elaborate/reads-of.ts'

type NameExpr = Expr & { readonly kind: 'name' }

/** Every name that a declaration reads, in the order of the text. */
export const namesIn = (declaration: Declaration): readonly NameExpr[] => readsOf(declaration).read.flatMap(namesOf)

/** Every name in an expression. */
export const namesOf = (expr: Expr): readonly NameExpr[] => (expr.kind === 'name' ? [expr] : childrenOf(expr).flatMap(namesOf))
