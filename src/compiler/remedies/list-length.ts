import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import { textOf, type Span } from '../text/source.ts'
import { callTo } from './around.ts'

/** Python's `len(list)`. */
export function lengthOf(callee: Span, ctx: Context): readonly Fix[] {
  const call = callTo(callee, ctx)
  const [list, ...others] = call?.args ?? []
  if (!call || list?.kind !== 'positional' || others.length > 0) return []
  const text = textOf(list.value.span)
  const isWhole = ['name', 'member', 'call', 'index', 'list'].includes(list.value.kind)
  const written = `${isWhole ? text : `(${text})`}.length`
  return [{ title: `write ${written}`, edits: [{ span: call.span, text: written }] }]
}
