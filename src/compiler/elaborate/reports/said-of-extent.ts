import type { Comparison, Expr } from '../../syntax/ast.ts'
import type { Relation } from '../../dim/expr.ts'
import { nothingKnown, type Knowledge } from '../../dim/variable.ts'
import type { Context } from '../context.ts'
import { evaluate } from '../evaluate.ts'

/** What a model's inputs say of their extents, and which names are extents. */
export interface Said {
  readonly where: readonly Expr[]
  readonly symbols: ReadonlySet<string>
}

const turned: Readonly<Partial<Record<Comparison, Comparison>>> = { '>=': '<=', '>': '<', '<=': '>=', '<': '>' }

/** What `H % n == r`, `H >= n`, `H > n`, `H <= n` or `H < n` says of H; a bound may stand on the left as well. */
export function saidOf(condition: Expr, name: string, all: Said, ctx: Context): Knowledge | undefined {
  if (condition.kind !== 'compare') return undefined
  const { symbols } = all
  const op = condition.right.kind === 'name' && condition.right.name === name ? turned[condition.op] : undefined
  if (op) return relationIn(op, name, condition.left, all) ?? boundIn(op, condition.left, symbols, ctx)
  const { left, right } = condition
  if (left.kind === 'name' && left.name === name)
    return relationIn(condition.op, name, right, all) ?? boundIn(condition.op, right, symbols, ctx)
  return remainderIn(condition, name, ctx)
}

/** What `H >= h` says of H. Of an extent that has another name as well, or is an expression, it is proved instead. */
function relationIn(op: Comparison, name: string, other: Expr, { where, symbols }: Said): Knowledge | undefined {
  const related = relations[op]
  if (!related || other.kind !== 'name' || !symbols.has(other.name) || other.name === name) return undefined
  if (where.some((condition) => equates(condition, name) || equates(condition, other.name))) return undefined
  return { ...nothingKnown, relations: [{ ...related, other: other.name }] }
}

const equates = (condition: Expr, name: string): boolean =>
  condition.kind === 'compare' &&
  condition.op === '==' &&
  [condition.left, condition.right].some((side) => side.kind === 'name' && side.name === name)

const relations: Readonly<Partial<Record<Comparison, Omit<Relation, 'other'>>>> = {
  '>=': { kind: 'least', by: 0 },
  '>': { kind: 'least', by: 1 },
  '<=': { kind: 'most', by: 0 },
  '<': { kind: 'most', by: -1 },
}

function boundIn(op: Comparison, expr: Expr, symbols: Said['symbols'], ctx: Context): Knowledge | undefined {
  const bound = expr.kind === 'name' && symbols.has(expr.name) ? undefined : constant(expr, ctx)
  if (bound === undefined) return undefined
  if (op === '>=') return { ...nothingKnown, min: bound }
  if (op === '>') return { ...nothingKnown, min: bound + 1 }
  if (op === '<=') return { ...nothingKnown, max: bound }
  return op === '<' ? { ...nothingKnown, max: bound - 1 } : undefined
}

function remainderIn(
  { left, op, right }: Expr & { readonly kind: 'compare' },
  name: string,
  ctx: Context,
): Knowledge | undefined {
  if (op !== '==' || left.kind !== 'chain' || left.first.kind !== 'name' || left.first.name !== name) return undefined
  const [link, ...more] = left.rest
  if (!link || link.op !== '%' || more.length > 0) return undefined
  const modulus = constant(link.value, ctx)
  const remainder = constant(right, ctx)
  if (modulus === undefined || remainder === undefined || modulus < 1 || remainder < 0 || remainder >= modulus) return undefined
  return { ...nothingKnown, modulus, remainder }
}

function constant(expr: Expr, ctx: Context): number | undefined {
  const value = evaluate(expr, ctx)
  return value.kind === 'int' && typeof value.dim === 'number' ? value.dim : undefined
}
