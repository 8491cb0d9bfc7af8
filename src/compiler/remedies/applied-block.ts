import type { Advice, Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import type { CallExpr } from '../syntax/ast.ts'
import { textOf, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'

/** A map where a block value is wanted: the one step that made it, with a hole for what it was applied to. */
export function applied(span: Span, ctx: Context): Advice {
  const notes = ['what is wanted is the block, which is applied there, and not what it makes of a map: conv(_, …) leaves a hole for the map']
  const text = blockText(span, ctx)
  return { notes, fixes: text === undefined ? [] : [writing(text, span)] }
}

function blockText(span: Span, ctx: Context): string | undefined {
  const expr = expressionAt(span, ctx)
  if (expr?.kind === 'pipe') {
    const [only, ...others] = expr.steps
    if (!only || only.label || others.length > 0) return undefined
    return only.value.kind === 'call' ? withHole(only.value, 0) : textOf(only.value.span)
  }
  const [first] = expr?.kind === 'call' ? expr.args : []
  const isOfMap = first?.value.kind === 'name' && ctx.scope.get(first.value.name)?.kind === 'tensor'
  return expr?.kind === 'call' && first?.kind === 'positional' && isOfMap ? withHole(expr, 1) : undefined
}

/** A call with a hole before its arguments, or for the first of them. */
function withHole({ span, args }: CallExpr, replaced: number): string {
  if (args.some(({ value }) => value.kind === 'hole')) return textOf(span)
  const kept = args.slice(replaced)
  const start = args[0]?.span.start ?? span.end - 1
  const from = kept[0]?.span.start ?? span.end - 1
  return `${textOf({ ...span, end: start })}_${kept.length > 0 ? ', ' : ''}${textOf({ ...span, start: from })}`
}
