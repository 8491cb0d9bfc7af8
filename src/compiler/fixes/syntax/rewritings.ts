import * as t from '../../../../grammar/tokens.ts'
import type { IToken } from 'chevrotain'
import type { Safety } from '../../diagnostics/diagnostics.ts'
import {
  after, all, anything, apart, as, before, behind, either, flat, from, group, image, joined, lineEnd, lineStart, operand,
  optional, path, sign, some, to, token, value, word, type Part,
} from './token-pattern.ts'

/** The text of a named part; empty where it was not found. */
type TextOf = (name: string) => string

/** A line of another language, and how it is written here. */
export interface Rewriting {
  readonly pattern: readonly Part[]
  /** What is written instead, given the tokens of the declaration before the line; nothing where that speaks against it. */
  readonly written: (text: TextOf, earlier: readonly IToken[]) => string | undefined
  /** What is done, where it is not said by what is written. */
  readonly title?: string
  /** The author has to choose some of it. */
  readonly safety?: Safety
  /** The hint of the habit says it. */
  readonly isSaid?: true
}

const beforeValue = behind(t.Assign, t.OpenParen, t.Comma, t.Colon, t.OpenBracket, t.Return)
const behindValue = either(before(t.Comma, t.CloseParen, t.CloseBracket), lineEnd)

const comparison = sign(t.Less, t.AtMost, t.Greater, t.AtLeast)
const comparedTwice = [
  as('a', operand),
  as('first', comparison),
  as('b', operand),
  as('second', comparison),
  as('c', operand),
]

const comparisons: readonly Rewriting[] = [
  {
    pattern: [after(t.Where), ...comparedTwice],
    written: (text) => `${text('a')} ${text('first')} ${text('b')}, ${text('b')} ${text('second')} ${text('c')}`,
  },
  {
    pattern: comparedTwice,
    written: (text) => `${text('a')} ${text('first')} ${text('b')} and ${text('b')} ${text('second')} ${text('c')}`,
  },
]

const isNoElse = ({ tokenType }: IToken): boolean => tokenType !== t.Else && tokenType !== t.Then
const ifThenElse = (text: TextOf): string => `if ${text('condition')} then ${text('a')} else ${text('b')}`

const choices: readonly Rewriting[] = [
  {
    pattern: [
      beforeValue, from, as('condition', value), sign(t.Question), as('a', value), sign(t.Colon), as('b', value), to, behindValue,
    ],
    written: ifThenElse,
  },
  {
    pattern: [beforeValue, from, as('a', value), sign(t.If), as('condition', some(isNoElse)), sign(t.Else), as('b', value), to, behindValue],
    written: ifThenElse,
  },
  {
    pattern: [
      beforeValue, from, sign(t.If), as('condition', some((token) => isNoElse(token) && token.tokenType !== t.Colon)), sign(t.Colon),
      as('a', some(isNoElse)), sign(t.Else), optional(sign(t.Colon)), as('b', value), to, behindValue,
    ],
    written: ifThenElse,
  },
  // what is kept as it is where nothing else is said is the value that the name has
  {
    pattern: [
      lineStart,
      as('name', word),
      as('choice', all(sign(t.Assign), sign(t.If), some(isNoElse), sign(t.Then), some(isNoElse))),
      lineEnd,
    ],
    written: (text, earlier) => {
      const isMade = earlier.some(
        ({ image }, i) => image === text('name') && [t.Assign, t.Colon].some((type) => earlier[i + 1]?.tokenType === type),
      )
      return isMade ? `${text('name')} ${text('choice')} else ${text('name')}` : undefined
    },
  },
  {
    pattern: [
      lineStart, sign(t.If), from, as('condition', value), optional(sign(t.Then)), as('then', all(word, sign(t.Assign), anything)), lineEnd,
    ],
    written: (text) => `${text('condition')} { ${text('then')} }`,
  },
  {
    pattern: [lineStart, sign(t.If), from, as('condition', some(({ tokenType }) => tokenType !== t.Colon)), sign(t.Colon), as('then', anything), lineEnd],
    written: (text) => `${text('condition')} { ${text('then')} }`,
  },
]

/** What adds elements to a list elsewhere, and whether it is given the elements or lists of them. */
const adding: ReadonlyMap<string, (given: string) => string> = new Map([
  ['append', (given) => given],
  ['push', (given) => given],
  ['extend', (given) => `...${given}`],
])

const added: readonly Rewriting[] = [
  {
    pattern: [lineStart, as('list', word), sign(t.Dot), as('how', image(...adding.keys())), sign(t.OpenParen), as('given', anything), sign(t.CloseParen), lineEnd],
    written: (text) => `${text('list')} = [...${text('list')}, ${adding.get(text('how'))?.(text('given'))}]`,
  },
  {
    pattern: [lineStart, as('list', word), sign(t.Plus), joined, sign(t.Assign), sign(t.OpenBracket), as('given', anything), sign(t.CloseBracket), lineEnd],
    written: (text) => `${text('list')} = [...${text('list')}, ${text('given')}]`,
  },
]

