import type { Expr, InputStatement, Item } from '../syntax/ast.ts'
import { knowledgeIn } from '../dim/condition.ts'
import { bounds, divide, substitute, subtract, variablesOf, type Dim } from '../dim/expr.ts'
import { combine, inputExtent, nothingKnown, type Knowledge } from '../dim/variable.ts'
import { integral, isGranted } from '../dim/prove.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { textOf, type Span } from '../text/source.ts'
import { isTrue } from './compare.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { namesIn } from '../syntax/names-in.ts'
import { reasonsOf } from './reports/reasons.ts'
import { saidOf, type Said } from './reports/said-of-extent.ts'
import { describe, failed, int, tensor, valueExtent, type Value } from './value.ts'

/**
 * Declares an input of the model that is compiled. A name in its shape that nothing has yet is a symbolic extent; every `where`
 * of the model's inputs that speaks of it (`H % 16 == 0`, `H >= 32`, `H == W`) is part of what it is.
 */
export function declareInput(statement: InputStatement, inputs: readonly InputStatement[], ctx: Context): void {
  const { name } = statement
  const where = inputs.flatMap((input) => input.where)
  const fresh = namedAxes(statement).filter((axis) => !ctx.scope.get(axis.name))
  const isSymbol = (axis: string): boolean => !ctx.scope.get(axis) || ctx.run.extents.some(({ names }) => names.has(axis))
  const symbols = new Set(inputs.flatMap(namedAxes).map((axis) => axis.name).filter(isSymbol))
  // of `H == W`, W is the extent and H its other name
  const isOtherName = (axis: NamedAxis): boolean => where.some((condition) => isEquation(condition, axis.name))
  const ordered = [...fresh.filter((axis) => !isOtherName(axis)), ...fresh.filter(isOtherName)]
  const later = ordered.filter((axis) => !declareExtent(axis, statement, { where, symbols }, ctx))
  for (const axis of later) declareEqualExtent(axis, { where, symbols }, inputs, ctx)
  const shape = statement.shape.items.flatMap((item, i) =>
    item.kind === 'value' ? [extentOf(item.value, `${name.name}_${i}`, statement, ctx)] : spreadExtents(item, ctx),
  )
  if (shape.some((extent) => extent === undefined)) {
    ctx.scope.set(name.name, failed(originAt(ctx, statement.span)))
    return
  }
  const origin = originAt(ctx, statement.span)
  const type = { shape: shape.filter((extent) => extent !== undefined), depends: 'inputs' as const }
  const input = ctx.run.builder.input({ name: name.name, at: [name.name], type, origin, site: ctx.site })
  bind(name, tensor(input, origin), ctx)
  const refuted = statement.where.find((condition) => isTrue(evaluate(condition, ctx), condition, ctx) === false)
  if (refuted) {
    const facts = { claim: textOf(refuted.span), input: name.name, found: printShape(type.shape) }
    fail(ctx, 'where/refuted', facts, refuted.span, { labels: reasonsOf(refuted, ctx) })
  }
}

const isEquation = (condition: Expr, name: string): boolean =>
  condition.kind === 'compare' && condition.op === '==' && condition.left.kind === 'name' && condition.left.name === name

type NamedAxis = Expr & { readonly kind: 'name' }

const namedAxes = ({ shape }: InputStatement): readonly NamedAxis[] =>
  shape.items.flatMap(({ kind, value }) => (kind === 'value' && value.kind === 'name' ? [value] : []))

/** Makes a symbolic extent of what is known of it; false when it is said to equal something that has to be evaluated first. */
function declareExtent(axis: NamedAxis, statement: InputStatement, all: Said, ctx: Context): boolean {
  const names = namesOf(axis.name, all, ctx)
  const origin = originAt(ctx, axis.span)
  const declared = ctx.run.extents.find((extent) => names.has(extent.name))
  const earlier = declared && ctx.scope.get(declared.name)
  if (earlier) {
    bind(axis, { ...earlier, origin }, ctx)
    return true
  }
  if (equatedTo(names, all) !== undefined || expressedIn(names, ctx) !== undefined) return false
  const conditions = all.where.flatMap((condition) => {
    const found = [...names].map((name) => saidOf(condition, name, all, ctx)).find((one) => one !== undefined)
    return found ? [{ span: condition.span, knowledge: found }] : []
  })
  const assumed = ctx.run.assumed.conditions
    .filter((condition) => names.has(condition.extent))
    .map((condition) => knowledgeIn(condition) ?? nothingKnown)
  const said = [...conditions.map(({ knowledge }) => knowledge), ...assumed]
  const known = said.reduce<Knowledge | undefined>((sum, one) => sum && combine(sum, one), nothingKnown)
  if (known) {
    // of an extent that can be one number only that is known everywhere
    const dim = known.min === known.max ? known.min : inputExtent(axis.name, known, ctx.run.standIns !== undefined)
    ctx.run.builder.extents.push(...variablesOf(dim).values())
    ctx.run.extents.push({ name: axis.name, names, statement, conditions })
    bind(axis, int(dim, origin), ctx)
  } else {
    fail(ctx, 'where/contradiction', { extent: axis.name }, axis.span, {
      labels: conditions.map(({ span }) => ({ origin: originAt(ctx, span), text: 'demanded here' })),
    })
    ctx.scope.set(axis.name, failed(origin))
  }
  return true
}

