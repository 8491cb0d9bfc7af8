import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic, Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import { fixAll, type WhichFixes } from '../../src/compiler/fixes/fix-all.ts'
import type { Recheck } from '../../src/compiler/fixes/sound-fixes.ts'
import type { Source } from '../../src/compiler/text/source.ts'
import { codesOf, compileText } from '../compile-text.ts'

const s = suite('all fixes')

const fixedText = (text: string, which: WhichFixes = 'safe'): string =>
  fixAll((texts) => compileText(texts.get('model.fmw') ?? text).diagnostics, which).texts.get('model.fmw') ?? text

s('mend what one reveals behind the other, and a second time nothing is left to change', () => {
  const text =
    'model M {\n  input image: [8, 8, 3]; // the picture\n  a = image |> cnov(4, 3, strides: 2)\n  output y = a |> rleu\n}\n'
  const fixed =
    'model M {\n  input image: [8, 8, 3] // the picture\n  a = image |> conv(4, 3, stride: 2)\n  output y = a |> relu\n}\n'
  assert.is(fixedText(text), fixed)
  assert.is(fixedText(fixed), fixed)
})

s('keeps the line breaks of another system', () => {
  const text = 'model M {\r\n  input image: [8, 8, 3]\r\n  output y = image |> rleu\r\n}'
  assert.is(fixedText(text), text.replace('rleu', 'relu'))
})

s('are made in blocks, loops and behind operators, and comments stay', () => {
  const text = `model M {
  input image: [16, 16, 8]
  x = image
  for width in [16, 16] {
    // the branch of each turn
    y = x |> conv(width, 3x3, paddng: same) // wide
    x = relu(y + x)
  }
  output z = x
}
`
  const fixed = fixedText(text, 'all')
  assert.match(fixed, '    // the branch of each turn\n    y = x |> conv(width, 3x3, padding: same) // wide\n')
  assert.match(fixed, '(x |> conv(width, 1x1))')
})

/** A program whose one mistake is that a letter is not what it should be, with fixes that promise more than they do. */
const wanting = (wanted: string, ...replacements: readonly string[]): Recheck => (texts) => {
  const source: Source = { path: 'a', text: texts.get('a') ?? 'x', library: false }
  const span = { source, start: 0, end: source.text.length }
  const fixes: readonly Fix[] = replacements.map((text) => ({ title: text, safety: 'safe', edits: [{ span, text }] }))
  const mistake: Diagnostic = {
    code: 'name/unknown',
    family: 'name',
    severity: 'error',
    message: '',
    span,
    labels: [],
    notes: [],
    chain: [],
    fixes,
    extents: [],
  }
  return source.text === wanted ? [] : [mistake]
}

s('that do not help are taken back', () => {
  const { texts, mended, diagnostics } = fixAll(wanting('z', 'y'), 'safe')
  assert.equal([texts.size, mended.length, diagnostics.length], [0, 0, 1])
  const helped = fixAll(wanting('z', 'z'), 'safe')
  assert.equal([helped.texts.get('a'), helped.mended.length, helped.diagnostics.length], ['z', 1, 0])
})

s('leave alone what is to be filled in', () => {
  const text = 'model M {\n  input image: [8, 8, 3]\n  output y = image |> conv\n}\n'
  const [missing] = compileText(text).diagnostics
  assert.equal(missing!.fixes.map(({ safety, edits }) => [safety, edits[0]!.text]), [['placeholder', '(filters: <int>)']])
  assert.is(fixedText(text, 'all'), text)
})

s('are offered for one mistake only where they leave none', () => {
  const text = 'model M {\n  input image: [8, 8, 3]\n  output y = image |> conv(4, None)\n}\n'
  const { diagnostics } = compileText(text)
  assert.equal(diagnostics.map(({ code, fixes }) => [code, fixes.length]), [['name/unknown', 0]])
})

s('that are offered of a mistake with another behind it show that one', () => {
  const text = 'model M {\n  input image: [8, 8, 3]\n  a = image |> rleu\n  output y = a |> resize(method: nearest)\n}\n'
  assert.equal(codesOf(text), ['name/unknown'])
  assert.equal(codesOf(fixedText(text)), ['require/failed'])
})

s.run()
