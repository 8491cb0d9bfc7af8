import type { TokenType } from 'chevrotain'
import { keywords, vocabulary } from '../../grammar/tokens.ts'

/** One pattern of a TextMate grammar: https://macromates.com/manual/en/language_grammars */
export interface Pattern {
  readonly include?: string
  readonly name?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly captures?: Captures
  readonly beginCaptures?: Captures
  readonly endCaptures?: Captures
  readonly patterns?: readonly Pattern[]
}

type Captures = Readonly<Record<string, { readonly name: string }>>

interface TextMateGrammar {
  readonly name: string
  readonly scopeName: string
  readonly fileTypes: readonly string[]
  readonly patterns: readonly Pattern[]
  readonly repository: Readonly<Record<string, { readonly patterns: readonly Pattern[] }>>
}

/** The keywords by the scope of the part they play. One of the vocabulary that is missing here stops the generator. */
const roles = {
  'keyword.control.import': ['import', 'from'],
  'storage.type.declaration': ['const', 'model', 'block'],
  'storage.modifier.statement': ['input', 'output', 'param', 'state', 'layer'],
  'keyword.control.statement': ['return', 'require'],
  'keyword.control.flow': ['for', 'in', 'if', 'then', 'else'],
  'keyword.operator.logical': ['and', 'or', 'not'],
  'keyword.other.expression': ['as', 'freeze', 'where', 'like'],
  'constant.language': ['true', 'false', 'none'],
} as const

type Role = keyof typeof roles

const oneOf = (role: Role): string => `(${roles[role].join('|')})`

/** Where a statement may begin, as far as one line shows. */
const atStart = '(?:^|(?<=[{}]))\\s*'

const name = '[A-Za-z_]\\w*'

/** The TextMate grammar of fmw, made of the token vocabulary. */
export function textMateGrammar(): TextMateGrammar {
  checkRoles()
  return {
    name: 'fmw',
    scopeName: 'source.fmw',
    fileTypes: ['fmw'],
    patterns: [{ include: '#declaration' }, { include: '#statement' }, { include: '#braces' }, { include: '#expression' }],
    repository: {
      declaration: { patterns: [importPattern, declarationPattern, likePattern] },
      statement: { patterns: statementPatterns },
      braces: {
        patterns: [
          { begin: '\\{', end: '\\}', patterns: [{ include: '#statement' }, { include: '#braces' }, { include: '#expression' }] },
        ],
      },
      expression: {
        patterns: ['comments', 'numbers', 'texts', 'keywords', 'calls', 'names', 'operators', 'parentheses', 'brackets'].map(
          (part) => ({
            include: `#${part}`,
          }),
        ),
      },
      comments: {
        patterns: [
          scoped('comment.line.documentation', source('DocComment')),
          scoped('comment.line.double-slash', source('Comment')),
        ],
      },
      numbers: {
        patterns: [
          scoped('constant.numeric.size', `\\b${source('Size')}`),
          scoped('constant.numeric.float', `\\b${source('Float')}`),
          scoped('constant.numeric.integer', `\\b${source('Int')}`),
          scoped('invalid.illegal.number', `\\b${source('BadNumber')}`),
        ],
      },
      texts: { patterns: [textPattern] },
      keywords: { patterns: keywordPatterns() },
      calls: { patterns: callPatterns },
      names: { patterns: [scoped('variable.language.hole', source('Hole')), scoped('variable.other', name)] },
      operators: { patterns: [scoped('keyword.operator', alternatives(operatorTexts()))] },
      parentheses: { patterns: [parenthesised([{ include: '#argument' }, { include: '#expression' }])] },
      argument: {
        patterns: [
          { match: `(${name})\\s*(:)`, captures: { 1: scope('variable.parameter'), 2: scope('punctuation.separator') } },
        ],
      },
      brackets: { patterns: [{ begin: '\\[', end: '\\]', patterns: [{ include: '#expression' }] }] },
    },
  }
}

const scope = (role: string): { readonly name: string } => ({ name: `${role}.fmw` })
const scoped = (role: string, match: string): Pattern => ({ ...scope(role), match })

/** An import ends with its file; one that is being typed ends where the next declaration begins. */
const importPattern: Pattern = {
  begin: '^\\s*(import)\\s*(?=\\{)',
  end: `(?<=")|^(?=\\s*${oneOf('storage.type.declaration')}\\b)`,
  beginCaptures: { 1: scope('keyword.control.import') },
  patterns: [
    { include: '#comments' },
    scoped('keyword.control.import', '\\bas\\b|\\bfrom\\b(?=\\s*")'),
    { include: '#texts' },
    scoped('entity.name.type', name),
  ],
}

