import type { Fix } from '../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../text/source.ts'

/** Takes an argument out of a call, with the comma before or behind it. */
export function withoutArgument(name: Span, value: Span): readonly Fix[] {
  const { text } = name.source
  const [before = ''] = /,\s*$/.exec(text.slice(0, name.start)) ?? []
  const [behind = ''] = before === '' ? (/^\s*,\s*/.exec(text.slice(value.end)) ?? []) : []
  const span = { ...name, start: name.start - before.length, end: value.end + behind.length }
  return [{ title: `leave out ${textOf({ ...name, end: value.end })}`, edits: [{ span, text: '' }] }]
}
