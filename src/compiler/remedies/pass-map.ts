import type { Fix, Safety } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { BlockValue } from '../elaborate/value.ts'
import { argumentEdit } from '../fixes/argument-edit.ts'
import { calleeName } from '../syntax/callee-name.ts'
import type { Node } from '../graph/graph.ts'
import { textOf, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import { likelyMap } from './likely-map.ts'
import { wantsBlock } from './wants-block.ts'

/** What a call is to be given whose first argument, a tensor, was left out: the map that is most likely meant, or a hole where a block is wanted. */
export function firstArgument(call: Span, ctx: Context): readonly Fix[] {
  if (wantsBlock(call, ctx)) return withFirst('leave a hole', '_', 'safe', call, ctx)
  const map = likelyMap(call, ctx)
  return map === undefined ? [] : withFirst(`pass ${map}`, map, 'unsafe', call, ctx)
}

/** A tensor that is not the first argument. */
export function furtherArgument(name: string, given: readonly Node[], call: Span, ctx: Context): readonly Fix[] {
  const map = likelyMap(call, ctx, given)
  const expr = expressionAt(call, ctx)
  if (map === undefined || !expr) return []
  const argument = map === name ? `${name}:` : `${name}: ${map}`
  return [{ title: `write ${argument}`, safety: 'unsafe', edits: [argumentEdit(expr, name, argument)] }]
}

function withFirst(title: string, argument: string, safety: Safety, call: Span, ctx: Context): readonly Fix[] {
  const expr = expressionAt(call, ctx)
  if (expr?.kind !== 'call') return []
  const { source, start, end } = call
  const [first] = expr.args
  const at = first ? first.span.start : end - 1
  const text = first ? `${argument}, ` : argument
  const [before, behind] = [source.text.slice(start, at), source.text.slice(at, end)]
  const written = `${before}${text}${behind}`
  const shown = written.includes('\n') ? `${before}${argument}, …)` : written
  return [{ title: `${title}: ${shown}`, safety, edits: [{ span: { source, start: at, end: at }, text }] }]
}

/** What makes a tensor of a block value that was not applied to anything: the map in its hole. */
export function blockApplied({ given, name, origin: { span } }: BlockValue, ctx: Context): readonly Fix[] {
  const map = likelyMap(span, ctx)
  if (map === undefined || span.source.library) return []
  if (!given)
    return calleeName(expressionAt(span, ctx)) === name
      ? [{ title: `write ${name}(${map})`, safety: 'unsafe', edits: [{ span: { ...span, start: span.end }, text: `(${map})` }] }]
      : []
  const [hole, ...others] = [...given.positional, ...given.named.values()].filter(({ value }) => value === 'hole')
  if (!hole || others.length > 0) return []
  const written = `${textOf({ ...span, end: hole.span.start })}${map}${textOf({ ...span, start: hole.span.end })}`
  return [{ title: written.includes('\n') ? `pass ${map} to it` : `write ${written}`, safety: 'unsafe', edits: [{ span: hole.span, text: map }] }]
}
