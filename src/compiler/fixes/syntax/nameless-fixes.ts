import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineStart, type Source } from '../../text/source.ts'

/**
 * A call or a pipe that nothing is assigned to: the last of a body is what it gives, any other a change of the value that it
 * begins with, as `model.add(…)` and `x.relu_()` are elsewhere.
 */
export function namelessFixes(start: number, source: Source): readonly Fix[] {
  const { text } = source
  const from = lineStart(text, start)
  const statement = /^(?:\w+(?:\.\w+)*\(\s*(\w+)[^\n]*\)|(\w+)\s*\|>[^\n]*?)(?=\s*(?:\/\/[^\n]*)?(?:\r?\n|$))/.exec(
    text.slice(start),
  )
  if (!statement || text.slice(from, start).trim() !== '') return []
  const [line, passed, piped] = statement
  const isLast = /^(?:[ \t\r]*(?:\/\/[^\n]*)?\n)*[ \t]*\}/.test(text.slice(start + line.length))
  const name = passed ?? piped
  const written = (begin: string): Fix => ({
    title: `write ${begin}${line.replace(/\s+/g, ' ')}`,
    edits: [{ span: { source, start, end: start }, text: begin }],
  })
  return [...(isLast ? [written('return '), written('output y = ')] : []), ...(name === undefined ? [] : [written(`${name} = `)])]
}
