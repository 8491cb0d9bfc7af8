import type { Declaration, Expr, ListExpr, Parameter, Pattern, Statement } from '../syntax/ast.ts'
import { childrenOf, itemsOf } from '../syntax/children.ts'

export interface Reads {
  /** Every name that something in the declaration binds. */
  readonly bound: ReadonlySet<string>
  /** Every expression it reads, the outermost ones. */
  readonly read: readonly Expr[]
}

const found = new WeakMap<Declaration, Reads>()

/** Everything a declaration binds, and every expression it reads. */
export function readsOf(declaration: Declaration): Reads {
  let reads = found.get(declaration)
  if (!reads) found.set(declaration, (reads = readsIn(declaration)))
  return reads
}

function readsIn(declaration: Declaration): Reads {
  const bound = new Set<string>()
  const read: Expr[] = []
  for (const parameter of declaration.parameters ?? []) collectParameter(parameter, bound, read)
  if (declaration.kind === 'const') read.push(declaration.value)
  else collectBody(declaration.body, bound, read)
  for (const expr of read) for (const pattern of patternsIn(expr)) bindNames(pattern, bound)
  return { bound, read }
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
  const own =
    expr.kind === 'list'
      ? expr.items.flatMap((item) => (item.kind === 'comprehension' ? item.clauses.map((clause) => clause.pattern) : []))
      : []
  return [...own, ...childrenOf(expr).flatMap(patternsIn)]
}
