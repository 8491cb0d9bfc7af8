import type { Declaration, Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import type { Module } from '../reading/module.ts'
import { textOf } from '../text/source.ts'
import type { WrittenCall } from './library-call.ts'
import { expressionsOf } from './names-mentioned.ts'

/** A call of an op of the library as a text has it. */
export interface LibraryCallWritten extends WrittenCall {
  readonly name: string
}

/** The calls in a declaration whose callee is a name of the library: nothing in the file or the declaration is called like it. */
export function libraryCallsIn(declaration: Declaration, { names }: Module): readonly LibraryCallWritten[] {
  const { bound } = readsOf(declaration)
  const isOwn = (name: string): boolean => names.has(name) || bound.has(name)
  return expressionsOf(declaration)
    .flatMap((expr) => callsIn(expr, 0))
    .filter(({ name }) => !isOwn(name.split('.')[0]!))
}

function callsIn(expr: Expr, piped: 0 | 1): readonly LibraryCallWritten[] {
  if (expr.kind === 'pipe') return [...callsIn(expr.head, 0), ...expr.steps.flatMap(({ value }) => callsIn(value, 1))]
  if (expr.kind === 'unary' && expr.op === 'freeze') return callsIn(expr.of, piped)
  const inner = childrenOf(expr).flatMap((child) => callsIn(child, 0))
  const { callee, args } = expr.kind === 'call' ? expr : { callee: expr, args: [] }
  const isOp = (expr.kind === 'call' || piped === 1) && (callee.kind === 'name' || callee.kind === 'member')
  if (!isOp) return inner
  return [{ name: textOf(callee.span), expr, args, piped: args.some(({ value }) => value.kind === 'hole') ? 0 : piped }, ...inner]
}
