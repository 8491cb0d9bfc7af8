import type { IToken } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import type { SyntaxProblem } from './problem.ts'

/** A problem, and where the parser was when it met it. */
export interface Stumble {
  readonly problem: SyntaxProblem
  /** The rule and the index of the token that did not fit; not for problems of single tokens. */
  readonly at?: { readonly rule: string; readonly index: number }
}

const inFile = new Set(['file', 'declaration'])
const inBody = new Set(['file', 'declaration', 'statement', 'body'])

const statementStart =
  /^\s*(?:(?:input|output|return|param|state|layer|require|for|if|model|block|const|import)\b|[A-Za-z_]\w*\s*(?:=(?!=)|[,:]))/

/**
 * A mistake makes the parser stumble more than once before it has its way again. Of the stumbles in one line the first is about
 * the mistake; later ones count once a line has begun as a statement does.
 */
export function withoutConsequences(
  stumbles: readonly Stumble[],
  tokens: readonly IToken[],
  text: string,
  offset: number,
): readonly SyntaxProblem[] {
  const sorted = [...stumbles].sort((a, b) => a.problem.start - b.problem.start)
  const lines = text.split('\n')
  const lineOf = lineFinder(lines, offset)
  let previous = -1
  const kept: SyntaxProblem[] = []
  for (const { problem, at } of sorted) {
    const line = lineOf(problem.start)
    if (previous < 0 || (line > previous && (!at || isFresh(at, lines.slice(previous + 1, line + 1), tokens)))) kept.push(problem)
    previous = Math.max(previous, lineOf(at ? (tokens[at.index]?.startOffset ?? problem.start) : problem.start))
  }
  return kept
}

/** Whether a stumble is about a mistake of its own, given the lines from the stumble before it to this one. */
function isFresh({ rule, index }: NonNullable<Stumble['at']>, lines: readonly string[], tokens: readonly IToken[]): boolean {
  const found = tokens[index]
  // outside of all bodies while a brace is open, the parser has lost its place
  if (inFile.has(rule) && openBrackets(tokens.slice(0, index)).length > 0) return false
  if (found !== undefined && found.image !== '}' && (inBody.has(rule) || tokens[index - 1]?.startLine === found.startLine))
    return true
  return lines.some((text) => statementStart.test(text))
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
