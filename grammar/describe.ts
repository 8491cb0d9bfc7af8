import { EOF, tokenLabel, tokenMatcher, type IRecognitionException, type IToken, type TokenType } from 'chevrotain'
import { closes, openBrackets, opens as opensBracket } from './brackets.ts'
import type { Stumble } from './consequences.ts'
import { expectedType } from './expected-type.ts'
import { habitOf, type Habit } from './habits.ts'
import { tokenEnd } from './token-end.ts'
import * as t from './tokens.ts'

/** What is missing, and the signs it can be. */
interface Wanted {
  readonly text: string
  readonly signs: readonly TokenType[]
}

const inWords = (text: string, ...signs: TokenType[]): Wanted => ({ text, signs })
const anyOf = (...signs: TokenType[]): Wanted => ({ text: signs.map(tokenLabel).join(' or '), signs })

const aName = inWords('a name')
const aValue = inWords('a value')
const aType = inWords('a type or a shape')
const aDeclaration = inWords('`model`, `block`, `const` or `import`', ...t.declarationKeywords)
const endOfBody = inWords('a statement or `}`', t.CloseBrace)

/** What a rule is called where it is missing. */
const wanted: Readonly<Record<string, Wanted>> = {
  file: aDeclaration,
  declaration: aDeclaration,
  statement: inWords('a statement, such as `name = …`'),
  body: endOfBody,
  type: aType,
  result: aType,
  results: aType,
  pattern: aName,
  label: aName,
  ...Object.fromEntries(
    [
      'expression',
      'choice',
      'disjunction',
      'conjunction',
      'negation',
      'comparison',
      'sum',
      'product',
      'prefixed',
      'postfix',
      'primary',
      'step',
      'subscript',
      'item',
    ].map((rule) => [rule, aValue]),
  ),
  argument: inWords('an argument'),
}

/** What may follow in a rule besides the bracket that closes it. */
const goingOn: Readonly<Record<string, Wanted>> = {
  callArguments: anyOf(t.Comma, t.CloseParen),
  parameters: anyOf(t.Comma, t.CloseParen),
  list: anyOf(t.Comma, t.CloseBracket),
  importDeclaration: anyOf(t.Comma, t.CloseBrace),
  body: endOfBody,
}

const inFile = new Set(['file', 'declaration', 'statement', 'body'])
const declarations = new Set<TokenType | undefined>(t.declarationKeywords)
const statements = new Set<TokenType>([...t.declarationKeywords, ...t.statementKeywords, t.If])

/**
 * The parser's exception as a problem: what was expected where, which bracket is open, and the habit behind it.
 *
 * @param end what stands behind the last token
 */
export function describe(
  error: IRecognitionException,
  tokens: readonly IToken[],
  comments: readonly IToken[],
  end: string,
): Stumble {
  const met = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token)
  const isLate = endsBefore(met, tokens)
  const rule = isLate ? 'expression' : (error.context.ruleStack.at(-1) ?? 'file')
  const index = isLate ? met - 1 : met
  const found = tokens[index]
  const previous = tokens[index - 1]
  const bracket = openBrackets(tokens.slice(0, index)).at(-1)
  const expected = !isLate ? expectedBy(error, rule) : declaring.has(previous?.tokenType) ? aName : aValue
  const habit = habitOf({
    rule,
    expects: (sign) => expected.signs.includes(sign),
    found,
    before: (steps) => tokens[index - steps],
    after: (steps) => tokens[index + steps],
    bracket: bracket?.tokenType,
    line: tokens.slice(0, index).filter(({ startLine }) => startLine === found?.startLine),
  })
  // what is missing at the end of a line shows only when something on the next one does not fit
  const incomplete =
    previous !== undefined &&
    (found === undefined || (found.startLine !== previous.endLine && (!inFile.has(rule) || expected.signs[0] === t.OpenBrace)))
  const isOpen = incomplete && closesValues.has(expected.signs.at(-1))
  const opens =
    (isOpen && !isElement(found, tokens[index + 1])) ||
    found === undefined ||
    (bracket?.tokenType === t.OpenBrace && declarations.has(found.tokenType))
  const swallowing = isOpen ? commentWithBracket(previous, comments) : undefined
  const quotient = swallowing && '// begins a comment; a quotient rounded down is floor(a / b)'
  const shown = opens && rule === 'statement' ? endOfBody : expected
  const problem = {
    kind: 'unexpected',
    found: found === undefined ? end : `\`${imagesOf(tokens, index, incomplete ? undefined : habit)}\``,
    expected: shown.text,
    missing: shown.signs.flatMap(signOf),
    ...(incomplete
      ? { ...endOfLine(previous, tokens[index - (habit?.before ?? 1)] ?? previous), isBehind: true as const }
      : placeOf(found, tokens, index, habit)),
    hint: habit?.hint ?? quotient,
    replacement: habit?.replacement,
    isPower: habit?.isPower,
    ...(habit?.isRepeated && { places: alike(index, tokens).map((one) => ({ start: one.startOffset, end: tokenEnd(one) })) }),
    swallowing: swallowing?.startOffset,
    opened: opens && habit === undefined ? bracket?.startOffset : undefined,
  } as const
  return { problem, at: { rule, index } }
}

