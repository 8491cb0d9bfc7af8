import type { FileAst, Pattern, Statement } from '../ast.ts'
import type { Span } from '../source.ts'

/** Where a name is assigned inside a `for` or `if` that has ended before the place it is read at. */
export function endedName(name: string, read: Span, ast: FileAst): Span | undefined {
  const declaration = ast.declarations.find(({ span }) => span.source === read.source && span.start <= read.start && read.end <= span.end)
  return declaration && declaration.kind !== 'const' ? inBodies(declaration.body, name, read) : undefined
}

function inBodies(body: readonly Statement[], name: string, read: Span): Span | undefined {
  for (const statement of body) {
    if (statement.kind !== 'for' && statement.kind !== 'if') continue
    const inner = statement.kind === 'for' ? statement.body : [...statement.consequent, ...statement.alternative]
    const found = statement.span.end <= read.start ? assignedIn(inner, name) : inBodies(inner, name, read)
    if (found) return found
  }
  return undefined
}

function assignedIn(body: readonly Statement[], name: string): Span | undefined {
  for (const statement of body) {
    if (statement.kind === 'assign') {
      const target = statement.targets.map((pattern) => named(pattern, name)).find((span) => span !== undefined)
      if (target) return target
    } else if (statement.kind === 'for') {
      const found = assignedIn(statement.body, name)
      if (found) return found
    } else if (statement.kind === 'if') {
      const found = assignedIn([...statement.consequent, ...statement.alternative], name)
      if (found) return found
    } else if ((statement.kind === 'layer' || statement.kind === 'weight') && statement.name.name === name) return statement.name.span
  }
  return undefined
}

function named(pattern: Pattern, name: string): Span | undefined {
  if (pattern.kind === 'name') return pattern.name === name ? pattern.span : undefined
  return pattern.kind === 'list' ? pattern.items.map((item) => named(item, name)).find((span) => span !== undefined) : undefined
}
