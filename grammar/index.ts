import { createTokenInstance, Lexer, type IToken } from 'chevrotain'
import { tooDeep } from './brackets.ts'
import { readColonBodies } from './colon-bodies.ts'
import { withoutConsequences, type Stumble } from './consequences.ts'
import type { ExpressionCstNode, FileCstNode } from './cst.ts'
import { describe } from './describe.ts'
import { expectedIn, type Place } from './expected-at.ts'
import { readKeywordNames } from './keyword-names.ts'
import { FmwParser } from './parser.ts'
import type { SyntaxProblem } from './problem.ts'
import { readSigns } from './signs.ts'
import { tokenEnd } from './token-end.ts'
import { BadNumber, CloseBrace, UnclosedText, vocabulary } from './tokens.ts'
import { withoutStatement } from './without-statement.ts'

export type { SyntaxProblem } from './problem.ts'

/** A text as it was read. Between its tokens and comments, in the order of their offsets, it has only white space and unknown signs. */
export type Parsed<Node> = Tree<Node> & {
  readonly tokens: readonly IToken[]
  /** `//` and `///`, which are of the type `DocComment`. */
  readonly comments: readonly IToken[]
}

/** Exact: of each token of the text, and of nothing else. Otherwise of what could be read, without statements and with tokens put in. */
type Tree<Node> =
  | { readonly exact: true; readonly cst: Node; readonly problems: readonly [] }
  | { readonly exact: false; readonly cst: Node | undefined; readonly problems: readonly SyntaxProblem[] }

/** Brackets may be nested this deep; the parser is recursive, and nobody reads deeper. */
export const deepestNesting = 64

const lexer = new Lexer(vocabulary, { ensureOptimizations: true, skipValidations: true })
const parser = new FmwParser({ validate: false })

export const parseFile = (text: string): Parsed<FileCstNode> => parse(text, 0, () => parser.file())

/** Parses one expression that stands at `offset` in a larger text (in a `{…}` of a string), or alone on the command line. */
export const parseExpression = (text: string, offset = 0): Parsed<ExpressionCstNode> => parse(text, offset, () => parser.expression())

/** What may stand at an offset of a text of these tokens. */
export const expectedAt = (text: string, tokens: readonly IToken[], offset: number): Place =>
  expectedIn(text, tokens, offset, (rule, before) => parser.computeContentAssist(rule, before))

function parse<Node>(text: string, offset: number, rule: () => Node): Parsed<Node> {
  const lexed = lexer.tokenize(text)
  const signs = readSigns(text, lexed.errors)
  const { tokens, groups } = signs.problems.length === 0 ? lexed : lexer.tokenize(signs.text)
  const ofTokens = [...signs.problems, ...tokens.flatMap((token) => problemOfToken(token, text))].map((problem) =>
    moved(problem, offset),
  )
  // the tree takes its places from the tokens
  const comments = groups['comments'] ?? []
  if (offset > 0) for (const token of [...tokens, ...comments]) shift(token, offset)
  const colons = readColonBodies(tokens, text)
  const names = readKeywordNames(colons.tokens)
  const before = [...ofTokens, ...colons.problems, ...names.problems]
  const parsed = parseTokens(names.tokens, before, { rule, comments, end: offset > 0 ? '`}`' : 'the end of the text' })
  const stumbles = [...before.map((problem) => ({ problem })), ...parsed.stumbles]
  const { cst } = parsed
  if (cst && stumbles.length === 0) return { exact: true, cst, problems: [], tokens, comments }
  return { exact: false, cst, problems: withoutConsequences(stumbles, parsed.tokens, tokens, text, offset), tokens, comments }
}

interface Reading<Node> {
  readonly rule: () => Node
  readonly comments: readonly IToken[]
  /** What the tokens end with. */
  readonly end: string
}

interface Read<Node> {
  readonly cst: Node | undefined
  readonly stumbles: readonly Stumble[]
  /** Those that were read last: without the statements that could not be. */
  readonly tokens: readonly IToken[]
}

