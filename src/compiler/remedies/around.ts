import type { Declaration, Expr, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../elaborate/statements-in.ts'

/** What a place of a user's text stands in. */
export interface Around {
  readonly body: readonly Statement[]
  /** The statements that it stands in, the outermost first: loops, conditions, its own. */
  readonly statements: readonly Statement[]
  /** The expressions that it stands in or is, the outermost first. */
  readonly exprs: readonly Expr[]
}

export function around(span: Span, ctx: Context): Around | undefined {
  const module = ctx.run.modules.userFiles.find(({ source }) => source === span.source)
  const declaration = module?.ast.declarations.find((one) => holds(one, span))
  if (!declaration || declaration.kind === 'const') return undefined
  const statements = statementsIn(declaration.body).filter((statement) => holds(statement, span))
  return { body: declaration.body, statements, exprs: exprsAround(declaration, span) }
}

function exprsAround(declaration: Declaration, span: Span): readonly Expr[] {
  const found: Expr[] = []
  const visit = (exprs: readonly Expr[]): void => {
    const outer = exprs.find((expr) => holds(expr, span))
    if (!outer) return
    found.push(outer)
    visit(childrenOf(outer))
  }
  visit(readsOf(declaration).read)
  return found
}

/** Whether a place lies in something. */
export const holds = (outer: { readonly span: Span }, { source, start, end }: Span): boolean =>
  outer.span.source === source && outer.span.start <= start && end <= outer.span.end
