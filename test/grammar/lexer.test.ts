import { Lexer } from 'chevrotain'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keywords, vocabulary } from '../../grammar/tokens.ts'

const tokens = suite('lexer')

const lexer = new Lexer(vocabulary)
const namesOf = (text: string): readonly string[] => lexer.tokenize(text).tokens.map(({ tokenType }) => tokenType.name)

tokens('the vocabulary is free of the mistakes chevrotain knows', () => {
  assert.equal(lexer.lexerDefinitionErrors, [])
})

tokens('a size is one token, without spaces', () => {
  assert.equal(namesOf('3x3'), ['Size'])
  assert.equal(namesOf('224x224'), ['Size'])
  assert.equal(namesOf('3 x3'), ['Int', 'Identifier'])
  assert.equal(namesOf('3 * 3'), ['Int', 'Times', 'Int'])
})

tokens('numbers with digits on both sides of the point or an exponent are floats', () => {
  for (const text of ['0.5', '1e-5', '2.5e3', '1E+9', '1e3']) assert.equal(namesOf(text), ['Float'], text)
  for (const text of ['0', '16', '007']) assert.equal(namesOf(text), ['Int'], text)
  assert.equal(namesOf('5.'), ['Int', 'Dot'])
  assert.equal(namesOf('.5'), ['Dot', 'Int'])
  assert.equal(namesOf('-3'), ['Minus', 'Int'])
  assert.equal(namesOf('...3'), ['Spread', 'Int'])
})

tokens('digits that run into letters are one bad number', () => {
  for (const text of ['2x', '3xn', '3x3x3', '12px', '1e', '0x1F', '1_000']) assert.equal(namesOf(text), ['BadNumber'], text)
})

tokens('a keyword that goes on is an identifier', () => {
  for (const keyword of keywords) {
    const word = String(keyword.PATTERN)
    assert.equal(namesOf(word), [keyword.name])
    assert.equal(namesOf(`${word}s`), ['Identifier'])
    assert.equal(namesOf(`${word}_2`), ['Identifier'])
  }
})

tokens('an underscore alone is a hole', () => {
  assert.equal(namesOf('_, __, _a'), ['Hole', 'Comma', 'Identifier', 'Comma', 'Identifier'])
})

tokens('the longer symbol wins', () => {
  assert.equal(namesOf('|> -> ... == != <= >='), ['Pipe', 'Arrow', 'Spread', 'Equal', 'NotEqual', 'AtMost', 'AtLeast'])
  assert.equal(namesOf('a=b==c'), ['Identifier', 'Assign', 'Identifier', 'Equal', 'Identifier'])
})

tokens('a text ends at its quote or at the end of its line', () => {
  assert.equal(namesOf('"a \\" b" c'), ['Text', 'Identifier'])
  assert.equal(namesOf('"a // b"'), ['Text'])
  assert.equal(namesOf('"open\nb'), ['UnclosedText', 'Identifier'])
})

tokens('comments are no tokens, and three slashes are documentation', () => {
  const { tokens: found, groups } = lexer.tokenize('/// doc\na // b\n//// c\n/ d')
  assert.equal(
    found.map(({ image }) => image),
    ['a', '/', 'd'],
  )
  assert.equal(
    groups['comments']!.map(({ image, tokenType }) => [image, tokenType.name]),
    [
      ['/// doc', 'DocComment'],
      ['// b', 'Comment'],
      ['//// c', 'DocComment'],
    ],
  )
})

tokens('every text is covered by tokens, comments, spaces and reported characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { tokens: found, groups, errors } = lexer.tokenize(text)
      const pieces = [...found, ...groups['comments']!].map(({ startOffset, image }) => ({
        start: startOffset,
        text: image,
      }))
      const stray = errors.map(({ offset, length }) => ({ start: offset, text: text.slice(offset, offset + length) }))
      let at = 0
      for (const piece of [...pieces, ...stray].sort((a, b) => a.start - b.start)) {
        assert.is(text.slice(at, piece.start).trim(), '')
        assert.is(text.slice(piece.start, piece.start + piece.text.length), piece.text)
        at = piece.start + piece.text.length
      }
      assert.is(text.slice(at).trim(), '')
    }),
  )
})

tokens.run()