/** So many statements are left out to read on behind them; each costs another reading. */
const mostLeftOut = 20

/** Reads tokens; a statement that stumbles is left out, and the others are read again as they stand. */
function parseTokens<Node>(
  all: readonly IToken[],
  known: readonly SyntaxProblem[],
  { rule, comments, end }: Reading<Node>,
): Read<Node> {
  const deep = tooDeep(all, deepestNesting)
  if (deep) {
    const problem = {
      kind: 'too-deep',
      found: deep.image,
      expected: String(deepestNesting),
      start: deep.startOffset,
      end: tokenEnd(deep),
    } as const
    return { cst: undefined, stumbles: [{ problem }], tokens: all }
  }
  const first: Stumble[] = []
  let tokens = all
  for (let round = 0; ; round++) {
    parser.input = [...tokens]
    const cst = rule()
    const stumbles = parser.errors
      .map((error) => describe(error, tokens, comments, end))
      .sort((a, b) => a.problem.start - b.problem.start)
    const [next] = stumbles
    if (next?.problem.replacement === '}' && round < mostLeftOut) {
      first.push({ problem: next.problem })
      tokens = tokens.map((token) => (token.startOffset === next.problem.start ? asBrace(token) : token))
      continue
    }
    const left = next && round < mostLeftOut ? withoutStatement(next, tokens) : undefined
    if (!next || !left) return { cst, stumbles: [...first, ...stumbles], tokens }
    if (!known.some(({ start }) => left.start <= start && start < left.end)) first.push({ problem: next.problem })
    tokens = left.tokens
  }
}

/** A token read as the brace that it was meant to be. */
const asBrace = ({ startOffset, endOffset = NaN, startLine = NaN, endLine = NaN, startColumn = NaN, endColumn = NaN }: IToken): IToken =>
  createTokenInstance(CloseBrace, '}', startOffset, endOffset, startLine, endLine, startColumn, endColumn)

const moved = (problem: SyntaxProblem, offset: number): SyntaxProblem => ({
  ...problem,
  start: problem.start + offset,
  end: problem.end + offset,
  ...(problem.places ? { places: problem.places.map(({ start, end }) => ({ start: start + offset, end: end + offset })) } : {}),
})

/** The tokens of a text that is no text of fmw, such as a comment. */
export function tokensIn(text: string, offset: number): readonly IToken[] {
  const { tokens } = lexer.tokenize(text)
  for (const token of tokens) shift(token, offset)
  return tokens
}

function shift(token: IToken, offset: number): void {
  token.startOffset += offset
  if (token.endOffset !== undefined) token.endOffset += offset
}

function problemOfToken(token: IToken, text: string): readonly SyntaxProblem[] {
  const at = { found: token.image, start: token.startOffset, end: tokenEnd(token) }
  if (token.tokenType === BadNumber) {
    const listed = text[at.start - 1] === '[' && text[at.end] === ']'
    const expected = spelling(token.image, listed)
    return [{ kind: 'number', expected, replacement: expected, ...at }]
  }
  if (token.tokenType === UnclosedText) return [{ kind: 'unclosed-text', expected: '"', ...at }]
  return []
}

/** What to write instead of `2x`, `3xn`, `3x3x3`, `1_000` or `12px`; sizes that are the only elements of a list stand in its brackets. */
function spelling(image: string, listed: boolean): string {
  const list = (...items: readonly string[]): string => (listed ? items.join(', ') : `[${items.join(', ')}]`)
  const sizes = /^(\d+)x(.+)$/.exec(image)
  if (sizes) return list(sizes[1]!, ...sizes[2]!.split(/x(?=\w)/))
  if (/^\d+(?:_\d+)+$/.test(image)) return image.replaceAll('_', '')
  const [, number, rest] = /^([\d.]+)(\w+)$/.exec(image)!
  return rest === 'x' ? list(number!, number!) : `${number} * ${rest}`
}
