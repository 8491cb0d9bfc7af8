import type { Pattern } from '../syntax/ast.ts'
import { textOf } from '../text/source.ts'
import { bind, fail, type Context } from './context.ts'
import { portOf } from './ports.ts'
import { describe, failed, isSilent, type Value } from './value.ts'
import { labelText } from '../text/label-text.ts'

/** Binds the names of a pattern to the parts of a value; `shadow` makes new names, `assign` rebinds those that exist. */
export function bindPattern(pattern: Pattern, value: Value, ctx: Context, how: 'shadow' | 'assign'): boolean {
  if (pattern.kind === 'discard') return true
  if (pattern.kind === 'name') {
    bind(pattern, value, ctx, how === 'shadow' ? 'made' : 'assigned')
    if (how === 'assign') for (const port of portOf(pattern.name, value)) ctx.run.builder.name(port, ctx.site)
    return true
  }
  const items = value.kind === 'list' ? value.items : undefined
  if (items?.length === pattern.items.length)
    return pattern.items.map((part, i) => bindPattern(part, items[i]!, ctx, how)).every(Boolean)
  if (!isSilent(value)) {
    const facts = {
      what: `what ${textOf(pattern.span)} takes apart`,
      wanted: `a list of ${pattern.items.length}`,
      found: describe(value),
    }
    fail(ctx, 'type/mismatch', facts, pattern.span, {
      labels: [{ origin: value.origin, ...labelText(describe(value), 'comes from') }],
    })
  }
  bindNothing(pattern, value, ctx, how)
  return value.kind === 'unknown'
}

/** After a mistake, and of what is not known, the names exist all the same, so that their uses stay silent. */
function bindNothing(pattern: Pattern, value: Value, ctx: Context, how: 'shadow' | 'assign'): void {
  if (pattern.kind === 'list') for (const part of pattern.items) bindNothing(part, value, ctx, how)
  else bindPattern(pattern, isSilent(value) ? value : failed(value.origin), ctx, how)
}
