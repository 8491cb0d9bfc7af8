import { EOF, Lexer, type CstNode, type IRecognitionException, type IToken } from 'chevrotain'
import { FmwParser } from './parser.ts'
import { BadNumber, CloseBrace, CloseBracket, CloseParen, OpenBrace, OpenBracket, OpenParen, UnclosedText, vocabulary } from './tokens.ts'

export interface SyntaxProblem {
  readonly kind: 'character' | 'unexpected' | 'number' | 'unclosed-text' | 'too-deep'
  readonly found: string
  readonly expected: string
  /** Offsets into the text. */
  readonly start: number
  readonly end: number
}

export interface Parsed {
  readonly cst: CstNode | undefined
  readonly problems: readonly SyntaxProblem[]
  /** `///` comments in order. */
  readonly docs: readonly IToken[]
}

/** Brackets may be nested this deep; the parser is recursive, and nobody reads deeper. */
export const deepestNesting = 200

const lexer = new Lexer(vocabulary, { ensureOptimizations: true, skipValidations: true })
const parser = new FmwParser({ validate: false })

export const parseFile = (text: string): Parsed => parse(text, 0, () => parser.file())

/** Parses one expression that stands at `offset` in a larger text (in a `{…}` of a string), or alone on the command line. */
export const parseExpression = (text: string, offset = 0): Parsed => parse(text, offset, () => parser.expression())

function parse(text: string, offset: number, rule: () => CstNode): Parsed {
  const { tokens, groups, errors } = lexer.tokenize(text)
  if (offset > 0) for (const token of tokens) shift(token, offset)
  const problems: SyntaxProblem[] = errors.map((error) => ({
    kind: 'character',
    found: text.slice(error.offset, error.offset + error.length),
    expected: '',
    start: error.offset + offset,
    end: error.offset + error.length + offset,
  }))
  problems.push(...tokens.flatMap(problemOfToken))
  const tooDeep = deepNesting(tokens)
  if (tooDeep) return { cst: undefined, problems: [...problems, tooDeep], docs: [] }
  parser.input = tokens
  const cst = rule()
  const end = offset + text.trimEnd().length
  problems.push(...parser.errors.map((error) => describe(error, end)))
  problems.sort((a, b) => a.start - b.start)
  return { cst, problems: firstOfEachLine(problems, text, offset), docs: groups['docs'] ?? [] }
}

/** A mistake often makes the parser stumble twice in the same line: only the first stumble is about the mistake. */
function firstOfEachLine(problems: readonly SyntaxProblem[], text: string, offset: number): readonly SyntaxProblem[] {
  let previous = -1
  return problems.filter(({ start }) => {
    const sameLine = previous >= 0 && !text.slice(previous - offset, start - offset).includes('\n')
    previous = start
    return !sameLine
  })
}

function shift(token: IToken, offset: number): void {
  token.startOffset += offset
  if (token.endOffset !== undefined) token.endOffset += offset
}

const endOf = (token: IToken): number => (token.endOffset ?? token.startOffset) + 1

function problemOfToken(token: IToken): readonly SyntaxProblem[] {
  const at = { found: token.image, start: token.startOffset, end: endOf(token) }
  if (token.tokenType === BadNumber) return [{ kind: 'number', expected: spelling(token.image), ...at }]
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

const opens = new Set([OpenParen, OpenBracket, OpenBrace])
const closes = new Set([CloseParen, CloseBracket, CloseBrace])

function deepNesting(tokens: readonly IToken[]): SyntaxProblem | undefined {
  let depth = 0
  for (const token of tokens) {
    if (opens.has(token.tokenType)) depth++
    else if (closes.has(token.tokenType)) depth--
    if (depth > deepestNesting) {
      return { kind: 'too-deep', found: String(depth), expected: String(deepestNesting), start: token.startOffset, end: endOf(token) }
    }
  }
  return undefined
}

/** What a rule is called where it is missing. */
const wanted: Readonly<Record<string, string>> = {
  file: '`model`, `block`, `const` or `import`',
  declaration: '`model`, `block`, `const` or `import`',
  statement: 'a statement, such as `name = …`',
  body: 'a statement or `}`',
  type: 'a type or a shape',
  result: 'a type or a shape',
  results: 'a type or a shape',
  pattern: 'a name',
  ...Object.fromEntries(
    ['expression', 'choice', 'disjunction', 'conjunction', 'negation', 'comparison', 'sum', 'product', 'prefixed', 'postfix', 'primary', 'step'].map(
      (rule) => [rule, 'a value'],
    ),
  ),
  argument: 'an argument',
  item: 'a value',
  callArguments: '`,` or `)`',
  parameters: '`,` or `)`',
  list: '`,` or `]`',
  importDeclaration: '`,` or `}`',
}

function describe(error: IRecognitionException, end: number): SyntaxProblem {
  const rule = error.context.ruleStack.at(-1) ?? 'file'
  const { token } = error
  const missing = /^Expecting token of type --> (\w+) <--/.exec(error.message)?.[1]
  const closing = missing !== undefined && missing.startsWith('Close')
  const expected =
    missing !== undefined && missing !== 'EOF' && !(closing && wanted[rule]) ? labelOf(missing) : (wanted[rule] ?? 'something else')
  if (token.tokenType === EOF) {
    return { kind: 'unexpected', found: 'the end of the file', expected, start: Math.max(end - 1, 0), end }
  }
  return { kind: 'unexpected', found: `\`${token.image}\``, expected, start: token.startOffset, end: endOf(token) }
}

function labelOf(name: string): string {
  if (name === 'Name' || name === 'Word') return 'a name'
  return vocabulary.find((type) => type.name === name)?.LABEL ?? name
}
