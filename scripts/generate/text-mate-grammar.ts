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

/** Where a statement or a declaration may begin, as far as one line shows: first in it, at a brace, or behind a whole value. */
const atStart = '(?:^|(?<=[{}])|(?<=[\\w)\\]"])\\s)\\s*'

const name = '[A-Za-z_]\\w*'

/** Two names side by side, of which the second is none of the words that stand between values. */
const nameNext = `\\s+(?=(?!(?:${reservedWords().join('|')})\\b)${name})`

/** The left side of an assignment and its `=`. */
const target = `(?:${name}|\\[[\\w\\[\\], ]*\\])`
const assigned = `${target}(?:\\s*,\\s*${target})*\\s*(?::\\s*\\[[^\\]]*\\]\\s*)?=(?!=)`

/** What ends all that is open: a line that begins a declaration. */
const declarationLine = `^(?=\\s*${oneOf('storage.type.declaration')}${nameNext})`

/** What ends a bracket that nothing closes: the brace around it, or a line that begins a statement or a declaration. */
const otherwise = [
  '(?=\\})',
  `^(?=\\s*${oneOf('storage.modifier.statement')}${nameNext})`,
  `^(?=\\s*${oneOf('keyword.control.statement')}\\s+[\\w("\\[])`,
  `^(?=\\s*${assigned})`,
  declarationLine,
].join('|')

