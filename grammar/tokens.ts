import { createToken, Lexer, type TokenType } from 'chevrotain'

/** Anything that may stand after a dot or before a colon: every name and every keyword. */
export const Word = createToken({ name: 'Word', pattern: Lexer.NA })
/** What may name a value: identifiers, and the keywords that are keywords only at the start of a statement. */
export const Name = createToken({ name: 'Name', pattern: Lexer.NA })

/**
 * What the lexer would else find out at every start by reading the patterns: which characters they begin with, and that none
 * spans lines.
 */
const begins = (characters: string[]) => ({ start_chars_hint: characters, line_breaks: false })
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_']
const digits = [...'0123456789']
export const Identifier = createToken({
  name: 'Identifier',
  pattern: /[A-Za-z_]\w*/,
  categories: [Name, Word],
  label: 'a name',
  ...begins(letters),
})

const keyword = (text: string, categories: TokenType[]): TokenType =>
  createToken({
    name: text[0]!.toUpperCase() + text.slice(1),
    pattern: text,
    longer_alt: Identifier,
    categories,
    label: `\`${text}\``,
  })

const contextual = (text: string): TokenType => keyword(text, [Name, Word])
const reserved = (text: string): TokenType => keyword(text, [Word])

export const Import = contextual('import')
export const From = contextual('from')
export const Const = contextual('const')
export const Model = contextual('model')
export const Block = contextual('block')
export const Input = contextual('input')
export const Output = contextual('output')
export const Return = contextual('return')
export const Param = contextual('param')
export const State = contextual('state')
export const Layer = contextual('layer')
export const Require = contextual('require')
export const Where = contextual('where')
export const Like = contextual('like')

export const For = reserved('for')
export const In = reserved('in')
export const If = reserved('if')
export const Then = reserved('then')
export const Else = reserved('else')
export const And = reserved('and')
export const Or = reserved('or')
export const Not = reserved('not')
export const As = reserved('as')
export const Freeze = reserved('freeze')
export const True = reserved('true')
export const False = reserved('false')
export const None = reserved('none')

export const Hole = createToken({ name: 'Hole', pattern: /_(?!\w)/, label: '`_`', ...begins(['_']) })

export const Size = createToken({ name: 'Size', pattern: /\d+x\d+(?!\w)/, label: 'a size', ...begins(digits) })
export const Float = createToken({
  name: 'Float',
  pattern: /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)(?!\w)/,
  label: 'a number',
  ...begins(digits),
})
export const Int = createToken({ name: 'Int', pattern: /\d+(?!\w)/, label: 'a whole number', ...begins(digits) })
/** `2x`, `3xn`, `3x3x3`: kept as one token so that the message can say what to write instead. */
export const BadNumber = createToken({ name: 'BadNumber', pattern: /\d+(?:\.\d+)?\w+/, label: 'a number', ...begins(digits) })

export const Text = createToken({ name: 'Text', pattern: /"(?:[^"\\\n\r]|\\.)*"/, label: 'a text', ...begins(['"']) })
export const UnclosedText = createToken({
  name: 'UnclosedText',
  pattern: /"(?:[^"\\\n\r]|\\.)*/,
  label: 'a text',
  ...begins(['"']),
})

const symbol = (name: string, text: string): TokenType => createToken({ name, pattern: text, label: `\`${text}\`` })

export const Pipe = symbol('Pipe', '|>')
export const Arrow = symbol('Arrow', '->')
export const Spread = symbol('Spread', '...')
export const Equal = symbol('Equal', '==')
export const NotEqual = symbol('NotEqual', '!=')
export const AtMost = symbol('AtMost', '<=')
export const AtLeast = symbol('AtLeast', '>=')
export const Less = symbol('Less', '<')
export const Greater = symbol('Greater', '>')
export const Assign = symbol('Assign', '=')
export const Plus = symbol('Plus', '+')
export const Minus = symbol('Minus', '-')
export const Times = symbol('Times', '*')
export const Divide = symbol('Divide', '/')
export const Modulo = symbol('Modulo', '%')
export const OpenParen = symbol('OpenParen', '(')
export const CloseParen = symbol('CloseParen', ')')
export const OpenBracket = symbol('OpenBracket', '[')
export const CloseBracket = symbol('CloseBracket', ']')
export const OpenBrace = symbol('OpenBrace', '{')
export const CloseBrace = symbol('CloseBrace', '}')
export const Comma = symbol('Comma', ',')
export const Colon = symbol('Colon', ':')
export const Dot = symbol('Dot', '.')
export const Question = symbol('Question', '?')

/** Operators with a value on both sides. */
export const comparisons: readonly TokenType[] = [Equal, NotEqual, AtMost, AtLeast, Less, Greater]
export const arithmetic: readonly TokenType[] = [Plus, Minus, Times, Divide, Modulo]
export const betweenValues: readonly TokenType[] = [...comparisons, ...arithmetic, And, Or]

const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true })
export const DocComment = createToken({ name: 'DocComment', pattern: /\/\/\/[^\n\r]*/, group: 'comments', ...begins(['/']) })
const Comment = createToken({ name: 'Comment', pattern: /\/\/[^\n\r]*/, group: 'comments', ...begins(['/']) })

/** Keywords only where a statement begins, and there followed by the name it declares, or by a value. */
export const statementKeywords: readonly TokenType[] = [Input, Output, Return, Param, State, Layer, Require]

/** What begins a declaration. */
export const declarationKeywords: readonly TokenType[] = [Model, Block, Const, Import]

export const keywords = [
  Import, From, Const, Model, Block, Input, Output, Return, Param, State, Layer, Require, Where, Like,
  For, In, If, Then, Else, And, Or, Not, As, Freeze, True, False, None,
]

export const vocabulary: TokenType[] = [
  Space, DocComment, Comment,
  ...keywords, Hole, Identifier,
  Size, Float, Int, BadNumber, Text, UnclosedText,
  Pipe, Arrow, Spread, Equal, NotEqual, AtMost, AtLeast, Less, Greater, Assign, Plus, Minus, Times, Divide, Modulo,
  OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace, Comma, Colon, Dot, Question,
  Name, Word,
]
