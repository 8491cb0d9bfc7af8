import type { IToken } from 'chevrotain'
import { printer } from 'prettier/doc'
import { parseFile } from '../../grammar/index.ts'
import { openSource } from './source.ts'
import { printFile } from './statements.ts'

/** How wide a line may be, in columns; wider are comments, texts and names that alone are. */
export const usualWidth = 120

/**
 * A text laid out: its tokens, but for commas in front of closing brackets, and its comments between them, with `\n` at the end of each
 * line. Nothing of a text with mistakes of syntax.
 */
export function formatText(text: string): string | undefined {
  const parsed = parseFile(text)
  if (!parsed.exact) return undefined
  const doc = printFile(openSource(text, parsed), parsed.cst)
  const { formatted } = printer.printDocToString(doc, { printWidth: usualWidth, tabWidth: 2 })
  if (!saysTheSame(parsed, parseFile(formatted))) throw new Error('a text says something else once it is formatted')
  return formatted
}

/** The same with the line ends that the text has. */
export function laidOut(text: string): string | undefined {
  const formatted = formatText(text)
  return /^[^\n]*\r\n/.test(text) ? formatted?.replaceAll('\n', '\r\n') : formatted
}

interface Pieces {
  readonly tokens: readonly IToken[]
  readonly comments: readonly IToken[]
}

function saysTheSame(a: Pieces, b: Pieces): boolean {
  const [before, after] = [piecesOf(a), piecesOf(b)]
  return before.length === after.length && before.every((piece, i) => piece === after[i])
}

/** Tokens but commas, and comments, in their order. */
const piecesOf = ({ tokens, comments }: Pieces): readonly string[] =>
  [...tokens, ...comments]
    .filter(({ image }) => image !== ',')
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ image }) => image.trimEnd())
