import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Where } from '../../src/compiler/elaborate/sink.ts'
import { describe, type Value } from '../../src/compiler/elaborate/value.ts'
import { isStanding, textOf, type Span } from '../../src/compiler/text/source.ts'
import { codesOf, compileText } from '../compile-text.ts'

const half = suite('texts with mistakes of syntax')

/** What each name and expression of a text, and of the files it imports, is in the end. */
function valuesIn(text: string, files: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const tell = (span: Span, value: Value, { frame }: Where): void => {
    if (!frame || !isStanding(frame)) values.set(textOf(span), describe(value))
  }
  compileText(text, files, { sink: { value: ({ span }, value, where) => tell(span, value, where), name: (span, _, value, where) => tell(span, value, where) } })
  return values
}

const model = (statements: string): string => `model M {\n  input x: [H, 8, 3]\n  ${statements}\n}\n`

half('what stands before and behind a mistake has its shape', () => {
  for (const broken of ['b = a |> conv(', 'b = fuse.add(a, [a,', 'b = conv(a 4)', 'b = ', 'b = a |>', 'b =\n  c', 'conv(a, 4)', 'b = a ^ 2', 'for i in {', 'b = (a']) {
    const values = valuesIn(model(`a = relu(x)\n  ${broken}\n  e = pool.max(a, 2)\n  output y = e`))
    assert.is(values.get('x'), 'a map [H, 8, 3]', broken)
    assert.is(values.get('a'), 'a map [H, 8, 3]', broken)
    assert.is(values.get('e'), 'a map [floor(H / 2), 4, 3]', broken)
    assert.is(values.get('y'), 'a map [floor(H / 2), 4, 3]', broken)
  }
})

half('a name whose value is being typed has none yet, and what reads it is silent', () => {
  for (const typed of ['a = relu(x) |> pool.max(2) |>', 'a = fuse.add(relu(x), sigmoid(x),', 'a = relu(x']) {
    const text = model(`${typed}\n  b = conv(a, 8)\n  c = relu(x)\n  output y = c`)
    const values = valuesIn(text)
    assert.is(values.get('a'), 'a value with an error', typed)
    assert.is(values.get('b'), 'a value with an error', typed)
    assert.is(values.get('c'), 'a map [H, 8, 3]', typed)
    assert.ok(codesOf(text).every((code) => code.startsWith('syntax/')), typed)
  }
})

half('a block, and the model that calls it, are elaborated around a mistake in either', () => {
  const inBlock = valuesIn(`block F(x: [H, W, C]) -> tensor {
  a = sigmoid(x)
  b = conv(a 3)
  return relu(a)
}
${model('output y = F(x) |> pool.max(2)')}`)
  assert.is(inBlock.get('sigmoid(x)'), 'a map [H, 8, 3]')
  assert.is(inBlock.get('relu(a)'), 'a map [H, 8, 3]')
  assert.is(inBlock.get('pool.max(2)'), 'a map [floor(H / 2), 4, 3]')
})

half('an imported file with a mistake gives what could be read of it', () => {
  const files = { 'part.fmw': 'block Part(x: tensor) -> like x { return relu(x) }\nconst N = (\n' }
  const text = `import { Part } from "./part.fmw"\n${model('output y = Part(x) |> pool.max(2)')}`
  assert.is(valuesIn(text, files).get('pool.max(2)'), 'a map [floor(H / 2), 4, 3]')
  const { diagnostics, graphs } = compileText(text, files)
  assert.equal(diagnostics.map(({ code }) => code.split('/')[0]), ['syntax'])
  // the mistake is in a constant, which nothing here reads
  assert.equal(graphs.map(({ name }) => name), ['M'])
})

half('only the mistakes of syntax are reported of what they matter to', () => {
  assert.equal(codesOf(model('a = conv(x 4)\n  b = nothing(x)\n  output y = a')), ['syntax/unexpected'])
  assert.equal(codesOf(`import { P } from "./gone.fmw"\n${model('a = conv(x 4)\n  output y = P(a)')}`), ['syntax/unexpected'])
})

const second = 'model Second {\n  input x: [4]\n  output y = Part(x)\n}\n'
const part = 'block Part(x: tensor) -> like x {\n  return relu(x)\n}\n'

/** The names of the models that have a graph, and the kinds of what is reported. */
function outcome(text: string): readonly [readonly string[], readonly string[]] {
  const { graphs, diagnostics } = compileText(text)
  return [graphs.map(({ name }) => name), [...new Set(diagnostics.map(({ code }) => code))]]
}

half('a mistake matters to those that read what it is in, and to nobody else', () => {
  const mistaken = model('output y = conv(x 4)')
  assert.equal(outcome(mistaken + part + second), [['Second'], ['syntax/unexpected']])
  const brokenBlock = part.replace('relu(x)', 'relu(x 3)')
  assert.equal(outcome(brokenBlock + second + model('output y = relu(x)')), [['M'], ['syntax/unexpected']])
  const between = 'block Between(x: tensor) -> like x {\n  return Part(x)\n}\n'
  assert.equal(outcome(brokenBlock + between + second.replace('Part', 'Between')), [[], ['syntax/unexpected']])
})

half('a word is no name: what only a comment, a text or a label mentions does not matter', () => {
  const mistaken = model('output y = conv(x 4)').replace('M', 'First')
  const mentions = 'model Other {\n  // as First is\n  input x: [4]\n  require x.channels == 4, "First"\n  output y = dense(x, 4) as First\n}\n'
  assert.equal(outcome(mistaken + mentions), [['Other'], ['syntax/unexpected']])
})

half('a mistake outside of all declarations matters to the whole file', () => {
  assert.equal(outcome(`stray\n${part}${second}`), [[], ['syntax/unexpected']])
  assert.equal(outcome(`import { A from "./a.fmw"\n${part}${second}`), [[], ['syntax/unexpected']])
})

half('a name whose declaration a mistake has swallowed is not said to be unknown', () => {
  assert.equal(outcome(`${model('output y = relu(x)')}${part.replace('block', '')}${second}`), [[], ['syntax/unexpected']])
  assert.equal(outcome(`${part.replace('Part', '')}${second}`), [[], ['syntax/unexpected']])
})

half('mistakes of other kinds are still reported of a model that a mistake of syntax does not matter to', () => {
  const wrong = 'model Wrong {\n  input x: [4]\n  output y = x + [1, 2]\n}\n'
  const [graphs, codes] = outcome(model('output y = conv(x 4)') + wrong)
  assert.equal(graphs, [])
  assert.equal(codes.length, 2)
  assert.is(codes.filter((code) => code.startsWith('syntax/')).length, 1)
})

half.run()
