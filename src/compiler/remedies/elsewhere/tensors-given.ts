import type { Context } from '../../elaborate/context.ts'
import { holdsTensors, type Value } from '../../elaborate/value.ts'
import type { Extent } from '../../graph/graph.ts'
import type { CallExpr, Expr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { textOf } from '../../text/source.ts'

const valueOf = (expr: Expr, ctx: Context): Value | undefined => (expr.kind === 'name' ? ctx.scope.get(expr.name) : undefined)

/** The shape of a tensor that is given by its name. */
export function shapeOf(expr: Expr, ctx: Context): readonly Extent[] | undefined {
  const value = valueOf(expr, ctx)
  return value?.kind === 'tensor' ? value.node.type.shape : undefined
}

/** Members of a tensor that are none. */
const extents: ReadonlySet<string> = new Set(['height', 'width', 'channels', 'shape', 'rank', 'length'])

/** What is a tensor, holds some, or may be one. */
const tensors: ReadonlySet<Value['kind']> = new Set(['tensor', 'results', 'error', 'unknown'])

/** Whether an expression is computed from tensors, as far as its names tell. */
function holdsTensor(expr: Expr, ctx: Context): boolean {
  if (expr.kind === 'hole') return true
  if (expr.kind === 'member' && extents.has(expr.member.name)) return false
  const value = valueOf(expr, ctx)
  if (value) return tensors.has(value.kind) || (value.kind === 'list' && holdsTensors(value))
  return childrenOf(expr).some((child) => holdsTensor(child, ctx))
}

const isList = (expr: Expr, ctx: Context): boolean => expr.kind === 'list' || valueOf(expr, ctx)?.kind === 'list'

/** Whether tensors are given as one list. */
export const isListAlone = ([only, ...others]: readonly Expr[], ctx: Context): boolean => only !== undefined && others.length === 0 && isList(only, ctx)

/** Tensors one by one, as arguments; those of a list too. */
export const asArguments = (tensors: readonly Expr[], ctx: Context): readonly string[] =>
  tensors.flatMap((expr) => {
    if (!isList(expr, ctx)) return [textOf(expr.outer ?? expr.span)]
    const isWrittenOut = expr.kind === 'list' && expr.items.every(({ kind }) => kind === 'value')
    return isWrittenOut ? expr.items.map(({ value }) => textOf(value.span)) : [`...${textOf(expr.outer ?? expr.span)}`]
  })

/** The tensors that a call begins with, and what else it is given. */
export function parted({ args }: CallExpr, ctx: Context): readonly [tensors: readonly Expr[], others: CallExpr['args']] {
  const end = args.findIndex(({ kind, value }) => kind === 'named' || !holdsTensor(value, ctx))
  const count = end < 0 ? args.length : end
  return [args.slice(0, count).map(({ value }) => value), args.slice(count)]
}
