import type { Expr, Item, ListExpr, Pattern, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'

/** The names that an expression reads, without those that its comprehensions bind. */
export function namesRead(expr: Expr): ReadonlySet<string> {
  const read = new Set<string>()
  collect(expr, [], read)
  return read
}

/** The names that a pattern binds. */
export function namesBound(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'list') return pattern.items.flatMap(namesBound)
  return pattern.kind === 'name' ? [pattern.name] : []
}

/** The names that a statement gives a value to, loops and conditions aside. */
export function boundBy(statement: Statement): readonly string[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(namesBound)
  return 'name' in statement ? [statement.name.name] : []
}

function collect(expr: Expr, bound: readonly string[], read: Set<string>): void {
  if (expr.kind === 'name' && !bound.includes(expr.name)) read.add(expr.name)
  else if (expr.kind === 'list') collectItems(expr, bound, read)
  else for (const child of childrenOf(expr)) collect(child, bound, read)
}

function collectItems({ items }: ListExpr, bound: readonly string[], read: Set<string>): void {
  for (const item of items) collectItem(item, bound, read)
}

function collectItem(item: Item, bound: readonly string[], read: Set<string>): void {
  let inner = bound
  for (const clause of item.kind === 'comprehension' ? item.clauses : []) {
    collect(clause.in, inner, read)
    inner = [...inner, ...namesBound(clause.pattern)]
    for (const filter of clause.filters) collect(filter, inner, read)
  }
  collect(item.value, inner, read)
}
