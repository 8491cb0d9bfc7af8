import { tokenMatcher, type IToken, type TokenType } from 'chevrotain'
import * as t from './tokens.ts'

/** What to write instead of something other languages have. */
export interface Habit {
  readonly hint: string
  /** The text for the place of the problem, where one is certain. */
  readonly replacement?: string
  /** How many tokens before and after the one found belong to it. */
  readonly before?: number
  readonly after?: number
  readonly isPower?: true
  /** The same is written in the rest of the statement, at such tokens behind a name in a call, or of the conditions of a line. */
  readonly isRepeated?: true
}

/** What stands around the token that did not fit. */
interface Surroundings {
  /** The grammar's rule that did not go on, and whether it wanted a token of a type. */
  readonly rule: string
  readonly expects: (type: TokenType) => boolean
  readonly found: IToken | undefined
  readonly before: (steps: number) => IToken | undefined
  readonly after: (steps: number) => IToken | undefined
  /** The innermost bracket that is open. */
  readonly bracket: TokenType | undefined
  /** The tokens before the one found on its line. */
  readonly line: readonly IToken[]
}

/** Signs that are no sign here. */
const signs: Readonly<Record<string, Habit>> = {
  '#': { hint: 'a comment begins with //' },
  ';': { hint: 'a statement ends with its line: leave it out', replacement: '' },
  "'": { hint: 'a text stands in double quotes, and a word such as same in none' },
  '“': { hint: 'a text stands in straight double quotes' },
  '&&': { hint: 'write and', replacement: 'and' },
  '||': { hint: 'write or', replacement: 'or' },
  '|': { hint: 'a pipe is written |>', replacement: '|>' },
  '!': { hint: 'write not', replacement: 'not ' },
  '^': { hint: 'there is no sign for a power: multiply, or declare a const that does', isPower: true },
  '@': { hint: 'the product of two matrices is matmul(a, b)' },
}

/** The habit behind a sign that is no token. */
export const habitOfSign = (sign: string): Habit | undefined =>
  signs[sign] ??
  signs[sign[0]!] ??
  (/^\p{L}/u.test(sign) ? { hint: 'names are made of the letters a to z, digits and _' } : undefined)

const inFile = new Set(['file', 'declaration'])
const inBody = new Set(['statement', 'body'])

const is = (token: IToken | undefined, type: TokenType): boolean => token?.tokenType === type
const isOneOf = (token: IToken | undefined, types: ReadonlySet<TokenType>): boolean =>
  token !== undefined && types.has(token.tokenType)
const isWord = (token: IToken | undefined): boolean => token !== undefined && tokenMatcher(token, t.Word)

/** The habit behind a token that did not fit, if it is a known one. */
export function habitOf(at: Surroundings): Habit | undefined {
  if (inFile.has(at.rule)) return ofFile(at)
  return ofOperators(at) ?? (inBody.has(at.rule) ? ofBody(at) : ofPart(at))
}

const declarations: ReadonlyMap<string, Habit> = new Map<string, Habit>([
  [
    'def',
    { hint: 'a part that is used again is a block: block Name(x: [H, W, C]) -> [H, W, C] { … }', replacement: 'block' },
  ],
  ['function', { hint: 'a function of numbers is const f(n: int) = …, a part of a network is a block' }],
  ['class', { hint: 'a network is a model: model Name { … }' }],
  ['let', { hint: 'a value of the file is a const', replacement: 'const' }],
  ['var', { hint: 'a value of the file is a const', replacement: 'const' }],
  ['from', { hint: 'the names come first: import { Name } from "./file.fmw"' }],
  ['}', { hint: 'this brace closes nothing: leave it out', replacement: '' }],
])

const statements = new Set<TokenType>([...t.statementKeywords, t.For, t.If])

function ofFile({ found, after }: Surroundings): Habit | undefined {
  if (!found) return undefined
  const known = declarations.get(found.image)
  if (known) return known
  if (statements.has(found.tokenType)) return { hint: 'statements stand in the body of a model or a block' }
  return isWord(found) && is(after(1), t.Assign)
    ? { hint: `a value of the file is a const: const ${found.image} = …`, replacement: `const ${found.image}` }
    : undefined
}

const namedBlock = 'a block has a name: declare it with block Name(x: tensor) -> like x { … } and pass Name'

const comparisons = new Set(t.comparisons)

