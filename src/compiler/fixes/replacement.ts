import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Source } from '../text/source.ts'

/** Files whose lines end as on Windows. */
const carriageReturns = new WeakMap<Source, boolean>()

function hasCarriageReturns(source: Source): boolean {
  const has = carriageReturns.get(source) ?? source.text.includes('\r\n')
  carriageReturns.set(source, has)
  return has
}

/** The text that an edit puts in, with line breaks as its file has them. */
export const replacementOf = ({ span, text }: Edit): string => (hasCarriageReturns(span.source) ? text.replace(/\r?\n/g, '\r\n') : text)
