import type { BlockDeclaration, Result } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { returnedLast } from '../last-value.ts'
import { statementsIn } from '../../elaborate/statements-in.ts'

/** What a block that returns nothing makes last is what it returns. */
export function missingReturn(definition: Span, ctx: Context): readonly Fix[] {
  const block = blockCalled(definition, ctx)
  return block ? returnedLast(block.body) : []
}

/** The results that are declared and not returned, where the body makes them under these names. */
export function missingResults(results: readonly Result[], found: number, definition: Span, ctx: Context): readonly Fix[] {
  const names = results.slice(found).map(({ name }) => name?.name)
  const returns = statementsIn(blockCalled(definition, ctx)?.body ?? []).filter(
    (statement) => statement.kind === 'return' && statement.values.length === found,
  )
  const [only, ...others] = returns
  if (!only || others.length > 0 || names.length === 0 || names.some((name) => name === undefined)) return []
  const { source, end } = only.span
  const written = names.join(', ')
  return [{ title: `return ${written} too`, edits: [{ span: { source, start: end, end }, text: `, ${written}` }] }]
}

/** The block of the user's files whose name stands at a place. */
const blockCalled = (definition: Span, ctx: Context): BlockDeclaration | undefined =>
  ctx.run.modules.userFiles
    .find(({ source }) => source === definition.source)
    ?.ast.declarations.filter((declaration) => declaration.kind === 'block')
    .find(({ name }) => name.span.start === definition.start)
