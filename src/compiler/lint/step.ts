import type { Edit } from '../diagnostics.ts'
import type { Span } from '../source.ts'

/** Takes a step out of a pipe, with its line where it has one; undefined for what is no step, or has a name of its own. */
export function withoutStep({ source, start, end }: Span): Edit | undefined {
  const [before, after] = [source.text.slice(0, start), source.text.slice(end)]
  const arrow = /\|>\s*$/.exec(before)
  if (!arrow || /^\s*as\b/.test(after)) return undefined
  const alone = /^[ \t]*(?:\r?\n|$)/.test(after)
  const space = (alone ? /\r?\n[ \t]*$|[ \t]*$/ : /[ \t]*$/).exec(before.slice(0, arrow.index))![0]
  return { span: { source, start: arrow.index - space.length, end }, text: '' }
}