/** Operators of other languages; they fit nowhere. */
function ofOperators({ rule, found, before, after, line }: Surroundings): Habit | undefined {
  const isPair = (first: TokenType, second: TokenType): boolean => is(before(1), first) && is(found, second)
  if (is(found, t.Assign) && is(after(1), t.Greater)) {
    if (rule === 'body' && is(before(1), t.CloseParen) && is(line[0], t.Block))
      return { hint: 'what a block returns stands behind ->', replacement: '->', after: 1 }
    return { hint: namedBlock, after: 1 }
  }
  if (before(1)?.image === 'lambda') return { hint: namedBlock }
  if (isPair(t.Colon, t.Assign)) return { hint: 'a name is assigned with =', replacement: '=', before: 1 }
  if (isPair(t.Times, t.Times))
    return { hint: 'there is no sign for a power: multiply, or declare a const that does', before: 1, isPower: true }
  if (isPair(t.Greater, t.Greater) && is(after(1), t.Int)) return { hint: 'bits are not shifted: half of n is floor(n / 2)', before: 1 }
  if (isPair(t.Greater, t.Greater)) return { hint: 'a pipe is written |>', replacement: '|>', before: 1 }
  if (is(found, t.Divide) && is(after(1), t.Times)) return { hint: 'a comment begins with // and ends with its line', after: 1 }
  if (is(found, t.Arrow) && isFunction(before, after)) return { hint: namedBlock }
  if (is(found, t.Arrow)) return { hint: 'a pipe is written |>', replacement: '|>' }
  if (is(found, t.Question)) return { hint: 'a choice is if condition then a else b' }
  return ofPoints(found, before, after) ??
    (isOneOf(found, comparisons) && line.some((token) => isOneOf(token, comparisons))
      ? { hint: 'compare twice: a < b and b < c' }
      : undefined)
}

const numbers = new Set<TokenType>([t.Int, t.Float, t.Size, t.BadNumber])

/** Whether an arrow stands between a parameter and what is made of it: `(t) -> relu(t)`. */
function isFunction(before: Surroundings['before'], after: Surroundings['after']): boolean {
  const parameter = is(before(1), t.CloseParen) ? before(2) : before(1)
  return isWord(parameter) && [1, 2, 3, 4, 5, 6].some((steps) => after(steps)?.image === parameter?.image)
}

/** `.5` and `3.` */
function ofPoints(found: IToken | undefined, before: Surroundings['before'], after: Surroundings['after']): Habit | undefined {
  const [next, first] = [after(1), before(2)]
  if (is(found, t.Dot) && next && numbers.has(next.tokenType))
    return { hint: `write 0.${next.image}`, replacement: `0.${next.image}`, after: 1 }
  return is(before(1), t.Dot) && first && is(first, t.Int) ? { hint: `write ${first.image}.0`, before: 2 } : undefined
}

const equal: Habit = { hint: 'to compare, write ==', replacement: '==', isRepeated: true }

const leadsNowhere: Habit = { hint: 'the |> before leads nowhere: an op has to follow it' }

const openings: ReadonlyMap<string, Habit> = new Map<string, Habit>([
  ['let', { hint: 'a name is assigned without a keyword: x = …', replacement: '' }],
  ['var', { hint: 'a name is assigned without a keyword: x = …', replacement: '' }],
  ['while', { hint: 'a loop goes through a list: for i in range(n) { … }' }],
  ['elif', { hint: 'write else if', replacement: 'else if' }],
  [')', { hint: 'this parenthesis closes nothing: leave it out', replacement: '' }],
  [']', { hint: 'this bracket closes nothing: leave it out', replacement: '' }],
  [':', { hint: 'a body stands in braces: { … }' }],
])

function ofBody({ found, before, after, line }: Surroundings): Habit | undefined {
  const [head] = line
  if (is(found, t.Assign) && is(before(2), t.Pipe)) return leadsNowhere
  if (is(found, t.Assign) && (is(head, t.If) || line.some((token) => is(token, t.Where)))) return equal
  if (is(found, t.Else))
    return {
      hint: line.some((token) => is(token, t.If)) ? 'a choice is if condition then a else b' : 'else stands behind the } of an if',
    }
  if (line.length === 2 && is(head, t.Output)) return { hint: 'an output has a name: output y = …' }
  if (!found) return undefined
  if (is(found, t.Comma) && line.some((token) => is(token, t.Assign)))
    return { hint: 'several values stand in a list: a, b = [x, y]' }
  if (arithmetic.has(found.tokenType) && line.some((token) => is(token, t.Pipe)))
    return { hint: 'a step is no operand: put the pipe in parentheses, (x |> relu) * 2' }
  if ((is(found, t.Block) || is(found, t.Model)) && found.startColumn !== 1)
    return { hint: 'a block or a model is declared beside the others, in no body' }
  if ((is(found, t.CloseParen) || is(found, t.CloseBracket)) && found.startColumn === 1 && line.length === 0)
    return { hint: 'a body ends with }', replacement: '}' }
  const known = openings.get(found.image)
  if (known) return known
  // in the first column it is a declaration, and the body before it is not closed
  if (is(found, t.Const) && found.startColumn !== 1)
    return { hint: 'in a body a name is assigned without a keyword: x = …', replacement: '' }
  return isWord(found) && line.length === 0 ? ofWord(found.image, after) : undefined
}

const arithmetic = new Set(t.arithmetic)