/** All names of an extent: its own and those that a `where` says are equal to it. */
function namesOf(name: string, { where, symbols }: Said, ctx: Context): ReadonlySet<string> {
  const pairs = [
    ...where.flatMap((condition) => {
      const [left, right] = condition.kind === 'compare' && condition.op === '==' ? [condition.left, condition.right] : []
      return left?.kind === 'name' && right?.kind === 'name' && symbols.has(left.name) && symbols.has(right.name)
        ? [[left.name, right.name] as const]
        : []
    }),
    ...ctx.run.assumed.conditions.flatMap((condition) =>
      condition.kind === 'equal' ? [[condition.extent, condition.other] as const] : [],
    ),
  ]
  const names = new Set([name])
  // a set grows while it is walked
  for (const known of names) {
    for (const [a, b] of pairs) {
      if (a === known) names.add(b)
      if (b === known) names.add(a)
    }
  }
  return names
}

/** What an extent is said to equal: something other than another extent, such as a parameter or a product. */
function equatedTo(names: ReadonlySet<string>, { where, symbols }: Said): Expr | undefined {
  for (const condition of where) {
    if (condition.kind !== 'compare' || condition.op !== '==') continue
    const { left, right } = condition
    if (left.kind === 'name' && names.has(left.name) && !(right.kind === 'name' && symbols.has(right.name))) return right
    if (right.kind === 'name' && names.has(right.name) && left.kind !== 'name') return left
  }
  return undefined
}

/** Makes an extent of what it is said to equal; extents of later inputs that this speaks of are declared first. */
function declareEqualExtent(
  axis: NamedAxis,
  said: Said,
  inputs: readonly InputStatement[],
  ctx: Context,
  around: readonly string[] = [],
): void {
  const origin = originAt(ctx, axis.span)
  const names = namesOf(axis.name, said, ctx)
  const [other, dim] = [equatedTo(names, said), expressedIn(names, ctx)]
  const begun = [...around, axis.name]
  for (const name of [...(other ? namesIn(other).map(({ name }) => name) : []), ...variablesOf(dim ?? 0).keys()]) {
    // what goes round in a circle stays a name that nothing has
    if (ctx.scope.get(name) || begun.includes(name)) continue
    for (const input of inputs) {
      const later = namedAxes(input).find((one) => one.name === name)
      if (later && !declareExtent(later, input, said, ctx)) declareEqualExtent(later, said, inputs, ctx, begun)
    }
  }
  const value = other ? evaluate(other, ctx) : dim === undefined ? undefined : int(inScope(dim, ctx), origin)
  bind(axis, value?.kind === 'int' ? { ...value, origin } : failed(origin), ctx)
  if (value && value.kind !== 'int' && value.kind !== 'error') {
    fail(ctx, 'type/mismatch', { what: axis.name, wanted: 'an int', found: describe(value) }, axis.span)
  }
}

/** What an extent is taken for, where that is an expression of others. */
function expressedIn(names: ReadonlySet<string>, { run }: Context): Dim | undefined {
  for (const condition of run.assumed.conditions)
    if (condition.kind === 'expressed' && names.has(condition.extent)) return condition.dim
  return undefined
}

/** An expression of extents as they are known here. */
const inScope = (dim: Dim, ctx: Context): Dim =>
  substitute(dim, ({ name, offset, scale }) => {
    const value = ctx.scope.get(name)
    return divide(subtract(value?.kind === 'int' ? value.dim : 0, offset), scale)!
  })

/** The extents of a list that is spread into the shape: `[...SIZE, 3]`. */
function spreadExtents(item: Item, ctx: Context): readonly (Extent | undefined)[] {
  const list = evaluate({ kind: 'list', items: [item], span: item.value.span }, ctx)
  return list.kind === 'list' ? list.items.map((value) => checkedExtent(value, item.value.span, ctx)) : [undefined]
}

function extentOf(axis: Expr, anonymous: string, statement: InputStatement, ctx: Context): Extent | undefined {
  const named: Expr = axis.kind === 'hole' ? { kind: 'name', name: anonymous, span: axis.span } : axis
  if (axis.kind === 'hole' && named.kind === 'name') declareExtent(named, statement, { where: [], symbols: new Set() }, ctx)
  return checkedExtent(evaluate(named, ctx), axis.span, ctx)
}

/** A value as an extent of an input, decided where the input is written. */
function checkedExtent(value: Value, span: Span, ctx: Context): Extent | undefined {
  if (value.kind === 'error') return undefined
  const { standIns } = ctx.run
  if (value.kind === 'unknown' && standIns) return { dim: standIns.unnamed(), origin: originAt(ctx, span) }
  if (value.kind !== 'int' || !isGranted(integral(value.dim))) {
    fail(
      ctx,
      'type/not-an-int',
      { what: 'an extent of an input', value: describe(value) },
      span,
      value.kind === 'float' ? { cause: { kind: 'float-for-int', value } } : {},
    )
    return undefined
  }
  if (isEmpty(value.dim)) {
    fail(ctx, 'shape/empty', { what: 'an input', extent: printDim(value.dim) }, span)
    return undefined
  }
  const { source, start, end } = value.origin.span
  const isHere = source === span.source && start === span.start && end === span.end
  return isHere ? valueExtent(value) : { dim: value.dim, origin: originAt(ctx, span), from: [valueExtent(value)] }
}

const isEmpty = (dim: Dim): boolean => bounds(dim).max < 1
