import { CloseBrace, CloseParen, OpenParen, Pipe } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineAt, textFrom, type Tokens } from './token-line.ts'
import { anything, as, lineEnd, matchAt, optional, path, sign, word } from './token-pattern.ts'

const patterns = [
  [path, sign(OpenParen), as('name', word), optional(anything), sign(CloseParen), lineEnd],
  [path, sign(OpenParen), optional(anything), sign(CloseParen), lineEnd],
  [as('name', word), sign(Pipe), optional(anything), lineEnd],
]

/**
 * A call or a pipe that nothing is assigned to: the last of a body is what it gives, any other a change of the value that it
 * begins with, as `model.add(…)` and `x.relu_()` are elsewhere.
 */
export function namelessFixes(start: number, all: Tokens): readonly Fix[] {
  const line = lineAt(start, all)
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || first.startOffset !== start) return []
  const found = patterns.map((pattern) => matchAt(pattern, line, 0)).find((one) => one !== undefined)
  if (!found) return []
  const next = all.tokens.find(({ startOffset }) => startOffset >= tokenEnd(last))
  const isLast = next?.tokenType === CloseBrace
  const [name] = line.slice(...(found.get('name') ?? [0, 0]))
  const shown = textFrom(line, all.source).replace(/\s+/g, ' ')
  const written = (begin: string): Fix => ({
    title: `write ${begin}${shown}`,
    safety: 'safe',
    edits: [{ span: { source: all.source, start, end: start }, text: begin }],
  })
  return [...(isLast ? [written('return '), written('output y = ')] : []), ...(name ? [written(`${name.image} = `)] : [])]
}
