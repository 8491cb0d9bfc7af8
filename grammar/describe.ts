import { EOF, type IRecognitionException, type IToken } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import type { Stumble } from './consequences.ts'
import { habitOf, type Habit } from './habits.ts'
import { tokenEnd } from './token-end.ts'
import { Name, Word } from './tokens.ts'

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
    ].map((rule) => [rule, 'a value']),
  ),
  argument: 'an argument',
  item: 'a value',
}

/** What may follow in a rule besides the bracket that closes it. */
const goingOn: Readonly<Record<string, string>> = {
  callArguments: '`,` or `)`',
  parameters: '`,` or `)`',
  list: '`,` or `]`',
  importDeclaration: '`,` or `}`',
  body: 'a statement or `}`',
}

const inFile = new Set(['file', 'declaration', 'statement', 'body'])
const declarations = /^(?:model|block|const|import)$/
const statements = /^(?:model|block|const|import|input|output|return|param|state|layer|require|if)$/

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
  const expected = !isLate ? expectedBy(error, rule) : declaring.test(previous?.image ?? '') ? 'a name' : 'a value'
  const habit = habitOf({
    rule,
    expected,
    found,
    before: (steps) => tokens[index - steps]?.image ?? '',
    after: (steps) => tokens[index + steps]?.image ?? '',
    bracket: bracket?.image ?? '',
    line: tokens
      .slice(0, index)
      .filter(({ startLine }) => startLine === found?.startLine)
      .map(({ image }) => image),
  })
  // what is missing at the end of a line shows only when something on the next one does not fit
  const incomplete =
    previous !== undefined &&
    (found === undefined || (found.startLine !== previous.endLine && (!inFile.has(rule) || expected === '`{`')))
  const isOpen = incomplete && /[)\]]`$/.test(expected)
  const opens =
    (isOpen && !isElement(found, tokens[index + 1])) ||
    found === undefined ||
    (bracket?.image === '{' && declarations.test(found.image))
  const hint = habit?.hint ?? (isOpen ? quotientHint(previous, comments) : undefined)
  const problem = {
    kind: 'unexpected',
    found: found === undefined ? end : `\`${imagesOf(tokens, index, incomplete ? undefined : habit)}\``,
    expected: opens && rule === 'statement' ? wanted['body']! : expected,
    ...(incomplete
      ? endOfLine(previous, tokens[index - (habit?.before ?? 1)] ?? previous)
      : placeOf(found, tokens, index, habit)),
    hint,
    replacement: habit?.replacement,
    opened: opens && habit === undefined ? bracket?.startOffset : undefined,
  } as const
  return { problem, at: { rule, index } }
}

/** What cannot end a statement. */
const dangling = /^(?:=|\|>|[-+*/%.]|[<>]=?|[=!]=|and|or|not|freeze|return|input|output|param|state|layer|require)$/

const declaring = /^(?:input|output|param|state|layer)$/

/** Whether a line ended too early before the one of a token, and the beginning of that was taken for what is missing. */
function endsBefore(index: number, tokens: readonly IToken[]): boolean {
  const [last, first, found] = tokens.slice(Math.max(0, index - 2), index + 1)
  if (index < 2 || !last || !first || !dangling.test(last.image) || last.endLine === first.startLine) return false
  return found?.image === '=' || first.image === 'for' || statements.test(first.image)
}

/** Whether a token can go on a list or a call, so that only a comma is missing. */
const isElement = (found: IToken | undefined, next: IToken | undefined): boolean =>
  found !== undefined && found.image !== '}' && !statements.test(found.image) && next?.image !== '='

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

/** The last sign of an incomplete line: an operator as a whole, of a word or number its end. */
function endOfLine(last: IToken, first: IToken) {
  const end = tokenEnd(last)
  return { start: /^\w/.test(first.image) && first === last ? end - 1 : first.startOffset, end }
}

/** What a token was wanted for, given the label of the only one that could stand there. */
function expectedBy({ message: label }: IRecognitionException, rule: string): string {
  if (label === '') return goingOn[rule] ?? wanted[rule] ?? 'something else'
  if (label === Name.name || label === Word.name) return 'a name'
  return closing.has(label) ? (goingOn[rule] ?? label) : label
}

const closing = new Set(['`)`', '`]`', '`}`'])

/** A bracket that closes in a comment was not meant to stand in one: `conv(a // b)`. */
function quotientHint(previous: IToken, comments: readonly IToken[]): string | undefined {
  const comment = comments.find(
    ({ startLine, startOffset }) => startLine === previous.endLine && startOffset > previous.startOffset,
  )
  const count = (sign: string): number => (comment?.image.split(sign).length ?? 1) - 1
  return count(')') > count('(') ? '// begins a comment; a quotient rounded down is floor(a / b)' : undefined
}
