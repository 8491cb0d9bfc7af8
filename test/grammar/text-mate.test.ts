import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keywords } from '../../grammar/tokens.ts'
import { everyPattern, scopesOf } from './text-mate-scopes.ts'

const colours = suite('TextMate grammar')

const scopeOf = (piece: string, text: string): string | undefined =>
  scopesOf(text)
    .find((found) => found.startsWith(`${piece}: `))
    ?.slice(piece.length + 2)

colours('every pattern is a regular expression', () => {
  const patterns = everyPattern()
  assert.ok(patterns.length > 30)
  for (const { match, begin, end } of patterns)
    for (const source of [match, begin, end]) if (source !== undefined) new RegExp(source)
})

colours('every keyword is one where it belongs', () => {
  const text = `import { A as B } from "./a.fmw"
const N = 1
model M {
  input x: [H] where H > 2
  param p: [3] = ones
  state s: [3] = ones
  layer f = freeze B
  require true and false or not none == none
  for i in [] { x = if a then b else c }
  output y
}
block F(x: [H]) -> like x { return x }`
  const found = scopesOf(text)
  const plain = keywords
    .map((keyword) => String(keyword.PATTERN))
    .filter((word) => !found.some((piece) => new RegExp(`^${word}: (keyword|storage|constant)\\.`).test(piece)))
  assert.equal(plain, [])
})

colours('contextual keywords are names elsewhere', () => {
  assert.is(scopeOf('from', 'x = gather.mask(y, from: z)'), 'variable.parameter')
  assert.is(scopeOf('layer', 'x = x |> norm.layer'), 'entity.name.function')
  assert.is(scopeOf('input', 'y = f(input)'), 'variable.other')
  assert.is(scopeOf('output', '  output = 3'), 'variable.other.declaration')
})

colours('family and op are told from members', () => {
  assert.is(scopeOf('pool', 'x |> pool.max(2)'), 'support.class.family')
  assert.is(scopeOf('max', 'x |> pool.max(2)'), 'entity.name.function')
  assert.is(scopeOf('height', 'n = x.height'), 'variable.other.member')
})

colours('numbers, sizes and what is neither', () => {
  assert.is(scopeOf('3x3', 'conv(4, 3x3)'), 'constant.numeric.size')
  assert.is(scopeOf('1e-5', 'f(1e-5)'), 'constant.numeric.float')
  assert.is(scopeOf('12', 'f(12)'), 'constant.numeric.integer')
  assert.is(scopeOf('3xn', 'conv(4, 3xn)'), 'invalid.illegal.number')
})

colours('only arguments in parentheses are named ones', () => {
  assert.is(scopeOf('ratio', 'f(x, ratio: 16)'), 'variable.parameter')
  assert.is(scopeOf('list', 'f([for k in list: k])'), 'variable.other')
})

colours('expressions inside of texts are code, comments inside of them are not', () => {
  const found = scopesOf('require ok, "a {C} // \\n" // b')
  assert.ok(found.includes('C: variable.other'))
  assert.ok(found.includes('\\n: constant.character.escape'))
  assert.ok(found.includes('// b: comment.line.double-slash'))
})

colours('a text or an import that is not closed ends', () => {
  assert.is(scopeOf('model', 'import { A\nmodel M {'), 'storage.type.declaration')
  assert.is(scopeOf('y', '  x = "open\n  y = 2'), 'variable.other.declaration')
})

colours.run()
