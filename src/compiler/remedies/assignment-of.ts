import type { Pattern, Statement } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'

/** Where a name is first made in a body, loops and conditions included. */
export function assignmentOf(name: string, body: readonly Statement[]): Span | undefined {
  for (const statement of body) {
    const found = madeBy(statement, name)
    if (found) return found
  }
  return undefined
}

function madeBy(statement: Statement, name: string): Span | undefined {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.map((pattern) => named(pattern, name)).find((span) => span !== undefined)
    case 'for':
      return assignmentOf(name, statement.body)
    case 'if':
      return assignmentOf(name, [...statement.consequent, ...statement.alternative])
    case 'layer':
    case 'weight':
      return statement.name.name === name ? statement.name.span : undefined
    default:
      return undefined
  }
}

function named(pattern: Pattern, name: string): Span | undefined {
  if (pattern.kind === 'name') return pattern.name === name ? pattern.span : undefined
  return pattern.kind === 'list' ? pattern.items.map((item) => named(item, name)).find((span) => span !== undefined) : undefined
}
