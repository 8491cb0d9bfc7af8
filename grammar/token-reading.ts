import type { IToken } from 'chevrotain'
import type { SyntaxProblem } from './problem.ts'

/** Tokens as they were meant, and what was wrong with them. */
export interface TokenReading {
  readonly tokens: readonly IToken[]
  readonly problems: readonly SyntaxProblem[]
}