const operators = [t.Plus, t.Minus, t.Times, t.Divide]

const isNoPipe = ({ tokenType }: IToken): boolean => tokenType !== t.Pipe
const isNoPipeOrOperator = (token: IToken): boolean => isNoPipe(token) && !operators.includes(token.tokenType)
const isNoChoice = (token: IToken): boolean => isNoElse(token) && isNoPipe(token)

const pipes: readonly Rewriting[] = [
  {
    pattern: [beforeValue, from, as('pipe', all(some(isNoPipeOrOperator), sign(t.Pipe), value)), to, before(...operators)],
    written: (text) => `(${text('pipe')})`,
  },
  // what stands before the pipe is part of it, and may not be meant to be
  {
    pattern: [beforeValue, from, as('pipe', all(some(isNoPipe), sign(...operators), some(isNoPipe), sign(t.Pipe), value)), to, before(...operators)],
    written: (text) => `(${text('pipe')})`,
    safety: 'unsafe',
  },
  {
    pattern: [
      behind(t.Pipe),
      from,
      as('choice', all(sign(t.If), some(isNoChoice), sign(t.Then), some(isNoChoice), sign(t.Else), some(isNoChoice))),
      to,
      either(before(t.Pipe, t.Comma, t.CloseParen), lineEnd),
    ],
    written: (text) => `(${text('choice')})`,
  },
]
const arithmetic = sign(...operators)

const assignments: readonly Rewriting[] = [
  {
    pattern: [
      lineStart, optional(sign(t.Output)), word, sign(t.Comma), some(({ tokenType }) => tokenType !== t.Assign), sign(t.Assign), from,
      as('values', all(value, sign(t.Comma), anything)), lineEnd,
    ],
    written: (text) => `[${text('values')}]`,
  },
  {
    pattern: [as('name', word), as('sign', arithmetic), joined, sign(t.Assign), as('other', either(all(path, joined, group), path)), lineEnd],
    written: (text) => `${text('name')} = ${text('name')} ${text('sign')} ${text('other')}`,
  },
  ...[t.Plus, t.Minus].map(
    (type): Rewriting => ({
      pattern: [lineStart, as('name', word), as('sign', sign(type)), sign(type), lineEnd],
      written: (text) => `${text('name')} = ${text('name')} ${text('sign')} 1`,
    }),
  ),
  {
    pattern: [
      lineStart,
      as('name', word),
      sign(t.OpenBracket),
      as('index', operand),
      sign(t.CloseBracket),
      sign(t.Assign),
      as('now', some((token) => token.image !== 'at' && token.image !== 'item')),
      lineEnd,
    ],
    written: (text) =>
      `${text('name')} = [for [at, item] in enumerate(${text('name')}): if at == ${text('index')} then ${text('now')} else item]`,
  },
  {
    pattern: [
      lineStart,
      as('name', word),
      sign(t.Colon),
      image('int', 'float', 'str', 'string', 'number', 'bool', 'boolean', 'list', 'any', 'Tensor'),
      optional(all(sign(t.OpenBracket), sign(t.CloseBracket))),
      sign(t.Assign),
    ],
    written: (text) => `${text('name')} =`,
    title: 'leave the type out',
  },
]

/** What weights are called whose first values are zeros. */
const additive = ['bias', 'offset', 'shift', 'beta', 'mean']

const vector = as('shape', all(sign(t.OpenBracket), flat(t.Comma), sign(t.CloseBracket)))
const matrix = as('shape', all(sign(t.OpenBracket), flat(t.Comma), sign(t.Comma), flat(), sign(t.CloseBracket)))
const firstValues = (init: string) => (text: TextOf): string => `${text('shape')} = ${init}`

const declarations: readonly Rewriting[] = [
  {
    pattern: [sign(t.From), as('file', sign(t.Text)), sign(t.Import), as('names', all(word, flat()))],
    written: (text) => `import { ${text('names')} } from ${text('file')}`,
  },
  {
    pattern: [lineStart, from, sign(t.Output), as('made', all(word, before(t.Pipe, t.OpenParen, ...operators), anything)), lineEnd],
    written: (text) => `output y = ${text('made')}`,
  },
  {
    pattern: [lineStart, sign(t.Param, t.State), as('name', word), sign(t.Colon), from, vector, lineEnd],
    written: (text) =>
      additive.some((one) => text('name').includes(one)) ? firstValues('zeros')(text) : undefined,
    safety: 'unsafe',
  },
  { pattern: [lineStart, sign(t.Param, t.State), word, sign(t.Colon), from, vector, lineEnd], written: firstValues('ones'), safety: 'unsafe' },
  { pattern: [lineStart, sign(t.Param), word, sign(t.Colon), from, matrix, lineEnd], written: firstValues('glorot_uniform'), safety: 'unsafe' },
  {
    pattern: [lineStart, image('class'), as('name', word), optional(group), to, before(t.OpenBrace)],
    written: (text) => `model ${text('name')}`,
  },
  { pattern: [lineStart, from, image('assert'), to], written: () => 'require' },
]

