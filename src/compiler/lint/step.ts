import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Span } from '../text/source.ts'

/** Takes a step out of a pipe, with its line where it has one; undefined for what is no step, or has a name of its own. */
export function withoutStep({ source, start, end }: Span): Edit | undefined {
  const before = source.text.slice(0, start).trimEnd()
  const after = source.text.slice(end)
  if (!before.endsWith('|>') || /^\s*as\b/.test(after)) return undefined
  const rest = before.slice(0, -2)
  const blank = rest.slice(rest.trimEnd().length)
  const alone = /^[ \t]*(?:\r?\n|$)/.test(after)
  const space = (alone ? /\r?\n[ \t]*$|[ \t]*$/ : /[ \t]*$/).exec(blank)![0]
  return { span: { source, start: rest.length - space.length, end }, text: '' }
}