const declarationPattern: Pattern = {
  match: `^\\s*${oneOf('storage.type.declaration')}\\s+(${name})`,
  captures: { 1: scope('storage.type.declaration'), 2: scope('entity.name.type') },
}

const likePattern: Pattern = {
  match: `(->)\\s*(like)\\s+(${name})`,
  captures: { 1: scope('keyword.operator'), 2: scope('keyword.other.expression'), 3: scope('variable.parameter') },
}

const statementPatterns: readonly Pattern[] = [
  {
    match: `${atStart}${oneOf('storage.modifier.statement')}\\s+(${name})`,
    captures: { 1: scope('storage.modifier.statement'), 2: scope('variable.other.declaration') },
  },
  {
    match: `${atStart}${oneOf('keyword.control.statement')}\\b(?!\\s*[=:,])`,
    captures: { 1: scope('keyword.control.statement') },
  },
  { match: `${atStart}(${name})\\s*(?=(?::\\s*\\[[^\\]]*\\]\\s*)?=(?!=))`, captures: { 1: scope('variable.other.declaration') } },
]

const textPattern: Pattern = {
  ...scope('string.quoted.double'),
  begin: '"',
  end: '"|$',
  patterns: [
    scoped('constant.character.escape', '\\\\[nt"\\\\{}]'),
    {
      begin: '\\{',
      end: '\\}|(?=")|$',
      beginCaptures: { 0: scope('punctuation.section.interpolation.begin') },
      endCaptures: { 0: scope('punctuation.section.interpolation.end') },
      patterns: [{ include: '#expression' }],
    },
  ],
}

/** `family.op` and `op` where they are called: after a pipe, or before a parenthesis; any other `.word` is a member. */
const callPatterns: readonly Pattern[] = [
  {
    match: `(\\|>)\\s*(?:(${name})(\\.))?(${name})`,
    captures: {
      1: scope('keyword.operator.pipe'),
      2: scope('support.class.family'),
      3: scope('punctuation.accessor'),
      4: scope('entity.name.function'),
    },
  },
  {
    match: `\\b(?:(${name})(\\.))?(${name})(?=\\()`,
    captures: { 1: scope('support.class.family'), 2: scope('punctuation.accessor'), 3: scope('entity.name.function') },
  },
  { match: `(\\.)(${name})`, captures: { 1: scope('punctuation.accessor'), 2: scope('variable.other.member') } },
]

const parenthesised = (patterns: readonly Pattern[]): Pattern => ({ begin: '\\(', end: '\\)', patterns })

const isReserved = (token: TokenType): boolean => !(token.CATEGORIES ?? []).some((category) => category.name === 'Name')

const textOfToken = (token: TokenType): string => String(token.PATTERN)

/**
 * Reserved words are keywords wherever they stand; the others only where a statement or a clause begins, which the patterns above
 * see.
 */
function keywordPatterns(): readonly Pattern[] {
  const reserved = new Set(keywords.filter(isReserved).map(textOfToken))
  const where = scoped('keyword.other.expression', '(?:(?<=\\])|^)\\s*where\\b(?!\\s*[=:,])')
  const byRole = Object.entries(roles).map(([role, words]) => ({ role, words: words.filter((word) => reserved.has(word)) }))
  const plain = byRole
    .filter(({ words }) => words.length > 0)
    .map(({ role, words }) => scoped(role, `(?<!\\.)\\b(?:${words.join('|')})\\b`))
  return [where, ...plain]
}

function checkRoles(): void {
  const known: readonly string[] = Object.values(roles).flat()
  const words = keywords.map(textOfToken)
  const missing = [...words.filter((word) => !known.includes(word)), ...known.filter((word) => !words.includes(word))]
  if (missing.length > 0) throw new Error(`keywords and their roles in the TextMate grammar differ in ${missing.join(', ')}`)
}

/** The pattern of a token as the text of a regular expression. */
function source(token: string): string {
  const pattern = vocabulary.find((type) => type.name === token)?.PATTERN
  if (!(pattern instanceof RegExp)) throw new Error(`the token ${token} has no regular expression`)
  return pattern.source
}

const brackets = ['(', ')', '[', ']', '{', '}']

/** The symbols that are operators or punctuation, the longer ones first. */
const operatorTexts = (): readonly string[] =>
  vocabulary
    .map(({ PATTERN }) => PATTERN)
    .filter((pattern) => typeof pattern === 'string')
    .filter((text) => !/^\w/.test(text) && !brackets.includes(text))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))

const alternatives = (texts: readonly string[]): string =>
  texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
