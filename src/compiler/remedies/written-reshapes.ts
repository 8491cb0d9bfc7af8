import type { CallExpr, Expr, ListExpr, Statement } from '../syntax/ast.ts'
import type { OpName } from '../library/names.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { childrenOf } from '../syntax/children.ts'
import { expressionsOf } from '../syntax/expressions-of.ts'
import { statementsIn } from '../syntax/statements-in.ts'

const reshape: OpName = 'reshape'

/** The shape that is written out in a call, if it is one of `reshape`. */
export const reshapeTarget = (call: CallExpr): ListExpr | undefined =>
  calleeName(call) === reshape ? call.args.flatMap(({ value }) => (value.kind === 'list' ? [value] : []))[0] : undefined

const withInner = (expr: Expr): readonly Expr[] => [expr, ...childrenOf(expr).flatMap(withInner)]

/** All calls in a body. */
export const callsIn = (body: readonly Statement[]): readonly CallExpr[] =>
  statementsIn(body).flatMap(expressionsOf).flatMap(withInner).filter((expr) => expr.kind === 'call')
