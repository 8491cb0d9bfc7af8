import type { Fix } from '../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../text/source.ts'
import type { ResultsValue } from '../elaborate/value.ts'
import type { Remedy } from './remedy.ts'

/** One of several results by its name, the first one first: it is what a block is called for. */
export const oneResult: Remedy<'several-results'> = ({ value, written }) => ({
  notes: [`take one of them first: a, b = …, or r = …, then r.${value.names.find((name) => name !== undefined) ?? 'name'}`],
  fixes: resultTaken(value, written),
})

/** @param written what gives them */
export function resultTaken({ names }: ResultsValue, written: Span): readonly Fix[] {
  const { source, start, end } = written
  if (source.library) return []
  const at = (offset: number): Span => ({ source, start: offset, end: offset })
  const isTight = /^[\w.]+(?:\([^|]*\))?$/.test(textOf(written))
  return names.flatMap((name) => {
    if (name === undefined) return []
    const edits = isTight
      ? [{ span: at(end), text: `.${name}` }]
      : [
          { span: at(start), text: '(' },
          { span: at(end), text: `).${name}` },
        ]
    return [{ title: `take its ${name}: .${name}`, edits }]
  })
}
