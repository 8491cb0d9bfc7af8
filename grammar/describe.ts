import { EOF, type IRecognitionException, type IToken } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import { habitOf, type Surroundings } from './habits.ts'
import type { Stumble } from './consequences.ts'

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

export const endOf = (token: IToken): number => (token.endOffset ?? token.startOffset) + 1

/** The parser's exception as a problem: what was expected where, which bracket is open, and the habit behind it. */
export function describe(error: IRecognitionException, tokens: readonly IToken[], comments: readonly IToken[]): Stumble {
  const rule = error.context.ruleStack.at(-1) ?? 'file'
  const index = error.token.tokenType === EOF ? tokens.length : tokens.indexOf(error.token)
  const found = tokens[index]
  const previous = tokens[index - 1]
  const bracket = openBrackets(tokens.slice(0, index)).at(-1)
  const surroundings = surroundingsOf(rule, tokens, index, bracket)
  const habit = habitOf(surroundings)
  const expected = expectedBy(error, rule)
  // a bracket that is not closed shows only when the next line, or nothing, follows: the mistake stands before it
  const closing = /[)\]]`$/.test(expected) && previous !== undefined && (found === undefined || found.startLine !== previous.endLine)
  const place = placeOf(found, previous, closing, tokens, index - (habit?.tokens ?? 1) + 1)
  const unclosed = bracket !== undefined && (closing || found === undefined || (bracket.image === '{' && /^(?:model|block|const|import)$/.test(found.image)))
  const hint = habit?.hint ?? (closing ? quotientHint(previous, comments) : undefined)
  const problem = {
    kind: 'unexpected',
    found: found === undefined ? 'the end of the text' : `\`${found.image}\``,
    expected,
    ...place,
    hint,
    replacement: habit?.replacement,
    opened: unclosed ? bracket.startOffset : undefined,
  } as const
  return { problem, at: { rule, index } }
}

function surroundingsOf(rule: string, tokens: readonly IToken[], index: number, bracket: IToken | undefined): Surroundings {
  const found = tokens[index]
  return {
    rule,
    found,
    before: (steps) => tokens[index - steps]?.image ?? '',
    after: (steps) => tokens[index + steps]?.image ?? '',
    bracket: bracket?.image ?? '',
    line: tokens.slice(0, index).filter(({ startLine }) => startLine === found?.startLine).map(({ image }) => image),
  }
}

/** The token that did not fit, with those before it that belong to its habit; the end of the text before where that is incomplete. */
function placeOf(found: IToken | undefined, previous: IToken | undefined, closing: boolean, tokens: readonly IToken[], first: number) {
  if (found !== undefined && !closing) return { start: tokens[first]!.startOffset, end: endOf(found) }
  const end = previous === undefined ? 0 : endOf(previous)
  return { start: Math.max(end - 1, 0), end }
}

function expectedBy(error: IRecognitionException, rule: string): string {
  const missing = /^Expecting (?:token of type )?--> (.+?) <--/.exec(error.message)?.[1]
  if (missing === undefined || missing === 'EOF') return wanted[rule] ?? 'something else'
  if (missing === 'Name' || missing === 'Word') return 'a name'
  return /^`[)\]}]`$/.test(missing) ? (wanted[rule] ?? missing) : missing
}

/** A bracket that closes in a comment was not meant to stand in one: `conv(a // b)`. */
function quotientHint(previous: IToken, comments: readonly IToken[]): string | undefined {
  const comment = comments.find(({ startLine, startOffset }) => startLine === previous.endLine && startOffset > previous.startOffset)
  const count = (sign: string): number => (comment?.image.split(sign).length ?? 1) - 1
  return count(')') > count('(') ? '// begins a comment; a quotient rounded down is floor(a / b)' : undefined
}
