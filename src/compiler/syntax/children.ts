import type { Expr, ListExpr, Subscript } from './ast.ts'

/** The expressions directly inside an expression, in the order of the text. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'text':
      return expr.parts.filter((part) => typeof part !== 'string')
    case 'list':
      return itemsOf(expr)
    case 'call':
      return [expr.callee, ...expr.args.map((arg) => arg.value)]
    case 'index':
      return [expr.of, ...expr.subscripts.flatMap(subscriptParts)]
    case 'member':
    case 'unary':
    case 'label':
      return [expr.of]
    case 'chain':
      return [expr.first, ...expr.rest.map((link) => link.value)]
    case 'logic':
      return expr.operands
    case 'compare':
      return [expr.left, expr.right]
    case 'choice':
      return [expr.condition, expr.consequent, expr.alternative]
    case 'pipe':
      return [expr.head, ...expr.steps.map((step) => step.value)]
    default:
      return []
  }
}

function subscriptParts(subscript: Subscript): readonly Expr[] {
  if (subscript.kind === 'at') return [subscript.index]
  return subscript.kind === 'range' ? [subscript.from, subscript.to].filter((part) => part !== undefined) : []
}

/** The expressions of a list's items: of a comprehension its lists, filters and value. */
export const itemsOf = (list: ListExpr): readonly Expr[] =>
  list.items.flatMap((item) =>
    item.kind === 'comprehension'
      ? [...item.clauses.flatMap((clause) => [clause.in, ...clause.filters]), item.value]
      : [item.value],
  )
