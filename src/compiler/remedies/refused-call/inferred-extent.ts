import { divide, keyOf, multiply, type Dim } from '../../dim/expr.ts'
import type { Context } from '../../elaborate/context.ts'
import type { Value } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'
import type { Extent, Node, Shape } from '../../graph/graph.ts'
import type { Expr, Subscript } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import { extentText } from '../edits/extent-text.ts'
import { isWrittenOut } from '../is-written-out.ts'
import { noRemedies, type Remedies } from '../remedy.ts'

/** An extent of a shape that is asked for, as it is written. */
interface Item {
  readonly dim: Dim
  readonly expr: Expr
}

/**
 * The extent that -1 leaves to be found elsewhere. One that is left for the batch goes, and so does a batch that is written: 1, or the
 * first extent of a tensor that has one.
 */
export function inferredExtent(value: Value, { type: { shape } }: Node, list: Expr | undefined, ctx: Context): Remedies {
  const items = itemsOf(value, list)
  const [first, second] = items
  if (!list || !first) return noRemedies
  const rest = items.slice(1)
  const isWritten = isFirstExtent(first.expr) || (first.dim === 1 && second?.dim !== 1 && shape[0]?.dim !== 1)
  const isLeft = first.dim === -1 && rest.length > 0 && isEqual(productOf(rest), productOf(shape))
  const isOfBatch = rest.length > 0 && (isWritten || isLeft)
  const texts = [...(isOfBatch ? listWith(rest, shape, ctx) : []), ...listWith(items, shape, ctx)]
  return {
    notes: [isOfBatch ? 'the batch is not written, and no extent is inferred' : 'no extent is inferred: each is written'],
    fixes: texts.map((text) => writing(text, list.span, isOfBatch ? 'unsafe' : 'safe')),
  }
}

function itemsOf(value: Value, list: Expr | undefined): readonly Item[] {
  const given = value.kind === 'list' ? value.items : []
  const written = list?.kind === 'list' ? list.items : []
  const items = written.flatMap((item, i): readonly Item[] => {
    const dim = given[i]
    return item.kind === 'value' && dim?.kind === 'int' ? [{ dim: dim.dim, expr: item.value }] : []
  })
  return items.length === given.length && items.length === written.length ? items : []
}

/** A shape with what is left for the only -1 in it, if it has the elements then. */
function listWith(items: readonly Item[], shape: Shape, ctx: Context): readonly string[] {
  const known = items.filter(({ dim }) => dim !== -1)
  if (items.length - known.length > 1) return []
  const left = divide(productOf(shape), productOf(known))
  if (left === undefined || (known.length === items.length && left !== 1)) return []
  const isInNumbers = typeof left === 'number' && Number.isInteger(left) && items.every(({ expr }) => isWrittenOut(expr) || isFirstExtent(expr))
  const text = isInNumbers ? String(left) : remaining(known, shape, left, ctx)
  if (text === undefined && known.length < items.length) return []
  return [`[${items.map(({ dim, expr }) => (dim === -1 ? text : textOf(expr.span))).join(', ')}]`]
}

/** The names of the extents that are left, `H * W`: among names a number would hold for one size alone. */
function remaining(known: readonly Item[], shape: Shape, left: Dim, ctx: Context): string | undefined {
  const others = [...known]
  const extents = shape.filter((extent) => {
    const at = others.findIndex(({ dim }) => isEqual(dim, extent.dim))
    if (at >= 0) others.splice(at, 1)
    return at < 0
  })
  const names = extents.map((extent) => extentText(extent, ctx))
  const isNamed = names.length > 0 && names.every((name) => /^[a-z_]\w*$/i.test(name))
  return isNamed && isEqual(productOf(extents), left) ? names.join(' * ') : undefined
}

const isEqual = (a: Dim, b: Dim): boolean => keyOf(a) === keyOf(b)

const productOf = (extents: readonly Pick<Extent, 'dim'>[]): Dim => extents.map(({ dim }) => dim).reduce(multiply, 1)

/** `x.shape[0]`, which is the batch elsewhere. */
const isFirstExtent = (expr: Expr): boolean =>
  expr.kind === 'index' && expr.of.kind === 'member' && expr.of.member.name === 'shape' && expr.subscripts.length === 1 && isZero(expr.subscripts[0]!)

const isZero = (subscript: Subscript): boolean => subscript.kind === 'at' && subscript.index.kind === 'number' && subscript.index.value === 0
