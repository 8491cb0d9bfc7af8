import type { Declaration, Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { unheard, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { fileContext } from './names.ts'
import { readsOf } from './reads-of.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import type { Target } from './value.ts'

const known = new WeakMap<Declaration, boolean>()

/** Whether a call can make weights: in its own body, in what that calls, or in a block that it is given. */
export function holdsWeights(target: Target, ctx: Context): boolean {
  if (target.kind !== 'block' && target.kind !== 'model') return false
  const { declaration, module } = target
  const found = known.get(declaration)
  if (found !== undefined) return found
  // one that calls itself makes there what it makes elsewhere
  known.set(declaration, false)
  const { parameters, body } = declaration
  const isGivenBlock = parameters.some(({ type }) => type.kind === 'named' && type.name.name === 'block')
  const own = statementsIn(body).some(({ kind }) => kind === 'weight')
  const inner = unheard(fileContext(ctx, module))
  const { bound, read } = readsOf(declaration)
  const holds = isGivenBlock || own || read.some((expr) => callsWeights(expr, bound, inner))
  known.set(declaration, holds)
  return holds
}

function callsWeights(expr: Expr, bound: ReadonlySet<string>, ctx: Context): boolean {
  const isName = expr.kind === 'name' || (expr.kind === 'member' && expr.of.kind === 'name')
  if (!isName) return childrenOf(expr).some((child) => callsWeights(child, bound, ctx))
  const name = expr.kind === 'name' ? expr.name : expr.of.kind === 'name' ? expr.of.name : ''
  if (bound.has(name)) return false
  const value = evaluate(expr, ctx)
  return value.kind === 'block' && holdsWeights(value.target, ctx)
}