/** The tokens of the same type behind a name in a call, in the rest of a statement; in a where those of its line. */
function alike(index: number, tokens: readonly IToken[]): readonly IToken[] {
  const type = tokens[index]?.tokenType
  const isCondition = tokens.some((token, i) => i < index && token.tokenType === t.Where && token.startLine === tokens[index]?.startLine)
  if (isCondition) return tokens.filter((token, i) => i > index && token.tokenType === type && token.startLine === tokens[index]?.startLine)
  const found: IToken[] = []
  const open = [...openBrackets(tokens.slice(0, index))]
  for (let i = index; i < tokens.length; i++) {
    const [before, token] = [tokens[i - 1], tokens[i]!]
    const isInside = open.at(-1)?.tokenType === t.OpenParen
    const begins = before !== undefined && (token.startLine ?? 0) > (before.endLine ?? 0) && token.tokenType !== t.Pipe
    if (token.tokenType === t.CloseBrace || (begins && (open.length === 0 || open.at(-1)?.tokenType === t.OpenBrace))) break
    if (i > index && isInside && token.tokenType === type && before !== undefined && tokenMatcher(before, t.Word)) found.push(token)
    if (opensBracket.has(token.tokenType)) open.push(token)
    else if (closes.has(token.tokenType)) open.pop()
  }
  return found
}

/** What cannot end a statement. */
const dangling = new Set<TokenType>([t.Assign, t.Pipe, t.Dot, t.Not, t.Freeze, ...t.betweenValues, ...t.statementKeywords])

const declaring = new Set<TokenType | undefined>([t.Input, t.Output, t.Param, t.State, t.Layer])

const closesValues = new Set<TokenType | undefined>([t.CloseParen, t.CloseBracket])

/** Whether a line ended too early before the one of a token, and the beginning of that was taken for what is missing. */
function endsBefore(index: number, tokens: readonly IToken[]): boolean {
  const [last, first, found] = tokens.slice(Math.max(0, index - 2), index + 1)
  if (index < 2 || !last || !first || !dangling.has(last.tokenType) || last.endLine === first.startLine) return false
  return found?.tokenType === t.Assign || first.tokenType === t.For || statements.has(first.tokenType)
}

/** Whether a token can go on a list or a call, so that only a comma is missing. */
const isElement = (found: IToken | undefined, next: IToken | undefined): boolean =>
  found !== undefined && found.tokenType !== t.CloseBrace && !statements.has(found.tokenType) && next?.tokenType !== t.Assign

const imagesOf = (tokens: readonly IToken[], index: number, habit: Habit | undefined): string =>
  tokens
    .slice(index - (habit?.before ?? 0), index + (habit?.after ?? 0) + 1)
    .map(({ image }) => image)
    .join('')

function placeOf(found: IToken | undefined, tokens: readonly IToken[], index: number, habit: Habit | undefined) {
  if (found === undefined) return { start: 0, end: 0 }
  const first = tokens[index - (habit?.before ?? 0)] ?? found
  return { start: first.startOffset, end: tokenEnd(tokens[index + (habit?.after ?? 0)] ?? found) }
}

const long = new Set<TokenType>([t.Int, t.Float, t.Size, t.BadNumber, t.Hole])

/** The last sign of an incomplete line: an operator as a whole, of a word or number its end. */
function endOfLine(last: IToken, first: IToken) {
  const end = tokenEnd(last)
  const isLong = tokenMatcher(first, t.Word) || long.has(first.tokenType)
  return { start: isLong && first === last ? end - 1 : first.startOffset, end }
}

/** What a token was wanted for, given the only one that could stand there. */
function expectedBy(error: IRecognitionException, rule: string): Wanted {
  const type = expectedType(error)
  if (!type) return goingOn[rule] ?? wanted[rule] ?? inWords('something else')
  if (type === t.Name || type === t.Word) return aName
  return closing.has(type) ? (goingOn[rule] ?? anyOf(type)) : anyOf(type)
}

const closing = new Set<TokenType>([t.CloseParen, t.CloseBracket, t.CloseBrace])

/** How a sign or a keyword is written. */
const signOf = ({ PATTERN }: TokenType): readonly string[] => (typeof PATTERN === 'string' ? [PATTERN] : [])

/** The comment behind a token that took a bracket with it, which was not meant to stand in one: `conv(a // b)`. */
function commentWithBracket(previous: IToken, comments: readonly IToken[]): IToken | undefined {
  const comment = comments.find(
    ({ startLine, startOffset }) => startLine === previous.endLine && startOffset > previous.startOffset,
  )
  const count = (sign: string): number => [...(comment?.image ?? '')].filter((one) => one === sign).length
  return count(')') > count('(') ? comment : undefined
}
