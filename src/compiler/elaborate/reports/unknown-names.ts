import { primitives } from '../../primitives/index.ts'
import type { CallExpr, Declaration, Expr } from '../../syntax/ast.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { childrenOf } from '../../syntax/children.ts'
import { originAt, Scope, type Context } from '../context.ts'
import { enumsWith } from '../enums.ts'
import { familyOf, familyOp, resolveName } from '../names.ts'
import { readsOf } from '../reads-of.ts'
import { isType, unknownType } from '../type-names.ts'
import { failed } from '../value.ts'

/**
 * Finds names that mean nothing also where no model gets: in blocks nobody calls and in branches that are not taken. A name
 * counts as known when anything in its declaration binds it, and a word wherever it stands, so that what is reported is wrong for
 * every caller.
 */
export function reportUnknownNames(declarations: readonly Declaration[], ctx: Context): void {
  for (const declaration of declarations) {
    const { bound, read } = readsOf(declaration)
    const scope = new Scope()
    for (const name of bound) scope.set(name, failed(originAt(ctx, declaration.span)))
    for (const expr of read) visit(expr, { ...ctx, scope })
    for (const { type } of declaration.parameters ?? []) {
      if (type.kind === 'named' && !isType(type.name.name)) unknownType(type.name, ctx)
    }
    if (declaration.kind === 'const' && !declaration.parameters) resolveName(declaration.name.name, declaration.name.span, ctx)
  }
}

function visit(expr: Expr, ctx: Context, words: readonly string[] = []): void {
  if (expr.kind === 'name') {
    if (enumsWith(expr.name).length === 0 && !words.includes(expr.name)) resolveName(expr.name, expr.span, ctx)
    return
  }
  const family = expr.kind === 'member' ? familyOf(expr.of, ctx) : undefined
  if (expr.kind === 'member' && family !== undefined) familyOp(family, expr, ctx)
  else for (const child of childrenOf(expr)) visit(child, ctx, expr.kind === 'call' ? wordsOf(expr) : [])
}

/** The words that a primitive takes and no type has, such as `mean` of `reduce_axes`. */
function wordsOf(call: CallExpr): readonly string[] {
  const primitive = primitives.get(calleeName(call) ?? '')
  return Object.values(primitive?.signature ?? {}).flatMap(({ kind }) => (typeof kind === 'object' ? kind.words : []))
}
