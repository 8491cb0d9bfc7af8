import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import type { ResultsValue } from '../elaborate/value.ts'
import type { Remedy } from './remedy.ts'

/** One of several results by its name, the first one first: it is what a block is called for. */
export const oneResult: Remedy<'several-results'> = ({ value, written }, ctx) => ({
  notes: [`take one of them first: a, b = …, or r = …, then r.${value.names.find((name) => name !== undefined) ?? 'name'}`],
  fixes: resultTaken(value, written, ctx),
})

/** @param written what gives them */
export function resultTaken({ names }: ResultsValue, written: Span, ctx: Context): readonly Fix[] {
  const { source, start, end } = written
  const expr = expressionAt(written, ctx)
  if (!expr) return []
  const at = (offset: number): Span => ({ source, start: offset, end: offset })
  const isTight = expr.kind === 'call' || expr.kind === 'name' || expr.kind === 'member'
  return names.flatMap((name) => {
    if (name === undefined) return []
    const edits = isTight
      ? [{ span: at(end), text: `.${name}` }]
      : [
          { span: at(start), text: '(' },
          { span: at(end), text: `).${name}` },
        ]
    return [{ title: `take its ${name}: .${name}`, safety: 'unsafe', edits }]
  })
}