/** The TextMate grammar of fmw, made of the token vocabulary. */
export function textMateGrammar(): TextMateGrammar {
  checkRoles()
  return {
    name: 'fmw',
    scopeName: 'source.fmw',
    fileTypes: ['fmw'],
    patterns: [{ include: '#declaration' }, { include: '#statement' }, { include: '#braces' }, { include: '#expression' }],
    repository: {
      declaration: { patterns: [importPattern, declarationPattern] },
      parameters: { patterns: parameterPatterns },
      types: { patterns: typePatterns },
      shape: { patterns: [bracketed([{ include: '#keywords' }, extent, { include: '#expression' }])] },
      statement: { patterns: statementPatterns },
      braces: {
        patterns: [
          {
            begin: '\\{',
            end: `\\}|${declarationLine}`,
            patterns: [{ include: '#statement' }, { include: '#braces' }, { include: '#expression' }],
          },
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
      argument: { patterns: [named] },
      brackets: { patterns: [bracketed([{ include: '#expression' }])] },
    },
  }
}

const scope = (role: string): { readonly name: string } => ({ name: `${role}.fmw` })
const scoped = (role: string, match: string): Pattern => ({ ...scope(role), match })

const parenthesised = (patterns: readonly Pattern[]): Pattern => ({ begin: '\\(', end: `\\)|${otherwise}`, patterns })
const bracketed = (patterns: readonly Pattern[]): Pattern => ({ begin: '\\[', end: `\\]|${otherwise}`, patterns })

/** An import ends with its file; one that is being typed ends where the next declaration begins. */
const importPattern: Pattern = {
  begin: `${atStart}(import)\\s*(?=\\{)`,
  end: `(?<=")|${declarationLine}`,
  beginCaptures: { 1: scope('keyword.control.import') },
  patterns: [
    { include: '#comments' },
    scoped('keyword.control.import', '\\bas\\b|\\bfrom\\b(?=\\s*")'),
    { include: '#texts' },
    scoped('entity.name.type', name),
  ],
}

/** From the word to the body, or to the value of a constant. */
const declarationPattern: Pattern = {
  begin: `${atStart}${oneOf('storage.type.declaration')}\\s+(${name})`,
  end: `(?=[{=])|${otherwise}`,
  beginCaptures: { 1: scope('storage.type.declaration'), 2: scope('entity.name.type') },
  patterns: [
    { include: '#comments' },
    parenthesised([{ include: '#parameters' }]),
    {
      begin: '->',
      end: `(?=\\{)|${otherwise}`,
      beginCaptures: { 0: scope('keyword.operator') },
      patterns: [{ include: '#types' }],
    },
  ],
}

const named: Pattern = {
  match: `(${name})\\s*(:)`,
  captures: { 1: scope('variable.parameter'), 2: scope('punctuation.separator') },
}

const parameterPatterns: readonly Pattern[] = [
  named,
  { begin: '=', end: `(?=[,)])|${otherwise}`, beginCaptures: { 0: scope('keyword.operator') }, patterns: [{ include: '#expression' }] },
  { include: '#types' },
]

const typePatterns: readonly Pattern[] = [
  { include: '#comments' },
  { include: '#shape' },
  named,
  {
    match: `\\b(like)\\s+(${name})`,
    captures: { 1: scope('keyword.other.expression'), 2: scope('variable.parameter') },
  },
  scoped('support.type', name),
  { include: '#operators' },
  parenthesised([{ include: '#types' }]),
]

/** A name in a shape that is neither called nor looked into. */
const extent = scoped('variable.other.constant.extent', `\\b(?!_\\b)${name}\\b(?!\\s*[.(])`)

const statementPatterns: readonly Pattern[] = [
  {
    begin: `${atStart}${oneOf('storage.modifier.statement')}${nameNext}`,
    end: '(?=[:={}])|$',
    beginCaptures: { 1: scope('storage.modifier.statement') },
    patterns: [{ include: '#comments' }, scoped('variable.other.declaration', name)],
  },
  {
    match: `${atStart}${oneOf('keyword.control.statement')}\\b(?!\\s*[=:,.])`,
    captures: { 1: scope('keyword.control.statement') },
  },
  {
    begin: `${atStart}(?=${assigned})`,
    end: '(?=[:=])',
    patterns: [scoped('variable.language.hole', source('Hole')), scoped('variable.other.declaration', name)],
  },
  { begin: ':\\s*(?=\\[)', end: `(?<=\\])|${otherwise}`, patterns: [{ include: '#shape' }] },
  // an option of a weight
  { match: `(?:^|(?<=,))\\s*${named.match}`, captures: named.captures! },
]

const textPattern: Pattern = {
  ...scope('string.quoted.double'),
  begin: '"',
  end: '"|$',
  patterns: [
    scoped('constant.character.escape', '\\\\[nt"\\\\{}]'),
    {
      begin: '\\{(?=[^"}]*\\})',
      end: '\\}',
      beginCaptures: { 0: scope('punctuation.section.interpolation.begin') },
      endCaptures: { 0: scope('punctuation.section.interpolation.end') },
      patterns: [{ include: '#expression' }],
    },
  ],
}

/** `family.op` and `op` where they are called: after a pipe, or before a parenthesis; any other `.word` is a member. */
const callPatterns: readonly Pattern[] = [
  {
    match: `(\\|>)\\s*(?:(freeze)\\s+)?(?:(${name})(\\.))?(${name})`,
    captures: {
      1: scope('keyword.operator.pipe'),
      2: scope('keyword.other.expression'),
      3: scope('support.class.family'),
      4: scope('punctuation.accessor'),
      5: scope('entity.name.function'),
    },
  },
  {
    match: `\\b(?:(${name})(\\.))?(${name})(?=\\()`,
    captures: { 1: scope('support.class.family'), 2: scope('punctuation.accessor'), 3: scope('entity.name.function') },
  },
  { match: `(\\.)(${name})`, captures: { 1: scope('punctuation.accessor'), 2: scope('variable.other.member') } },
]


/** The keywords that are never names of values. */
function reservedWords(): readonly string[] {
  return keywords.filter(({ CATEGORIES = [] }) => !CATEGORIES.some((category) => category.name === 'Name')).map(textOfToken)
}

/**
 * Reserved words are keywords wherever they stand; the others only where a statement or a clause begins, which the patterns above
 * see.
 */
function keywordPatterns(): readonly Pattern[] {
  const reserved = reservedWords()
  const byRole = Object.entries(roles).map(([role, words]) => ({ role, words: words.filter((word) => reserved.includes(word)) }))
  return [
    { match: `(?:(?<=\\])|^)\\s*(where)\\b(?!\\s*[=:,])`, captures: { 1: scope('keyword.other.expression') } },
    {
      match: `(?<!\\.)\\b(as)\\s+(?:_(?!\\w)|(${name}))`,
      captures: { 1: scope('keyword.other.expression'), 2: scope('entity.name.label') },
    },
    ...byRole
      .filter(({ words }) => words.length > 0)
      .map(({ role, words }) => scoped(role, `(?<!\\.)\\b(?:${words.join('|')})\\b`)),
  ]
}

function textOfToken(token: TokenType): string {
  return String(token.PATTERN)
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
