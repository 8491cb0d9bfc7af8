import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineStart, type Source } from '../../text/source.ts'

/** A parameter without a type that is used as a map in the body has the shape of one; one with a default has the type of that. */
export function typeFixes(start: number, source: Source): readonly Fix[] {
  const { text } = source
  const from = lineStart(text, start)
  const lineEnd = text.indexOf('\n', start)
  const line = text.slice(from, lineEnd < 0 ? text.length : lineEnd)
  const name = /^\s*(?:block|model|const|def)\s.*[(,]\s*(\w+)\s*$/.exec(text.slice(from, start))?.[1]
  if (name === undefined) return []
  const type = typeOf(name, text.slice(start), line)
  return type === undefined
    ? []
    : [{ title: `write ${name}: ${type}`, edits: [{ span: { source, start, end: start }, text: `: ${type}` }] }]
}

function typeOf(name: string, behind: string, line: string): string | undefined {
  const fallback = /^\s*=\s*([^,()]+)/.exec(behind)?.[1]?.trim()
  if (fallback !== undefined) {
    if (/^-?\d+$/.test(fallback)) return 'int'
    if (/^-?[\d.]+(?:e-?\d+)?$/.test(fallback)) return 'float'
    return /^(?:true|false)$/.test(fallback) ? 'bool' : undefined
  }
  const end = behind.search(/\n\}/)
  const body = end < 0 ? behind : behind.slice(0, end)
  if (!new RegExp(String.raw`\b${name}\s*\|>`).test(body)) return undefined
  // the extents of another parameter would have to be those of this one
  return /\[\s*H\s*,/.test(line.slice(0, line.indexOf(')'))) ? 'tensor' : '[H, W, C]'
}
