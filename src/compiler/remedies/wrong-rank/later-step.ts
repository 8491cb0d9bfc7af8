import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Expr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { textOf, type Span } from '../../text/source.ts'
import { around, holds } from '../around.ts'
import type { Context } from '../../elaborate/context.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { isPiped } from '../written.ts'
import { readsOf } from '../../elaborate/reads-of.ts'

/**
 * A step of a pipe that is taken out where it stands, and put behind the call that it came too early for: at once, or before a
 * `dense`.
 */
export function stepLater(step: Span, without: Edit, call: Span, ctx: Context): readonly Fix[] {
  const text = textOf(step)
  const behind: Edit = { span: { ...call, start: call.end }, text: ` |> ${text}` }
  const loops = around(call, ctx)?.statements.filter(({ kind }) => kind === 'for') ?? []
  const dense = denseBehind(Math.max(call.end, ...loops.map(({ span }) => span.end)), call, ctx)
  return [
    ...(isPiped(call, ctx) && loops.length === 0 ? [{ title: `move ${text} behind ${textOf(call)}`, edits: [without, behind] }] : []),
    ...(dense
      ? [
          {
            title: `move ${text} before ${textOf(dense)}`,
            edits: [without, { span: { ...dense, end: dense.start }, text: `${text} |> ` }],
          },
        ]
      : []),
  ]
}

/** The first `dense` that a pipe leads to from a place on, in the declaration around a call. */
function denseBehind(from: number, call: Span, ctx: Context): Span | undefined {
  const declarations = ctx.run.modules.userFiles.find(({ source }) => source === call.source)?.ast.declarations ?? []
  return declarations
    .filter((declaration) => holds(declaration, call))
    .flatMap((declaration) => readsOf(declaration).read.flatMap(callsIn))
    .find((one) => one.span.start >= from && calleeName(one) === 'dense' && isPiped(one.span, ctx))?.span
}

const callsIn = (expr: Expr): readonly Expr[] => [
  ...(expr.kind === 'call' ? [expr] : []),
  ...childrenOf(expr).flatMap(callsIn),
]
