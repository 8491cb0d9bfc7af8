import type { Pattern } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { textOf } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { namesIn } from '../names-in.ts'

/** As many names as there are values: without the last ones, where nothing reads them, or with `_` for results that have none. */
export function targetFixes(targets: readonly Pattern[], count: number, ctx: Context): readonly Fix[] {
  const [first, last] = [targets[0], targets.at(-1)]
  if (!first || !last || count === 0 || first.span.source.library) return []
  const kept = [
    ...targets.slice(0, count).map(({ span }) => textOf(span)),
    ...Array<string>(Math.max(0, count - targets.length)).fill('_'),
  ]
  if (targets.slice(count).some((target) => isRead(target, ctx))) return []
  const text = kept.join(', ')
  return [{ title: `write ${text} = …`, edits: [{ span: { ...first.span, end: last.span.end }, text }] }]
}

function isRead(target: Pattern, ctx: Context): boolean {
  if (target.kind !== 'name') return target.kind === 'list'
  const { source, start } = target.span
  const declaration = ctx.module.ast.declarations.find(
    ({ span }) => span.source === source && span.start <= start && start < span.end,
  )
  return declaration === undefined || namesIn(declaration).some(({ name }) => name === target.name)
}
