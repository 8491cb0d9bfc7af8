import { tokenMatcher, type IToken } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import type { SyntaxProblem } from './problem.ts'
import { Assign, Block, CloseBrace, Colon, Comma, Const, For, Hole, If, Import, Model, statementKeywords, Word } from './tokens.ts'

/** A problem, and where the parser was when it met it. */
export interface Stumble {
  readonly problem: SyntaxProblem
  /** The rule and the index of the token that did not fit; not for problems of single tokens. */
  readonly at?: { readonly rule: string; readonly index: number }
}

const inFile = new Set(['file', 'declaration'])
const inBody = new Set(['file', 'declaration', 'statement', 'body'])

const statementStarts = new Set([...statementKeywords, For, If, Model, Block, Const, Import])
const behindNames = new Set([Assign, Comma, Colon])

/**
 * A mistake makes the parser stumble more than once before it has its way again. Of the stumbles in one line the first is about
 * the mistake; later ones count once a line has begun as a statement does.
 *
 * @param all the tokens of the text, `tokens` those of them that were read last
 */
export function withoutConsequences(
  stumbles: readonly Stumble[],
  tokens: readonly IToken[],
  all: readonly IToken[],
  text: string,
  offset: number,
): readonly SyntaxProblem[] {
  if (stumbles.length === 0) return []
  const sorted = [...stumbles].sort((a, b) => a.problem.start - b.problem.start)
  const lineOf = lineFinder(text.split('\n'), offset)
  const begun = linesBegun(all, lineOf)
  let previous = -1
  const kept: SyntaxProblem[] = []
  for (const { problem, at } of sorted) {
    const line = lineOf(problem.start)
    if (previous < 0 || (line > previous && (!at || isFresh(at, begun.some((one) => previous < one && one <= line), tokens)))) kept.push(problem)
    previous = Math.max(previous, lineOf(at ? (tokens[at.index]?.startOffset ?? problem.start) : problem.start))
  }
  return kept
}

/** The lines that begin as a statement or a declaration does. */
function linesBegun(tokens: readonly IToken[], lineOf: (at: number) => number): readonly number[] {
  const lines = tokens.map(({ startOffset }) => lineOf(startOffset))
  return lines.filter((line, i) => {
    const [token, next] = [tokens[i]!, tokens[i + 1]]
    if (lines[i - 1] === line) return false
    if (statementStarts.has(token.tokenType)) return true
    const isName = tokenMatcher(token, Word) || token.tokenType === Hole
    return isName && next !== undefined && lines[i + 1] === line && behindNames.has(next.tokenType)
  })
}

/** Whether a stumble is about a mistake of its own, given whether a line has begun anew since the stumble before it. */
function isFresh({ rule, index }: NonNullable<Stumble['at']>, hasBegun: boolean, tokens: readonly IToken[]): boolean {
  const found = tokens[index]
  // outside of all bodies while a brace is open, the parser has lost its place
  if (inFile.has(rule) && openBrackets(tokens.slice(0, index)).length > 0) return false
  if (found !== undefined && found.tokenType !== CloseBrace && (inBody.has(rule) || tokens[index - 1]?.startLine === found.startLine))
    return true
  return hasBegun
}

/** The index of the line that an offset stands in. */
function lineFinder(lines: readonly string[], offset: number): (at: number) => number {
  const ends: number[] = []
  let end = offset
  for (const line of lines) ends.push((end += line.length + 1))
  return (at) => {
    let [low, high] = [0, lines.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (at < ends[middle]!) high = middle
      else low = middle + 1
    }
    return low
  }
}
