import type { Declaration, Expr } from '../../syntax/ast.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { childrenOf } from '../../syntax/children.ts'
import { readsOf } from '../../elaborate/reads-of.ts'
import { signatureOf } from '../../library/signature-of.ts'
import type { WrittenCall } from '../../library/written-call.ts'
import type { Module, Modules } from '../../reading/module.ts'
import { expressionsOf } from './names-mentioned.ts'

/** The calls in a declaration whose callee is a name of the library: nothing in the file or the declaration is called like it. */
export function libraryCallsIn(declaration: Declaration, { names }: Module, modules: Modules): readonly WrittenCall[] {
  const { bound } = readsOf(declaration)
  const isOwn = (name: string): boolean => names.has(name) || bound.has(name)
  return expressionsOf(declaration)
    .flatMap((expr) => callsIn(expr, false))
    .flatMap((call): readonly WrittenCall[] => {
      const signature = isOwn(call.root) || call.args.some(({ kind }) => kind === 'spread') ? undefined : signatureOf(call.op, modules)
      return signature ? [{ ...call, signature }] : []
    })
}

/** A call of whatever has a name, and the first part of that. */
interface NamedCall extends Omit<WrittenCall, 'signature'> {
  readonly root: string
}

function callsIn(expr: Expr, isStep: boolean): readonly NamedCall[] {
  if (expr.kind === 'pipe') return [...callsIn(expr.head, false), ...expr.steps.flatMap(({ value }) => callsIn(value, true))]
  if (expr.kind === 'unary' && expr.op === 'freeze') return callsIn(expr.of, isStep)
  const inner = childrenOf(expr).flatMap((child) => callsIn(child, false))
  const { callee, args } = expr.kind === 'call' ? expr : { callee: expr, args: [] }
  const op = expr.kind === 'call' || isStep ? calleeName(callee) : undefined
  if (op === undefined) return inner
  const root = callee.kind === 'member' && callee.of.kind === 'name' ? callee.of.name : op
  return [{ op, root, expr, args, piped: isStep && !args.some(({ value }) => value.kind === 'hole') }, ...inner]
}
