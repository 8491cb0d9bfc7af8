import type { IToken } from 'chevrotain'
import { isDeclaring } from './declares.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { rewritings, type Rewriting } from './rewritings.ts'
import { lineAt, textFrom, type Tokens } from './token-line.ts'
import { matchAt, type Found } from './token-pattern.ts'

/** Nobody wrote a longer one, and the patterns take the square of its length. */
const longestLine = 300

/** What is written in another order or with other signs elsewhere, where it stands on one line. */
export function lineRewritings(start: number, all: Tokens): readonly Fix[] {
  const line = lineAt(start, all)
  const [head] = line
  if (!head || line.length > longestLine) return []
  const earlier = all.tokens.slice(0, all.tokens.indexOf(head))
  const declared = earlier.slice(Math.max(0, earlier.findLastIndex(isDeclaring)))
  return rewritings.flatMap((rewriting) => fixesBy(rewriting, line, declared, start, all))
}

function fixesBy(
  { pattern, written, title, safety = 'safe', isSaid }: Rewriting,
  line: readonly IToken[],
  earlier: readonly IToken[],
  start: number,
  { source }: Tokens,
): readonly Fix[] {
  return matchesIn(line, pattern).flatMap((found) => {
    const [from, to] = [found.get('from')?.[0] ?? found.get('all')![0], found.get('to')?.[0] ?? found.get('all')![1]]
    const [first, last] = [line[from], line[to - 1]]
    if (!first || !last || first.startOffset > start) return []
    const now = written((name) => textFrom(line.slice(...(found.get(name) ?? [0, 0])), source), earlier)
    if (now === undefined) return []
    const edits = [{ span: { source, start: first.startOffset, end: tokenEnd(last) }, text: now }]
    return [{ title: title ?? `write ${now.trim()}`, safety, edits, ...(isSaid && { isSaid }) }]
  })
}

/** Where a pattern stands in a line, one behind the other; `all` is the whole of it. */
function matchesIn(line: readonly IToken[], pattern: Rewriting['pattern']): readonly Found[] {
  const matches: Found[] = []
  for (let at = 0; at < line.length; ) {
    const found = matchAt([...pattern, { name: 'end', ends: (_, end) => [end] }], line, at)
    const end = found?.get('end')?.[0] ?? at
    if (found) matches.push(new Map([...found, ['all', [at, end]]]))
    at = Math.max(at + 1, end)
  }
  return matches
}
