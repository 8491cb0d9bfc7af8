import type { Advice, Context } from '../elaborate/context.ts'
import { declaredLast } from '../fixes/declared-last.ts'
import { freeName, wordsOf } from '../fixes/free-name.ts'
import { treeOf } from '../reading/written.ts'
import type { Expr, PipeExpr } from '../syntax/ast.ts'
import { textOf, type Span } from '../text/source.ts'
import { wantsBlock } from './wants-block.ts'

/** Steps that are piped together before there is a map: as a block of their own, which is passed or called by its name. */
export function stepsAsBlock(written: Span, ctx: Context): Advice {
  const pipe = pipeAround(written, ctx)
  // a value with a name was to be one map before
  if (!pipe || pipe.head.kind === 'name') return {}
  const { source, end } = pipe.span
  const name = freeName('Steps', wordsOf(source))
  const body = `${headOf(pipe.head)}${source.text.slice((pipe.head.outer ?? pipe.head.span).end, end)}`
  const declared = declaredLast(`block ${name}(x: tensor) -> tensor {\n  return ${body}\n}`, source)
  const span = pipe.outer ?? pipe.span
  return {
    notes: ['steps that are used as one are a block: block Steps(x: tensor) -> tensor { return x |> … }, which is passed by its name'],
    fixes: [{ title: `declare block ${name} with these steps and write ${name}`, safety: 'safe', edits: [{ span, text: name }, declared] }],
  }
}

/** The same where the beginning is a call without its map, and a block is wanted there. */
export function stepsWanted(call: Span, ctx: Context): Advice {
  const pipe = pipeAround(call, ctx)
  return pipe && wantsBlock(pipe.span, ctx) ? stepsAsBlock(call, ctx) : {}
}

function pipeAround(written: Span, { run: { modules } }: Context): PipeExpr | undefined {
  if (written.source.library) return undefined
  const tree = treeOf(written.source, modules)
  const expr = tree?.expressionAt(written)
  const around = expr && tree?.around(expr)
  return around?.kind === 'pipe' ? around : undefined
}

/** The beginning with the map: in place of its hole, or piped into it. */
function headOf(head: Expr): string {
  if (head.kind === 'hole') return 'x'
  const hole = head.kind === 'call' ? head.args.find(({ value }) => value.kind === 'hole') : undefined
  if (!hole) return `x |> ${textOf(head.span)}`
  const { span } = hole.value
  return `${textOf({ ...head.span, end: span.start })}x${textOf({ ...head.span, start: span.end })}`
}
