import type { Fix } from '../../diagnostics/diagnostics.ts'
import { rewritings } from './rewritings.ts'
import { lineStart, type Source } from '../../text/source.ts'

/** Nobody wrote a longer one, and the patterns take the square of its length. */
const longestLine = 1000

/** What is written in another order or with other signs elsewhere, where it stands on one line. */
export function lineRewritings(start: number, source: Source): readonly Fix[] {
  const { text } = source
  const begin = lineStart(text, start)
  const [line = ''] = text.slice(begin).split(/\r?\n/, 1)
  if (line.length > longestLine) return []
  const before = text.slice(Math.max(text.lastIndexOf('\nmodel ', start), text.lastIndexOf('\nblock ', start), 0), begin)
  return rewritings.flatMap(({ pattern, written, title }) =>
    [...line.matchAll(pattern)]
      .filter(({ index }) => begin + index <= start && start <= begin + line.length)
      .flatMap((found) => {
        const now = written(found, before)
        const from = begin + found.index
        if (now === undefined) return []
        return [
          {
            title: title ?? `write ${now.trim()}`,
            edits: [{ span: { source, start: from, end: from + found[0].length }, text: now }],
          },
        ]
      }),
  )
}
