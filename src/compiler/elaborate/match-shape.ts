import type { Expr, ListExpr } from '../syntax/ast.ts'
import { printShape } from '../dim/print.ts'
import type { Extent, Node, Shape } from '../graph/graph.ts'
import { axisOf } from '../primitives/shape/axis.ts'
import { differ } from '../primitives/shape/equal-extents.ts'
import { textOf, userOrigin, type Origin } from '../text/source.ts'
import { reportMisfits } from './reports/argument-shape.ts'
import { reportProblem } from './reports/report-problem.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { describe, extentValue, isSilent, valueExtent, type TensorValue } from './value.ts'
import type { Misfit } from './misfit.ts'
import type { Place } from './place.ts'
import { labelText } from '../text/label-text.ts'

/** The names a shape pattern sees: parameters and extents bound before it, and what each extent was bound by. */
export interface PatternScope {
  readonly ctx: Context
  readonly boundBy: Map<string, { readonly argument: string; readonly axis: number; readonly rank: number; readonly node: Node }>
}

/**
 * Matches a tensor with a parameter's shape: new names bind, known ones and expressions must agree; `...S` takes any number of
 * axes.
 */
export function matchShape(pattern: ListExpr, value: TensorValue, place: Place, ctx: Context, scope: PatternScope): boolean {
  const { shape } = value.node.type
  const axes = pattern.items.map((item) => item.value)
  const rest = pattern.items.findIndex((item) => item.kind === 'spread')
  const spread = rest < 0 ? 0 : shape.length - (axes.length - 1)
  if (rest < 0 ? axes.length !== shape.length : spread < 0) {
    rankMismatch(pattern, value, place, ctx)
    return false
  }
  const matching: Matching = { rank: shape.length, value, place, ctx, scope }
  const results = axes.map((axis, i) => {
    const at = rest >= 0 && i > rest ? i + spread - 1 : i
    return i === rest ? matchRest(axis, shape.slice(at, at + spread), at, matching) : matchAxis(axis, shape[at]!, at, matching)
  })
  const misfits = results.filter((result) => typeof result === 'object')
  if (misfits.length > 0) reportMisfits(misfits, value, place, ctx)
  return results.every((result) => result === true)
}

/** What matching one axis needs to know of the whole. */
interface Matching {
  readonly rank: number
  readonly value: TensorValue
  readonly place: Place
  readonly ctx: Context
  readonly scope: PatternScope
}

/** `...S`: binds the list of these extents, or compares them with those it was bound to. */
function matchRest(axis: Expr, extents: Shape, from: number, matching: Matching): boolean {
  const { value, place, ctx, scope } = matching
  const known = axis.kind === 'name' ? scope.ctx.scope.get(axis.name) : evaluate(axis, scope.ctx)
  if (axis.kind === 'name' && !known) {
    bind(axis, { kind: 'list', items: extents.map(extentValue), origin: value.origin }, scope.ctx)
    return true
  }
  if (known?.kind === 'unknown') return true
  if (known?.kind !== 'list' || known.items.length !== extents.length) {
    if (known?.kind !== 'error') {
      const facts = {
        op: place.op,
        parameter: place.argument,
        wanted: known ? describe(known) : 'a list of extents',
        found: describe(value),
      }
      fail(ctx, 'shape/rank', facts, place.span, {
        labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
      })
    }
    return false
  }
  return known.items.every((item, i) => {
    if (item.kind !== 'int') return item.kind === 'unknown'
    const refused = differ(place.op, axisOf(matching.rank, from + i), valueExtent(item), extents[i]!)
    if (refused) reportProblem(refused.problem, place.op, place.call, ctx)
    return !refused
  })
}

function rankMismatch(pattern: ListExpr, value: TensorValue, place: Place, ctx: Context): void {
  const wanted = pattern.items.length
  const given = [{ argument: place.argument, value, span: place.span }, ...(place.alike ?? [])]
  const facts = {
    op: place.op,
    parameter: given.map(({ argument }) => argument).join(' and its '),
    wanted: `${nouns[wanted] ?? 'a tensor'} ${textOf(pattern.span)}`,
    found: [...new Set(given.map((one) => describe(one.value)))].join(' and '),
  }
  const labels = given.map(({ value: { origin, node } }) => ({
    origin,
    ...labelText(`${isLater(origin, place, ctx) ? 'in an earlier turn, ' : ''}${printShape(node.type.shape)}`, 'comes from'),
  }))
  fail(ctx, 'shape/rank', facts, place.span, { labels, cause: { kind: 'wrong-rank', wanted, value, place } })
}

/** Whether a value was made behind the call that reads it, in the turn of a loop before. */
function isLater(origin: Origin, place: Place, ctx: Context): boolean {
  const [made, read] = [userOrigin(origin), userOrigin(originAt(ctx, place.call))]
  return made.frame === read.frame && made.span.source === read.span.source && made.span.start >= read.span.end
}

const nouns: Readonly<Record<number, string>> = { 1: 'a vector', 3: 'a map' }

/**
 * Whether an extent fits, reporting what else is wrong; a number that it should be and is not, for all axes to be reported
 * together.
 */
function matchAxis(axis: Expr, extent: Extent, index: number, { rank, value, place, ctx, scope }: Matching): boolean | Misfit {
  const { ctx: inner, boundBy } = scope
  if (axis.kind === 'hole') return true
  if (axis.kind === 'name' && !inner.scope.get(axis.name)) {
    bind(axis, extentValue(extent), inner)
    boundBy.set(axis.name, { argument: place.argument, axis: index, rank, node: value.node })
    return true
  }
  const wanted = evaluate(axis, inner)
  if (isSilent(wanted)) return wanted.kind === 'unknown'
  if (wanted.kind !== 'int') {
    fail(inner, 'type/mismatch', { what: 'an extent of a shape', wanted: 'an int', found: describe(wanted) }, axis.span)
    return false
  }
  const bound = axis.kind === 'name' ? boundBy.get(axis.name) : undefined
  const refused = differ(place.op, axisOf(rank, index), valueExtent(wanted), extent)
  if (!refused) return true
  const sameAxis = bound?.rank === rank && bound.axis === index
  if (!sameAxis && refused.problem.code !== 'shape/not-provable')
    return { axis: index, written: axis, wanted: valueExtent(wanted), bound }
  reportProblem(refused.problem, place.op, place.call, ctx, meeting([bound?.node ?? [], value.node].flat(), scope))
  return false
}

/** Maps that meet in the parameters of a call. */
const meeting = (tensors: readonly Node[], { ctx }: PatternScope): Parameters<typeof reportProblem>[4] => ({
  tensors,
  matched: new Map(),
  entry: ctx.entry,
})
