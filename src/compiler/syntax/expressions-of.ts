import type { Expr, Statement } from './ast.ts'

/** The outermost expressions of a statement, without those of statements inside it. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'input':
      return [statement.shape, ...statement.where]
    case 'return':
      return statement.values
    case 'weight':
      return [statement.shape, statement.init, ...statement.options.map(({ value }) => value)]
    case 'require':
      return [statement.condition, ...(statement.message ? [statement.message] : [])]
    case 'for':
      return [statement.in]
    case 'if':
      return [statement.condition]
    case 'layer':
      return [statement.value]
    case 'output':
    case 'assign':
      return [statement.shape, statement.value].filter((expr) => expr !== undefined)
  }
}
