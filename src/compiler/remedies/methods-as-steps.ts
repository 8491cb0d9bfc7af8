import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { Expr, MemberExpr } from '../syntax/ast.ts'
import { outerSpan } from '../syntax/outer-span.ts'
import { textOf } from '../text/source.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * Ops that are called like methods, as steps of a pipe: `x.conv(8, 3x3).relu()`. Beside an operator, which binds stronger than a pipe, it
 * stands in parentheses.
 */
export function methodsAsSteps(member: MemberExpr, isOp: (name: string) => boolean, ctx: Context): Fix {
  const around = surroundingsOf(member.span, ctx)?.exprs ?? []
  const outward = around.slice(0, around.indexOf(member)).toReversed()
  const steps: MemberExpr[] = [member]
  let whole: Expr = member
  for (const outer of outward) {
    const isCall = outer.kind === 'call' && outer.callee === whole
    const isNext = outer.kind === 'member' && outer.of === whole && whole.kind === 'call' && isOp(outer.member.name)
    const isOfFamily = outer.kind === 'member' && outer.of === whole && whole.kind === 'member' && ctx.run.modules.families.includes(whole.member.name)
    if (!isCall && !isNext && !isOfFamily) break
    if (isNext) steps.push(outer)
    whole = outer
  }
  const [beside] = outward.slice(outward.indexOf(whole) + 1)
  const piped = steps.map(({ of, member: { span } }): Edit => ({ span: { ...span, start: outerSpan(of).end, end: span.start }, text: ' |> ' }))
  const { source, start, end } = whole.span
  const inBrackets: readonly Edit[] = [
    { span: { source, start, end: start }, text: '(' },
    { span: { source, start: end, end }, text: ')' },
  ]
  const isBound = whole.outer === undefined && beside !== undefined && bindsStronger.has(beside.kind) && (beside.kind !== 'call' || beside.callee === whole)
  return {
    title: `an op follows a pipe: ${textOf(outerSpan(member.of))} |> ${member.member.name}`,
    safety: 'safe',
    edits: isBound ? [inBrackets[0]!, ...piped, inBrackets[1]!] : piped,
  }
}

/** What takes only a part of a pipe that stands in it as it is. */
const bindsStronger: ReadonlySet<Expr['kind']> = new Set(['chain', 'unary', 'compare', 'logic', 'member', 'index', 'call', 'choice'])
