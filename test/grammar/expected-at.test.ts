import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { expectedAt, parseFile } from '../../grammar/index.ts'

const s = suite('what may stand at a place')

/** The productions that may go on at the mark, and the keywords. */
function at(text: string) {
  const offset = text.indexOf('‸')
  const now = text.replace('‸', '')
  const { before, word, inBody, expected } = expectedAt(now, parseFile(now).tokens, offset)
  return { before: before.map(({ image }) => image).join(' '), word: word?.image, inBody, rules: expected.map(({ token, rule }) => `${token} ${rule}`), keywords: expected.flatMap(({ keyword }) => keyword ?? []) }
}

s('in a body what stands before it in its statement decides', () => {
  const place = at('model M {\n  y = conv(x, 3, ‸')
  assert.is(place.before, 'y = conv ( x , 3 ,')
  assert.ok(place.inBody)
  assert.ok(place.rules.includes('Word argument') && place.rules.includes('Name primary'))
  assert.equal(at('model M {\n  y = x |> pool.‸').rules, ['Word member'])
  assert.ok(at('model M {\n  y = conv(x) as ‸').rules.includes('Name label'))
  assert.equal(at('model M {\n  for i ‸').keywords, ['in'])
})

s('the word at the place does not count', () => {
  const place = at('model M {\n  ou‸t')
  assert.is(place.word, 'out')
  assert.is(place.before, '')
  assert.ok(place.keywords.includes('output'))
})

s('mistakes in other statements do not matter, and few in this one', () => {
  assert.is(at('model M {\n  a = conv(x 4\n  b = relu(‸\n  c = )').before, 'b = relu (')
  assert.ok(at('model M {\n  y = conv(a 4, ‸').rules.includes('Name primary'))
})

s('outside of bodies the declaration, over lines', () => {
  assert.equal(at('‸').keywords, ['import', 'const', 'model', 'block'])
  assert.ok(at('block F(\n  x: tensor,\n  y: ‸').rules.includes('Name type'))
  assert.ok(at('block F(x: tensor) -> ‸').keywords.includes('like'))
  assert.ok(at('import {\n  A,\n  ‸').rules.includes('Name importedName'))
  assert.equal(at('import { A } from ‸').rules, ['Text importDeclaration'])
})

s.run()
