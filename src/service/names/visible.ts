import { bindingsIn, type Binding } from '../../compiler/syntax/bindings.ts'
import type { Declaration, FileAst } from '../../compiler/syntax/ast.ts'
import { statementsIn } from '../../compiler/syntax/statements-in.ts'
import { syntaxTreeOf } from '../../compiler/syntax/syntax-tree.ts'
import { contains, type Span } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'

/** The declaration that an offset is in; of a text with mistakes, the one before it. */
export const declarationAround = (offset: number, { ast }: Pick<Analysis, 'ast'>): Declaration | undefined =>
  ast.declarations.findLast(({ span }) => span.start <= offset)

/** The names that an expression at an offset can read, inner ones before outer ones and later ones before earlier ones. */
export function visibleNames(offset: number, analysis: Analysis): readonly Binding[] {
  const around = declarationAround(offset, analysis)
  const seen = new Set<string>()
  const all = bindingsIn(analysis.ast).toReversed()
  const own = all.filter(({ span, kind }) => around && !ofFile.has(kind) && contains(around.span, span) && span.end < offset && isIn(span, offset, analysis.ast))
  return [...own, ...all.filter(({ kind }) => ofFile.has(kind))].filter(({ name }) => name !== '' && !seen.has(name) && seen.add(name))
}

const ofFile: ReadonlySet<Binding['kind']> = new Set(['import', 'model', 'block', 'const'])

/** Whether the loops, conditions and comprehensions around a name are around an offset too. */
function isIn(name: Span, offset: number, ast: FileAst): boolean {
  const bodies = ast.declarations.flatMap((one) => (one.kind === 'const' || !contains(one.span, name) ? [] : one.body))
  const scopes = [
    ...statementsIn(bodies).flatMap(({ kind, span }) => (kind === 'for' || kind === 'if' ? [span] : [])),
    ...syntaxTreeOf(ast).expressions.flatMap((expr) => (expr.kind === 'list' && expr.items.some(({ kind }) => kind === 'comprehension') ? [expr.span] : [])),
  ]
  return scopes.filter((span) => contains(span, name)).every(({ start, end }) => start <= offset && offset <= end)
}
