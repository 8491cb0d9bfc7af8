import { bindingAt } from '../syntax/bindings.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context, Advice } from '../elaborate/context.ts'
import { enumsWith } from '../elaborate/enums.ts'
import { renamed } from '../fixes/renaming.ts'
import type { Span } from '../text/source.ts'
import { around } from './around.ts'

/** A word of an enum where none is wanted. */
export const wordAlone = (word: string, span: Span, ctx: Context): Advice => ({
  notes: [`${word} is a word of ${enumsWith(word).join(' and ')}: it has a meaning only where one of these is wanted`],
  fixes: writtenOut(word, span, ctx),
})

/** A word stands for itself where it is wanted: a value that was to hold it is written out. */
function writtenOut(word: string, span: Span, ctx: Context): readonly Fix[] {
  const statement = around(span, ctx)?.statements.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  const isAll = statement?.kind === 'assign' && statement.value.span.start === span.start
  const binding = isAll && target?.kind === 'name' && others.length === 0 ? bindingAt(target.span, ctx.module.ast) : undefined
  if (!statement || !binding || binding.uses.length === 0 || binding.uses.some(({ how }) => how === 'written')) return []
  const { source } = span
  const before = source.text.slice(0, statement.span.start).trimEnd().length
  return [
    {
      title: `write ${word} where ${binding.name} stands`,
      edits: [
        { span: { source, start: before, end: statement.span.end }, text: '' },
        ...binding.uses.map((use) => renamed(use, word)),
      ],
    },
  ]
}
