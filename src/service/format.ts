import type { Edit } from '../compiler/diagnostics/diagnostics.ts'
import { laidOut } from '../format/format-text.ts'
import type { Analysis } from './analysis.ts'

/** The blanks and commas between which the layout of a text differs from it, each replaced; none where the text has mistakes of syntax. */
export function format({ source }: Analysis, range: { readonly start: number; readonly end: number } = { start: 0, end: source.text.length }): readonly Edit[] {
  const { text } = source
  const formatted = laidOut(text)
  if (formatted === undefined) return []
  const edits: Edit[] = []
  let [here, there] = [0, 0]
  while (here < text.length || there < formatted.length) {
    const [end, endThere] = [behindGap(text, here), behindGap(formatted, there)]
    if (text.slice(here, end) !== formatted.slice(there, endThere)) edits.push({ span: { source, start: here, end }, text: formatted.slice(there, endThere) })
    ;[here, there] = [end + 1, endThere + 1]
  }
  return edits.filter(({ span }) => range.start <= span.start && span.end <= range.end)
}

/** Commas come and go in front of brackets that close; everything else that is no blank stays as it is. */
function behindGap(text: string, from: number): number {
  let at = from
  while (at < text.length && /[\s,]/.test(text[at]!)) at++
  return at
}
