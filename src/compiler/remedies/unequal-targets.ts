import type { Pattern } from '../syntax/ast.ts'
import { bindingAt } from '../syntax/bindings.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { textOf } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { nameResults } from '../elaborate/evaluate.ts'
import type { Remedy } from './remedy.ts'

/** As many names as there are values: without the last ones, where nothing reads them, or with `_` for results that have none. */
export const asManyTargets: Remedy<'unequal-targets'> = ({ value, count, targets }, ctx) => ({
  notes: [
    ...(value.kind === 'results' ? [`${value.of} gives ${nameResults(value)}`] : []),
    ...(count > targets.length ? ['for a value that is not needed, write _ in place of a name'] : []),
  ],
  // of a list that is too long nobody knows whether the names or the elements are too few
  fixes: value.kind === 'list' && value.items.length > targets.length ? [] : targetsFor(count, targets, ctx),
})

function targetsFor(count: number, targets: readonly Pattern[], ctx: Context): readonly Fix[] {
  const [first, last] = [targets[0], targets.at(-1)]
  if (!first || !last || count === 0 || first.span.source.library) return []
  if (targets.slice(count).some((target) => isRead(target, ctx))) return []
  const kept = [
    ...targets.slice(0, count).map(({ span }) => textOf(span)),
    ...Array<string>(Math.max(0, count - targets.length)).fill('_'),
  ]
  const text = kept.join(', ')
  return [{ title: `write ${text} = …`, edits: [{ span: { ...first.span, end: last.span.end }, text }] }]
}

function isRead(target: Pattern, ctx: Context): boolean {
  if (target.kind !== 'name') return target.kind === 'list'
  const binding = bindingAt(target.span, ctx.module.ast)
  return binding === undefined || binding.uses.some(({ how }) => how !== 'written')
}
