import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { userOrigin, type Span } from '../../text/source.ts'
import { namedArgument } from '../../fixes/argument-edit.ts'
import { around } from '../around.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import type { Remedy } from '../remedy.ts'
import { calleeName } from '../../syntax/callee-name.ts'

/**
 * What may be done about a map that is smaller than what is to be cut out of it: where both maps meet, the other one is cropped;
 * a map is enlarged by `align`.
 */
export const roomForCrop: Remedy<'refused-call'> = ({ problem, call }, ctx) =>
  problem.code === 'shape/slice' ? { fixes: cropFixes(userOrigin(originAt(ctx, call)).span, ctx) } : {}

function cropFixes(call: Span, ctx: Context): readonly Fix[] {
  const exprs = around(call, ctx)?.exprs ?? []
  const step = exprs.findLast((expr) => expr.kind === 'call' && calleeName(expr) === 'crop')
  const like = step && namedArgument(step, 'like')?.value
  if (step?.kind !== 'call' || like?.kind !== 'name') return []
  return [...turned(exprs, like), ...aligned(step.callee, step.args.length)]
}

/** `f(a |> crop(like: b), b)` with the other one cropped. */
function turned(exprs: readonly Expr[], like: Expr & { kind: 'name' }): readonly Fix[] {
  const pipe = exprs.findLast((expr) => expr.kind === 'pipe')
  const meeting = exprs.findLast((expr) => expr.kind === 'call' && expr.args.some(({ value }) => value === pipe))
  if (pipe?.kind !== 'pipe' || pipe.head.kind !== 'name' || pipe.steps.length !== 1 || meeting?.kind !== 'call') return []
  const other = meeting.args.find(
    ({ kind, value }) => kind === 'positional' && value.kind === 'name' && value.name === like.name,
  )?.value
  if (!other) return []
  const text = `${like.name} |> crop(like: ${pipe.head.name})`
  return [
    {
      title: `crop the larger one: ${text}`,
      edits: [
        { span: pipe.span, text: pipe.head.name },
        { span: other.span, text },
      ],
    },
  ]
}

function aligned(callee: Expr, args: number): readonly Fix[] {
  return args === 1 ? [{ title: 'enlarge it instead: write align for crop', edits: [{ span: callee.span, text: 'align' }] }] : []
}
