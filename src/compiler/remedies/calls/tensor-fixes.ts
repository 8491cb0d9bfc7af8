import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Node } from '../../graph/graph.ts'
import { textOf, type Span } from '../../text/source.ts'
import { argumentEdit } from '../../fixes/argument-edit.ts'
import type { Given } from '../../elaborate/arguments.ts'
import type { Context } from '../../elaborate/context.ts'
import { mapMeant } from './map-meant.ts'
import type { BlockValue } from '../../elaborate/value.ts'
import { wantsBlock } from './wants-block.ts'

/**
 * What a call is to be given whose first argument, a tensor, was left out: a hole where a block is wanted, or the map that is
 * most likely meant.
 */
export function firstArgument(call: Span, ctx: Context): readonly Fix[] {
  if (wantsBlock(call, ctx)) return withFirst('leave a hole', '_', call)
  const map = mapMeant(call, ctx)
  return map === undefined ? [] : withFirst(`pass ${map}`, map, call)
}

/** A tensor that is not the first argument. */
export function furtherArgument(name: string, given: readonly Node[], call: Span, ctx: Context): readonly Fix[] {
  const map = mapMeant(call, ctx, given)
  if (map === undefined || call.source.library) return []
  const argument = map === name ? `${name}:` : `${name}: ${map}`
  return [
    {
      title: `write ${argument}`,
      edits: [argumentEdit(ctx.run.modules.expressionAt(call), name, argument)],
    },
  ]
}

/** The second of the maps that are combined. */
export function fusedWith(given: readonly Given[], call: Span, ctx: Context): readonly Fix[] {
  const [only, ...others] = given
  if (!only || others.length > 0 || only.value === 'hole' || only.value.kind !== 'tensor' || call.source.library) return []
  const map = mapMeant(call, ctx, [only.value.node])
  return map === undefined || !textOf(call).endsWith(')')
    ? []
    : [
        {
          title: `combine it with ${map}`,
          edits: [{ span: { ...call, start: only.span.end, end: only.span.end }, text: `, ${map}` }],
        },
      ]
}

function withFirst(title: string, argument: string, call: Span): readonly Fix[] {
  const { source, start, end } = call
  const opening = call.source.library ? null : /^[\w.]+\s*\(\s*/.exec(textOf(call))
  if (!opening) return []
  const at = start + opening[0].length
  const text = source.text[at] === ')' ? argument : `${argument}, `
  const written = `${opening[0]}${text}${source.text.slice(at, end)}`
  const shown = written.includes('\n') ? `${opening[0]}${argument}, …)` : written
  return [{ title: `${title}: ${shown}`, edits: [{ span: { source, start: at, end: at }, text }] }]
}

/** What makes a tensor of a block value that was not applied to anything: the map in its hole. */
export function applied({ given, name, origin: { span } }: BlockValue, ctx: Context): readonly Fix[] {
  const map = mapMeant(span, ctx)
  if (map === undefined || span.source.library) return []
  if (!given)
    return textOf(span) === name
      ? [{ title: `write ${name}(${map})`, edits: [{ span: { ...span, start: span.end }, text: `(${map})` }] }]
      : []
  const [hole, ...others] = [...given.positional, ...given.named.values()].filter(({ value }) => value === 'hole')
  if (!hole || others.length > 0) return []
  const written = `${textOf({ ...span, end: hole.span.start })}${map}${textOf({ ...span, start: hole.span.end })}`
  return [{ title: written.includes('\n') ? `pass ${map} to it` : `write ${written}`, edits: [{ span: hole.span, text: map }] }]
}
