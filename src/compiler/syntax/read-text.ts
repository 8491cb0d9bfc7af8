import type { Expr } from './ast.ts'
import type { Source } from '../text/source.ts'

/** Parses the expression of an interpolation, given its text and its offset in the file. */
export type TextReader = (source: Source, text: string, offset: number) => Expr

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\', '{': '{', '}': '}' }

/** The parts of a text literal: its characters with `\n \t \" \\ \{ \}` read, and the expressions in braces. */
export function readText(source: Source, start: number, image: string, read: TextReader): readonly (string | Expr)[] {
  const parts: (string | Expr)[] = []
  let text = ''
  for (let i = 1; i < image.length - 1; i++) {
    const char = image[i]!
    if (char === '\\') {
      const next = image[++i]!
      text += escapes[next] ?? `\\${next}`
      continue
    }
    const close = char === '{' ? image.indexOf('}', i) : -1
    if (close < 0) {
      text += char
      continue
    }
    if (text !== '') parts.push(text)
    text = ''
    parts.push(read(source, image.slice(i + 1, close), start + i + 1))
    i = close
  }
  if (text !== '' || parts.length === 0) parts.push(text)
  return parts
}
