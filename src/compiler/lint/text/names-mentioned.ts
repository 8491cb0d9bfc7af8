import type { Declaration, Expr, ListExpr } from '../../syntax/ast.ts'
import { childrenOf, itemsOf } from '../../syntax/children.ts'
import { readsOf } from '../../elaborate/reads-of.ts'
import { statementsIn } from '../../syntax/statements-in.ts'

/** Every expression of a declaration, also in the shapes of its parameters and results. */
export const expressionsOf = (declaration: Declaration): readonly Expr[] => [
  ...readsOf(declaration).read,
  ...shapesOf(declaration).flatMap(itemsOf),
]

/** Every name that expressions mention, whoever binds it. */
export function namesMentioned(expressions: readonly Expr[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (expr: Expr): void => {
    if (expr.kind === 'name') names.add(expr.name)
    for (const child of childrenOf(expr)) visit(child)
  }
  for (const expr of expressions) visit(expr)
  return names
}

function shapesOf(declaration: Declaration): readonly ListExpr[] {
  const types = [
    ...(declaration.parameters ?? []).map(({ type }) => type),
    ...(declaration.kind === 'block'
      ? declaration.results.flatMap((result) => (result.kind === 'type' ? [result.type] : []))
      : []),
  ]
  const inputs =
    declaration.kind === 'const'
      ? []
      : statementsIn(declaration.body).flatMap((statement) => (statement.kind === 'input' ? [statement.shape] : []))
  return [...types.flatMap((type) => (type.kind === 'shape' ? [type.shape] : [])), ...inputs]
}
