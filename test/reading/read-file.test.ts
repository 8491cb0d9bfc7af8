import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileText } from '../compile-text.ts'

const s = suite('files that are read again')

const user = 'import { Part } from "./part.fmw"\nmodel M {\n  input x: [4]\n  output y = Part(x)\n}\n'
const right = 'block Part(x: tensor) -> like x { return x * 2 }\n'

const said = (text: string, files: Readonly<Record<string, string>>): readonly string[] =>
  compileText(text, files).diagnostics.map(({ code, span }) => `${code} in ${span.source.path}`)

s('what is wrong with the text of a file is said each time it is compiled', () => {
  const unclosed = { 'part.fmw': 'block Part(x: tensor) -> like x { return "{(" }\n' }
  const first = said(user, unclosed)
  assert.ok(first.length > 0)
  assert.equal(said(user, unclosed), first)
})

s('a file that has changed is read anew, and read again when it is as before', () => {
  assert.equal(said(user, { 'part.fmw': right }), [])
  assert.equal(said(user, { 'part.fmw': right.replace('x *', 'z *') }), ['name/unknown in part.fmw'])
  assert.equal(said(user, { 'part.fmw': right }), [])
  assert.equal(said(user.replace('Part(x)', 'Part(z)'), { 'part.fmw': right }), ['name/unknown in model.fmw'])
})

s('a file of the user is none of the library, whatever its path', () => {
  const imports = user.replace('./part', './std/conv').replace('[4]', '[4, 4, 3]').replace('Part(x)', 'Part(x) |> conv(2)')
  assert.equal(said(imports, { 'std/conv.fmw': right }), [])
  assert.equal(said(imports, { 'std/conv.fmw': right.replace('x *', 'z *') }), ['name/unknown in std/conv.fmw'])
})

s.run()
