import { CloseBrace, OpenBrace } from '../../../../grammar/tokens.ts'
import { isDeclaring } from './declares.ts'
import { lineStart } from '../../text/source.ts'
import type { Tokens } from './token-line.ts'

/** Where a brace is missing by the indentation of what follows, and how that is written. */
interface Place {
  readonly place: number
  readonly written: string
}

/**
 * The braces that a declaration lacks, where its lines show it: a body ends before the first line that is indented no deeper than the line
 * that opens it, and that line begins with its brace or, where it begins otherwise or less deep, lacks one.
 *
 * @param start where something was found instead
 */
export function dedentedPlaces(start: number, { source: { text }, tokens }: Tokens): readonly Place[] {
  const before = tokens.filter(({ startOffset }) => startOffset < start)
  const declaration = before.findLastIndex(isDeclaring)
  const open: number[] = []
  const missing: Place[] = []
  const indentAt = (offset: number): number => indentOf(text, offset)
  for (const [i, token] of before.entries()) {
    if (i < declaration) continue
    const previous = before[i - 1]
    if (i > declaration && previous && token.startLine !== previous.endLine) {
      const indent = indentAt(token.startOffset)
      const isEnded = (body: number): boolean => (token.tokenType === CloseBrace ? body > indent : body >= indent)
      while (open.length > 1 && isEnded(open.at(-1)!)) {
        const place = previous.endOffset! + 1
        missing.push({ place, written: `\n${' '.repeat(open.pop()!)}}` })
      }
    }
    if (token.tokenType === OpenBrace) open.push(indentAt(token.startOffset))
    else if (token.tokenType === CloseBrace) open.pop()
  }
  return missing
}

const indentOf = (text: string, offset: number): number => /^ */.exec(text.slice(lineStart(text, offset)))![0].length
