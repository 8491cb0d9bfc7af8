import type { Declaration, Expr, ListExpr, Parameter, Pattern, Statement } from '../ast.ts'
import { childrenOf, itemsOf } from '../children.ts'
import type { Context } from './context.ts'
import { enumsWith } from './enums.ts'
import { familyOf, familyOp, resolveName } from './names.ts'

/**
 * Finds names that mean nothing also where no model gets: in blocks nobody calls and in branches that are not taken. A name counts as
 * known when anything in its declaration binds it, and a word wherever it stands, so that what is reported is wrong for every caller.
 */
export function reportUnknownNames(declarations: readonly Declaration[], ctx: Context): void {
  for (const declaration of declarations) {
    const bound = new Set<string>()
    const read: Expr[] = []
    collect(declaration, bound, read)
    for (const expr of read) visit(expr, bound, ctx)
    if (declaration.kind === 'const' && !declaration.parameters) resolveName(declaration.name.name, declaration.name.span, ctx)
  }
}

function visit(expr: Expr, bound: ReadonlySet<string>, ctx: Context): void {
  if (expr.kind === 'name') {
    if (!bound.has(expr.name) && enumsWith(expr.name).length === 0) resolveName(expr.name, expr.span, ctx)
    return
  }
  const family = expr.kind === 'member' && !(expr.of.kind === 'name' && bound.has(expr.of.name)) ? familyOf(expr.of, ctx) : undefined
  if (expr.kind === 'member' && family !== undefined) familyOp(family, expr, ctx)
  else for (const child of childrenOf(expr)) visit(child, bound, ctx)
}

/** Everything a declaration binds, and every expression it reads. */
function collect(declaration: Declaration, bound: Set<string>, read: Expr[]): void {
  for (const parameter of declaration.parameters ?? []) collectParameter(parameter, bound, read)
  if (declaration.kind === 'const') read.push(declaration.value)
  else collectBody(declaration.body, bound, read)
  for (const expr of read) for (const pattern of patternsIn(expr)) bindNames(pattern, bound)
}

function collectParameter({ name, type, default: fallback }: Parameter, bound: Set<string>, read: Expr[]): void {
  bound.add(name.name)
  if (type.kind === 'shape') bindExtents(type.shape, bound, read)
  if (fallback) read.push(fallback)
}

/** A plain name in a shape binds; anything else is read. */
function bindExtents(shape: ListExpr, bound: Set<string>, read: Expr[]): void {
  for (const axis of itemsOf(shape)) {
    if (axis.kind === 'name') bound.add(axis.name)
    else read.push(axis)
  }
}

function collectBody(body: readonly Statement[], bound: Set<string>, read: Expr[]): void {
  for (const statement of body) collectStatement(statement, bound, read)
}

function collectStatement(statement: Statement, bound: Set<string>, read: Expr[]): void {
  switch (statement.kind) {
    case 'input':
      bindExtents(statement.shape, bound, read)
      read.push(...statement.where)
      break
    case 'output':
      read.push(statement.value ?? { kind: 'name', ...statement.name })
      if (!statement.value) return
      break
    case 'return':
      read.push(...statement.values)
      return
    case 'weight':
      read.push(statement.shape, statement.init, ...statement.options.map((option) => option.value))
      break
    case 'layer':
      read.push(statement.value)
      break
    case 'require':
      read.push(statement.condition, ...(statement.message ? [statement.message] : []))
      return
    case 'for':
      bindNames(statement.pattern, bound)
      read.push(statement.in)
      collectBody(statement.body, bound, read)
      return
    case 'if':
      read.push(statement.condition)
      collectBody([...statement.consequent, ...statement.alternative], bound, read)
      return
    case 'assign':
      for (const target of statement.targets) bindNames(target, bound)
      read.push(statement.value, ...(statement.shape ? [statement.shape] : []))
      return
  }
  bound.add(statement.name.name)
}

function bindNames(pattern: Pattern, bound: Set<string>): void {
  if (pattern.kind === 'name') bound.add(pattern.name)
  if (pattern.kind === 'list') for (const item of pattern.items) bindNames(item, bound)
}

/** The patterns of the comprehensions in an expression. */
function patternsIn(expr: Expr): readonly Pattern[] {
  const own = expr.kind === 'list' ? expr.items.flatMap((item) => (item.kind === 'comprehension' ? item.clauses.map((clause) => clause.pattern) : [])) : []
  return [...own, ...childrenOf(expr).flatMap(patternsIn)]
}
