import type { FileAst, Statement } from '../../syntax/ast.ts'
import type { Span } from '../../text/source.ts'
import { assignmentOf } from './assignment-of.ts'

/** Where a name is assigned inside a `for` or `if` that has ended before the place it is read at. */
export function endedName(name: string, read: Span, ast: FileAst): Span | undefined {
  const declaration = ast.declarations.find(
    ({ span }) => span.source === read.source && span.start <= read.start && read.end <= span.end,
  )
  return declaration && declaration.kind !== 'const' ? inBodies(declaration.body, name, read) : undefined
}

function inBodies(body: readonly Statement[], name: string, read: Span): Span | undefined {
  for (const statement of body) {
    if (statement.kind !== 'for' && statement.kind !== 'if') continue
    const inner = statement.kind === 'for' ? statement.body : [...statement.consequent, ...statement.alternative]
    const found = statement.span.end <= read.start ? assignmentOf(name, inner) : inBodies(inner, name, read)
    if (found) return found
  }
  return undefined
}
