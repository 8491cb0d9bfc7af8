import type { Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import { givenList } from '../elaborate/given-values.ts'
import type { Remedy } from './remedy.ts'
import { numberEdits } from './edits/number.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import type { IntValue, Value } from '../elaborate/value.ts'

/**
 * A number that was written in a call, and that what is required of it and others does not hold for: the nearest one that divides
 * one of the others, such as the ratio that goes with the channels.
 */
export function requiredDivisor(exprs: readonly Expr[], ctx: Context): readonly Fix[] {
  const found = new Map(exprs.flatMap((expr) => intsIn(expr, ctx)).map((value) => [value.dim, value]))
  const ints = [...found.values()]
  return ints.filter((value) => isDivisor(value, exprs, ctx)).flatMap((divisor) =>
    ints.flatMap(({ dim }) =>
      dim === divisor.dim || typeof dim !== 'number' ? [] : divisorFixes(divisor, [dim], ctx, 2).slice(0, 1),
    ),
  )
}

/** Whether the declaration that requires something of a number divides by it. */
function isDivisor(value: IntValue, [condition]: readonly Expr[], { module, scope }: Context): boolean {
  const at = condition?.span.start ?? 0
  const declaration = module.ast.declarations.find(({ span }) => span.start <= at && at < span.end)
  const names = scope.all().filter((name) => scope.get(name) === value)
  return declaration !== undefined && readsOf(declaration).read.some((expr) => names.some((name) => divides(expr, name)))
}

const divides = (expr: Expr, name: string): boolean =>
  (expr.kind === 'chain' &&
    expr.rest.some(({ op, value }) => (op === '/' || op === '%') && value.kind === 'name' && value.name === name)) ||
  childrenOf(expr).some((child) => divides(child, name))

/** As many groups as filters, where there are fewer channels: a depthwise convolution, which has as many as channels. */
export function depthwiseFixes({ whole, divisor }: Divided, ctx: Context): readonly Fix[] {
  const filters = ctx.scope.get('filters')
  if (filters?.kind !== 'int' || typeof filters.dim !== 'number' || filters.dim !== divisor.dim || filters.dim % whole.dim !== 0)
    return []
  return numberEdits(divisor, whole.dim, ctx).map(({ text, edit }) => ({
    title: `write ${text}, one group for each channel`,
    edits: [edit],
  }))
}

interface Divided {
  readonly whole: IntValue & { readonly dim: number }
  readonly divisor: IntValue
}

/**
 * Writes a number that divides all of these instead of one that does not: those that are nearest, powers of two for a power of
 * two.
 */
export function divisorFixes(divisor: IntValue, wholes: readonly number[], ctx: Context, least = 1): readonly Fix[] {
  const { dim } = divisor
  if (typeof dim !== 'number') return []
  const all = divisorsOf(dim, wholes).filter((one) => one >= least)
  const nearest = isPower(dim) ? [...all.filter(isPower).slice(0, 2), ...all.slice(0, 1)] : all.slice(0, 2)
  return [...new Set(nearest)].flatMap((number) => {
    const effect = number === 1 ? 'which divides everything' : `which divides ${[...new Set(wholes)].join(' and ')}`
    return numberEdits(divisor, number, ctx).map(({ text, edit }) => ({ title: `write ${text}, ${effect}`, edits: [edit] }))
  })
}

const isPower = (number: number): boolean => number > 0 && Number.isInteger(Math.log2(number))

/** The other numbers that divide all of these, the nearest first. */
function divisorsOf(number: number, wholes: readonly number[]): readonly number[] {
  const least = Math.min(...wholes)
  // of what is divided by too large a number, a few are left
  const most = number >= least ? Math.floor(least / 4) : Math.floor(least / 2)
  const candidates = Array.from({ length: Math.max(0, Math.min(most, 1_000_000)) }, (_, i) => i + 1)
  const divisors = candidates.filter((one) => one !== number && wholes.every((whole) => whole % one === 0))
  return divisors.sort((a, b) => Math.abs(a - number) - Math.abs(b - number))
}

function intsIn(expr: Expr, ctx: Context): readonly IntValue[] {
  const value: Value | undefined = expr.kind === 'name' ? ctx.scope.get(expr.name) : undefined
  return value?.kind === 'int' ? [value] : expr.kind === 'name' ? [] : childrenOf(expr).flatMap((child) => intsIn(child, ctx))
}

/** Another number of groups, which divides the filters and the channels. */
export const groupsThatDivide: Remedy<'refused-call'> = ({ problem, tensors, matched }, ctx) => {
  const groups = givenList(matched.get('groups'))[0]?.value
  const channels = tensors[0]?.type.shape.at(-1)?.dim
  if (problem.code !== 'shape/groups' || groups?.kind !== 'int' || typeof channels !== 'number') return {}
  return { fixes: divisorFixes(groups, [Number(problem.facts['filters']), channels], ctx) }
}