const loops: readonly Rewriting[] = [
  {
    pattern: [behind(t.OpenBracket), sign(t.For), anything, from, sign(t.Colon), sign(t.If), as('condition', value), sign(t.Colon), to],
    written: (text) => ` if ${text('condition')}:`,
  },
  {
    pattern: [
      sign(t.For), from, as('each', some(({ tokenType }) => tokenType !== t.In)), sign(t.In), as('list', value), sign(t.If), as('condition', value), to,
      before(t.OpenBrace),
    ],
    written: (text) => `${text('each')} in [for ${text('each')} in ${text('list')} if ${text('condition')}: ${text('each')}]`,
  },
  { pattern: [sign(t.For), word, from, image('of'), to], written: () => 'in' },
  {
    pattern: [
      lineStart,
      image('repeat'),
      optional(sign(t.OpenParen)),
      as('times', either(word, sign(t.Int))),
      optional(sign(t.CloseParen)),
      to,
      before(t.OpenBrace),
    ],
    written: (text) => `for i in range(${text('times')})`,
  },
  {
    pattern: [
      sign(t.For),
      from,
      sign(t.OpenParen),
      optional(image('let', 'const', 'var')),
      as('name', word),
      image('in', 'of'),
      as('list', anything),
      sign(t.CloseParen),
      to,
      before(t.OpenBrace),
    ],
    written: (text) => `${text('name')} in ${text('list')}`,
  },
  {
    // the semicolons are no tokens
    pattern: [
      sign(t.For),
      from,
      sign(t.OpenParen),
      image('let', 'var'),
      as('name', word),
      sign(t.Assign),
      image('0'),
      as('same', word),
      sign(t.Less),
      as('count', path),
      as(
        'next',
        either(all(word, sign(t.Plus), sign(t.Plus)), all(sign(t.Plus), sign(t.Plus), word), all(word, sign(t.Plus), sign(t.Assign), image('1'))),
      ),
      sign(t.CloseParen),
      to,
      before(t.OpenBrace),
    ],
    written: (text) => (text('same') === text('name') ? `${text('name')} in range(${text('count')})` : undefined),
  },
]

const lists: readonly Rewriting[] = [
  {
    pattern: [
      behind(t.OpenBracket), from, as('each', anything), sign(t.For), as('name', word), sign(t.In), as('list', anything), to, before(t.CloseBracket),
    ],
    written: (text) => `for ${text('name')} in ${text('list')}: ${text('each')}`,
  },
]

const anotherInt = all(sign(t.Comma), sign(t.Int))
const moreInts: Part = {
  ends: (tokens, at) => anotherInt.ends(tokens, at).flatMap((end) => [...moreInts.ends(tokens, end), end]),
}
const ints = all(sign(t.Int), moreInts)

const signs: readonly Rewriting[] = [
  {
    pattern: [sign(t.Input), word, sign(t.Colon), from, sign(t.OpenParen), as('items', flat()), sign(t.CloseParen), to],
    written: (text) => `[${text('items')}]`,
  },
  {
    pattern: [behind(t.OpenParen, t.Comma, t.Colon), from, sign(t.OpenParen), as('items', ints), sign(t.CloseParen), to],
    written: (text) => `[${text('items')}]`,
  },
  {
    pattern: [sign(t.OpenBrace), as('items', all(word, sign(t.Colon), anything)), sign(t.CloseBrace)],
    written: (text) => text('items'),
  },
  {
    pattern: [
      sign(t.Divide), joined, sign(t.Times), as('comment', optional(anything)), sign(t.Times), joined, sign(t.Divide), lineEnd,
    ],
    written: (text) => `// ${text('comment')}`,
  },
  { pattern: [sign(t.Output), word, from, sign(t.Colon), to, word], written: () => ' =' },
  {
    pattern: [as('digits', sign(t.Int)), joined, sign(t.Dot), apart],
    written: (text) => `${text('digits')}.0`,
    isSaid: true,
  },
]

/** What stands before something that goes. */
const kept = (text: TextOf): string => text('before')

const leftOut: readonly Rewriting[] = [
  {
    pattern: [as('before', token), sign(t.As), either(before(t.Pipe, t.Comma, t.CloseParen), lineEnd)],
    written: kept,
    title: 'leave the as out',
  },
  { pattern: [as('before', token), sign(t.Pipe), lineEnd], written: kept, title: 'leave the |> out' },
  { pattern: [lineStart, sign(t.Pipe), lineEnd], written: () => '', title: 'leave the |> out' },
  {
    pattern: [image('f'), joined, to, before(t.Text)],
    written: () => '',
    title: 'leave the f out: every text may have {…} in it',
  },
]

export const rewritings: readonly Rewriting[] = [
  ...signs,
  ...added,
  ...assignments,
  ...declarations,
  ...lists,
  ...comparisons,
  ...choices,
  ...loops,
  ...pipes,
  ...leftOut,
]
