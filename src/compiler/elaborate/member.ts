import type { MemberExpr } from '../syntax/ast.ts'
import { fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { familyOf, familyOp } from './names.ts'
import { describe, extentValue, int, list, type TensorValue, type Value } from './value.ts'

/** `family.op`, a tensor's extents, a list's length, a result by name. */
export function memberOf(expr: MemberExpr, ctx: Context): Value {
  const family = familyOf(expr.of, ctx)
  if (family !== undefined) return familyOp(family, expr, ctx)
  const of = evaluate(expr.of, ctx)
  const origin = originAt(ctx, expr.span)
  const { name, span } = expr.member
  switch (of.kind) {
    case 'error':
    case 'unknown':
      return { ...of, origin }
    case 'tensor':
      return tensorMember(of, expr, ctx)
    case 'list':
      return name === 'length' ? int(of.items.length, origin) : unknownMember(expr, describe(of), ['length'], ctx)
    case 'results': {
      const item = of.items[of.names.indexOf(name)]
      if (item) return item
      const names = of.names.filter((one) => one !== undefined)
      return unknownMember(expr, `what ${of.of} returns`, names, ctx)
    }
    default:
  }
  return fail(ctx, 'type/unknown-member', { member: name, of: describe(of) }, span)
}

const mapAxes: ReadonlyMap<string, number> = new Map([
  ['height', 0],
  ['width', 1],
  ['channels', 2],
])

function tensorMember(of: TensorValue, expr: MemberExpr, ctx: Context): Value {
  const { shape } = of.node.type
  const { name } = expr.member
  const origin = originAt(ctx, expr.span)
  if (name === 'shape') return list(shape.map(extentValue), origin)
  if (name === 'rank') return int(shape.length, origin)
  if (name === 'channels' && shape.length > 0) return extentValue(shape.at(-1)!)
  const axis = shape.length === 3 ? mapAxes.get(name) : undefined
  if (axis !== undefined) return extentValue(shape[axis]!)
  return unknownMember(
    expr,
    describe(of),
    shape.length === 3 ? ['height', 'width', 'channels', 'shape', 'rank'] : ['channels', 'shape', 'rank'],
    ctx,
  )
}

const unknownMember = (expr: MemberExpr, of: string, members: readonly string[], ctx: Context): Value =>
  fail(ctx, 'type/unknown-member', { member: expr.member.name, of }, expr.member.span, {
    cause: { kind: 'unknown-member', expr, members },
  })
