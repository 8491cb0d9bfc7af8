import { Lexer, type CstNode, type IToken } from 'chevrotain'
import { tooDeep } from './brackets.ts'
import { withoutConsequences, type Stumble } from './consequences.ts'
import { describe, endOf } from './describe.ts'
import { FmwParser } from './parser.ts'
import type { SyntaxProblem } from './problem.ts'
import { readSigns } from './signs.ts'
import { BadNumber, UnclosedText, vocabulary } from './tokens.ts'

export type { SyntaxProblem } from './problem.ts'

export interface Parsed {
  readonly cst: CstNode | undefined
  readonly problems: readonly SyntaxProblem[]
  /** `///` comments in order. */
  readonly docs: readonly IToken[]
  /** `//` comments in order. */
  readonly comments: readonly IToken[]
}

/** Brackets may be nested this deep; the parser is recursive, and nobody reads deeper. */
export const deepestNesting = 64

const lexer = new Lexer(vocabulary, { ensureOptimizations: true, skipValidations: true })
const parser = new FmwParser({ validate: false })

export const parseFile = (text: string): Parsed => parse(text, 0, () => parser.file())

/** Parses one expression that stands at `offset` in a larger text (in a `{…}` of a string), or alone on the command line. */
export const parseExpression = (text: string, offset = 0): Parsed => parse(text, offset, () => parser.expression())

function parse(text: string, offset: number, rule: () => CstNode): Parsed {
  const lexed = lexer.tokenize(text)
  const signs = readSigns(text, lexed.errors)
  const { tokens, groups } = signs.problems.length === 0 ? lexed : lexer.tokenize(signs.text)
  const problems: Stumble[] = [...signs.problems, ...tokens.flatMap((token) => problemOfToken(token, text))].map((problem) => ({ problem }))
  // the tree takes its places from the tokens
  if (offset > 0) for (const token of tokens) shift(token, offset)
  const deep = tooDeep(tokens, deepestNesting)
  const cst = deep ? undefined : parseTokens(tokens, rule)
  const comments = groups['comments'] ?? []
  if (deep) problems.push({ problem: { kind: 'too-deep', found: deep.image, expected: String(deepestNesting), start: deep.startOffset, end: endOf(deep) } })
  else problems.push(...parser.errors.map((error) => describe(error, tokens, comments)))
  return { cst, problems: withoutConsequences(problems, tokens, text, offset), docs: groups['docs'] ?? [], comments }
}

function parseTokens(tokens: IToken[], rule: () => CstNode): CstNode {
  parser.input = tokens
  return rule()
}

function shift(token: IToken, offset: number): void {
  token.startOffset += offset
  if (token.endOffset !== undefined) token.endOffset += offset
}

function problemOfToken(token: IToken, text: string): readonly SyntaxProblem[] {
  const at = { found: token.image, start: token.startOffset, end: endOf(token) }
  if (token.tokenType === BadNumber) {
    const listed = text[at.start - 1] === '[' && text[at.end] === ']'
    const expected = listed ? spelling(token.image).replace(/^\[|\]$/g, '') : spelling(token.image)
    return [{ kind: 'number', expected, replacement: expected, ...at }]
  }
  if (token.tokenType === UnclosedText) return [{ kind: 'unclosed-text', expected: '"', ...at }]
  return []
}

/** What to write instead of `2x`, `3xn`, `3x3x3` or `12px`. */
function spelling(image: string): string {
  const sizes = /^(\d+)x(.+)$/.exec(image)
  if (sizes) return `[${[sizes[1]!, ...sizes[2]!.split(/x(?=\w)/)].join(', ')}]`
  const [, number, rest] = /^([\d.]+)(\w+)$/.exec(image)!
  return rest === 'x' ? `[${number}, ${number}]` : `${number} * ${rest}`
}
