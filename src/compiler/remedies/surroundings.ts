import type { CallExpr, Declaration, Expr, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { contains, isSamePlace, type Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../syntax/statements-in.ts'

/** What a place of a user's text stands in. */
interface Surroundings {
  readonly body: readonly Statement[]
  /** The statements that it stands in, the outermost first: loops, conditions, its own. */
  readonly statements: readonly Statement[]
  /** The expressions that it stands in or is, the outermost first. */
  readonly exprs: readonly Expr[]
}

export function surroundingsOf(span: Span, ctx: Context): Surroundings | undefined {
  const declaration = declarationAround(span, ctx)
  if (!declaration || declaration.kind === 'const') return undefined
  const statements = statementsIn(declaration.body).filter((statement) => contains(statement.span, span))
  return { body: declaration.body, statements, exprs: exprsAround(declaration, span) }
}

/** The innermost loop in which something stands. */
export const loopAround = (span: Span, ctx: Context): (Statement & { readonly kind: 'for' }) | undefined =>
  surroundingsOf(span, ctx)?.statements.findLast((statement) => statement.kind === 'for')

/** The declaration of a user's file that a place stands in. */
export const declarationAround = (span: Span, ctx: Context): Declaration | undefined =>
  ctx.run.modules.userFiles
    .find(({ source }) => source === span.source)
    ?.ast.declarations.find((declaration) => contains(declaration.span, span))

/** The call in which something is called. */
export const callTo = (callee: Span, ctx: Context): CallExpr | undefined =>
  surroundingsOf(callee, ctx)?.exprs.find((expr): expr is CallExpr => expr.kind === 'call' && isSamePlace(expr.callee.span, callee))

function exprsAround(declaration: Declaration, span: Span): readonly Expr[] {
  const found: Expr[] = []
  const visit = (exprs: readonly Expr[]): void => {
    const outer = exprs.find((expr) => contains(expr.span, span))
    if (!outer) return
    found.push(outer)
    visit(childrenOf(outer))
  }
  visit(readsOf(declaration).read)
  return found
}