/** A statement that begins with a word and is none. */
function ofWord(word: string, after: Surroundings['after']): Habit | undefined {
  const [next, second, third] = [after(1), after(2), after(3)]
  if (next && arithmetic.has(next.tokenType) && is(second, t.Assign)) return { hint: `write ${word} = ${word} ${next.image} …` }
  if (is(next, t.OpenBracket)) return { hint: 'a list is not changed: build a new one' }
  if (is(next, t.Dot) && is(third, t.Assign)) return { hint: 'a value is not changed: build a new one' }
  if (is(next, t.Dot)) return { hint: `a statement gives a value a name: y = ${word}.${second?.image ?? ''} …` }
  if (is(next, t.OpenParen)) return { hint: `a statement gives a value a name: y = ${word}(…)` }
  return is(next, t.Pipe) ? { hint: `a statement gives a value a name: y = ${word} |> …` } : undefined
}

/** Inside a statement or a declaration. */
function ofPart(at: Surroundings): Habit | undefined {
  const { rule, found, expects, before, line } = at
  const last = before(1)
  if (is(last, t.Pipe) && is(found, t.If)) return { hint: 'a choice of steps stands in parentheses: x |> (if c then relu else tanh)' }
  if (is(last, t.Pipe)) return leadsNowhere
  if (rule === 'forStatement' && is(found, t.If)) return { hint: 'a filter stands in a list: for i in [for i in list if i > 0: i] { … }' }
  if (is(found, t.If) && is(last, t.Colon)) return { hint: 'a filter stands before the colon: [for i in list if i > 0: i]' }
  if (rule === 'choice' && is(found, t.Assign)) return equal
  if (rule === 'choice' && is(found, t.Colon) && at.bracket === t.OpenBracket)
    return { hint: 'a filter stands before the colon: [for i in list if i > 0: i]' }
  if (rule === 'label' || is(last, t.As)) return { hint: 'as gives a step a name: conv(16, 3x3) as stem' }
  if (rule === 'inputStatement' && expects(t.Colon)) {
    return { hint: 'an input has a shape: input image: [32, 32, 3]', ...(is(found, t.Assign) ? { replacement: ':' } : {}) }
  }
  if (rule === 'index' && is(found, t.Colon))
    return { hint: 'a range has no step: pool.max(1, stride: 2) takes every second row and column, [for i in range(0, n, 2): list[i]] every second element' }
  if (rule === 'parameter') return { hint: 'a parameter has a type: x: [H, W, C], count: int' }
  if (rule === 'weightStatement' && expects(t.Assign)) return { hint: 'a weight has first values: param gate: [C] = ones' }
  if (rule === 'importDeclaration' && is(last, t.Import)) {
    const name = found?.image ?? ''
    return {
      hint: `the names stand in braces: import { ${name} } from …`,
      ...(isWord(found) ? { replacement: `{ ${name} }` } : {}),
    }
  }
  if (rule === 'choice' && (expects(t.Then) || expects(t.Else))) return { hint: 'a choice is if condition then a else b' }
  return rule === 'list' ? (ofList(found, last, line) ?? ofArgument(at)) : ofArgument(at)
}

function ofList(found: IToken | undefined, last: IToken | undefined, line: readonly IToken[]): Habit | undefined {
  if (is(line[0], t.Output) && is(last, t.Colon)) return { hint: 'the value of an output stands behind =: output y = …' }
  if (line.length === 2 && is(last, t.Colon)) return { hint: 'a value has no type, only a shape: x: [32, 32, 3] = …' }
  return is(found, t.OpenParen) ? { hint: 'a shape stands in square brackets: [32, 32, 3]' } : undefined
}

const between = new Set(t.betweenValues)
const beginnings = new Set<TokenType>([t.OpenParen, t.OpenBracket, t.Comma])
const behindValues = new Set<TokenType>([t.CloseParen, t.CloseBracket, t.CloseBrace, t.Comma])

function ofArgument({ rule, found, before, bracket, line }: Surroundings): Habit | undefined {
  const last = before(1)
  if (is(found, t.Assign) && bracket === t.OpenParen)
    return { hint: `an argument by name takes a colon: ${last?.image ?? ''}: …`, replacement: ': ', isRepeated: true }
  if (is(found, t.Comma) && is(last, t.Comma)) return { hint: 'this comma is one too many: leave it out', replacement: '' }
  if (is(found, t.Comma) && rule === 'primary') return { hint: 'a size is written 3x3, and a list in square brackets' }
  if (is(found, t.For) && bracket === t.OpenBracket) return { hint: 'the for comes first: [for k in [1, 3, 5]: conv(x, 16, k)]' }
  if (is(found, t.Times) && isOneOf(last, beginnings)) return { hint: 'a list is spread by dots: ...maps', replacement: '...' }
  if (last && between.has(last.tokenType) && (!found || behindValues.has(found.tokenType) || line.length === 0))
    return { hint: `${last.image} stands between two values: the second is missing` }
  return is(found, t.OpenBrace) && isOneOf(last, beginnings) ? { hint: 'arguments by name stand in the call itself: conv(filters: 16)' } : undefined
}
