import type { Expr, InputStatement, Item } from '../ast.ts'
import { bounds, type Dim } from '../dim/expr.ts'
import { combine, inputExtent, nothingKnown, type Knowledge } from '../dim/variable.ts'
import { integral } from '../dim/prove.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { Extent } from '../graph.ts'
import { textOf, type Span } from '../source.ts'
import { isTrue } from './compare.ts'
import { fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { reasonsForFloat } from './reasons-for-float.ts'
import { reasonsOf } from './reasons.ts'
import { describe, failed, int, tensor, type Value } from './value.ts'

/**
 * Declares an input of the model that is compiled. A name in its shape that nothing has yet is a symbolic extent; every `where` of the
 * model that speaks of it alone (`H % 16 == 0`, `H >= 32`, `H == W`) is part of what it is.
 */
export function declareInput(statement: InputStatement, where: readonly Expr[], ctx: Context): void {
  const { name } = statement
  const axes = statement.shape.items.flatMap((item) => (item.kind === 'value' ? [item.value] : []))
  const fresh = axes.filter((axis): axis is Expr & { kind: 'name' } => axis.kind === 'name' && !ctx.scope.get(axis.name))
  const later = fresh.filter((axis) => !declareExtent(axis, where, ctx))
  for (const axis of later) declareEqualExtent(axis, where, ctx)
  const shape = statement.shape.items.flatMap((item, i) =>
    item.kind === 'value' ? [extentOf(item.value, `${name.name}_${i}`, ctx)] : spreadExtents(item, ctx),
  )
  if (shape.some((extent) => extent === undefined)) {
    ctx.scope.set(name.name, failed(originAt(ctx, statement.span)))
    return
  }
  const origin = originAt(ctx, statement.span)
  const type = { shape: shape.filter((extent) => extent !== undefined), batched: true }
  ctx.scope.set(name.name, tensor(ctx.run.builder.input({ name: name.name, path: name.name, type, origin }), origin))
  const refuted = statement.where.find((condition) => isTrue(evaluate(condition, ctx), condition, ctx) === false)
  if (refuted) {
    const facts = { claim: textOf(refuted.span), input: name.name, found: printShape(type.shape) }
    fail(ctx, 'where/refuted', facts, refuted.span, { labels: reasonsOf(refuted, ctx) })
  }
}

/** Makes a symbolic extent of what is known of it; false when it is said to equal something that has to be evaluated first. */
function declareExtent(axis: Expr & { kind: 'name' }, where: readonly Expr[], ctx: Context): boolean {
  if (where.some((condition) => equated(condition, axis.name))) return false
  let known: Knowledge | undefined = nothingKnown
  for (const condition of where) {
    const said = knowledgeIn(condition, axis.name, ctx)
    if (known && said) known = combine(known, said)
  }
  const origin = originAt(ctx, axis.span)
  if (known) {
    const dim = inputExtent(axis.name, known)
    if (typeof dim !== 'number') for (const atom of dim.terms.flatMap((term) => term.atoms)) if (atom.kind === 'variable') ctx.run.builder.extents.push(atom)
    ctx.scope.set(axis.name, int(dim, origin))
  } else {
    const about = where.filter((condition) => knowledgeIn(condition, axis.name, ctx) !== undefined)
    fail(ctx, 'where/contradiction', { extent: axis.name }, axis.span, {
      labels: about.map(({ span }) => ({ origin: originAt(ctx, span), text: 'demanded here' })),
    })
    ctx.scope.set(axis.name, failed(origin))
  }
  return true
}

function declareEqualExtent(axis: Expr & { kind: 'name' }, where: readonly Expr[], ctx: Context): void {
  const other = where.map((condition) => equated(condition, axis.name)).find((expr) => expr !== undefined)
  const value = other && evaluate(other, ctx)
  ctx.scope.set(axis.name, value?.kind === 'int' ? { ...value, origin: originAt(ctx, axis.span) } : failed(originAt(ctx, axis.span)))
  if (value && value.kind !== 'int' && value.kind !== 'error') {
    fail(ctx, 'type/mismatch', { what: axis.name, wanted: 'an int', found: describe(value) }, axis.span)
  }
}

/** The other side of `H == …` (or `… == H`), when that is not a condition on H itself. */
function equated(condition: Expr, name: string): Expr | undefined {
  if (condition.kind !== 'compare' || condition.op !== '==') return undefined
  if (condition.left.kind === 'name' && condition.left.name === name) return condition.right
  return undefined
}

/** What `H % n == r`, `H >= n`, `H > n`, `H <= n` or `H < n` says of H. */
function knowledgeIn(condition: Expr, name: string, ctx: Context): Knowledge | undefined {
  if (condition.kind !== 'compare') return undefined
  const { left, op, right } = condition
  if (left.kind === 'name' && left.name === name) {
    const bound = constant(right, ctx)
    if (bound === undefined) return undefined
    if (op === '>=') return { ...nothingKnown, min: bound }
    if (op === '>') return { ...nothingKnown, min: bound + 1 }
    if (op === '<=') return { ...nothingKnown, max: bound }
    return op === '<' ? { ...nothingKnown, max: bound - 1 } : undefined
  }
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

/** The extents of a list that is spread into the shape: `[...SIZE, 3]`. */
function spreadExtents(item: Item, ctx: Context): readonly (Extent | undefined)[] {
  const list = evaluate({ kind: 'list', items: [item], span: item.value.span }, ctx)
  return list.kind === 'list' ? list.items.map((value) => checkedExtent(value, item.value.span, ctx)) : [undefined]
}

function extentOf(axis: Expr, anonymous: string, ctx: Context): Extent | undefined {
  const named: Expr = axis.kind === 'hole' ? { kind: 'name', name: anonymous, span: axis.span } : axis
  if (axis.kind === 'hole' && named.kind === 'name') declareExtent(named, [], ctx)
  return checkedExtent(evaluate(named, ctx), axis.span, ctx)
}

/** A value as an extent of an input, decided where the input is written. */
function checkedExtent(value: Value, span: Span, ctx: Context): Extent | undefined {
  if (value.kind === 'error') return undefined
  if (value.kind !== 'int' || integral(value.dim).kind !== 'proved') {
    fail(ctx, 'type/not-an-int', { what: 'an extent of an input', value: describe(value) }, span, value.kind === 'float' ? reasonsForFloat(value) : {})
    return undefined
  }
  if (isEmpty(value.dim)) {
    fail(ctx, 'shape/empty', { what: 'an input', extent: printDim(value.dim) }, span)
    return undefined
  }
  return { dim: value.dim, origin: originAt(ctx, span) }
}

const isEmpty = (dim: Dim): boolean => bounds(dim).max < 1
