import type { Expr, Item, ListExpr, Statement } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { patternNames } from '../../syntax/pattern-names.ts'

/** The names that an expression reads, without those that its comprehensions bind. */
export function namesRead(expr: Expr): ReadonlySet<string> {
  const read = new Set<string>()
  collect(expr, [], read)
  return read
}

/** The names that a statement gives a value to, loops and conditions aside. */
export function boundBy(statement: Statement): readonly string[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(patternNames)
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
    inner = [...inner, ...patternNames(clause.pattern)]
    for (const filter of clause.filters) collect(filter, inner, read)
  }
  collect(item.value, inner, read)
}
