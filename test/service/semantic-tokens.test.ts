import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { textOf } from '../../src/compiler/text/source.ts'
import { semanticTokens } from '../../src/service/semantic-tokens.ts'
import { marked } from './marked.ts'

const coloured = suite('the colours of a text')

/** The tokens of a line, but for signs. */
const kindsOf = (text: string, line: number): readonly string[] => {
  const { analysis } = marked(text)
  const start = text.split('\n').slice(0, line).join('\n').length
  const end = text.split('\n').slice(0, line + 1).join('\n').length
  return semanticTokens(analysis)
    .filter(({ span, kind }) => start <= span.start && span.end <= end && kind !== 'operator')
    .map(({ span, kind, modifiers }) => [textOf(span), kind, ...modifiers].join(' '))
}

const text = `/// Doc.
block F(x: [H, _, C], n: int = 2, p: padding = same) -> tensor {
  param s: [C] = ones // why
  layer f = conv(_, C, 3x3, padding: p) as inner
  x = f(x) * s |> relu |> pool.max(2)
  require C > 2, "C is {C}"
  return x |> conv(n, padding:
}
`

coloured('names by what they stand for', () => {
  const whole = text.replace('padding:\n', 'padding: half)\n')
  assert.equal(kindsOf(whole, 0), ['/// Doc. comment documentation'])
  assert.equal(kindsOf(whole, 1), [
    'block keyword', 'F block made', 'x parameter made', 'H extent made', 'C extent made', 'n parameter made', 'int type', '2 number',
    'p parameter made', 'padding type', 'same word', 'tensor type',
  ])
  assert.equal(kindsOf(whole, 2), ['param keyword', 's weight made', 'C extent', 'ones word', '// why comment'])
  assert.equal(kindsOf(whole, 3), [
    'layer keyword', 'f layer made', 'conv block ofLibrary', 'C extent', '3x3 number', 'padding argument ofLibrary', 'p parameter', 'as keyword', 'inner label made',
  ])
  assert.equal(kindsOf(whole, 4), ['x parameter written', 'f layer', 'x parameter', 's weight', 'relu function ofLibrary', 'pool family ofLibrary', 'max block ofLibrary', '2 number'])
  assert.equal(kindsOf(whole, 5), ['require keyword', 'C extent', '2 number', '"C is { text', 'C extent', '}" text'])
})

coloured('a statement that cannot be read yet, by its words', () => {
  assert.equal(kindsOf(text, 6), ['return keyword', 'x parameter', 'conv block ofLibrary', 'n parameter', 'padding argument'])
})

coloured('keywords that are names', () => {
  const named = 'model M {\n  input input: [8]\n  output = 2\n  output from = input * output\n}\n'
  assert.equal(kindsOf(named, 1), ['input keyword', 'input input made', '8 number'])
  assert.equal(kindsOf(named, 2), ['output output made', '2 number'].map((one) => one.replace('output output', 'output variable')))
  assert.equal(kindsOf(named, 3), ['output keyword', 'from output made', 'input input', 'output variable'])
})

coloured.run()
