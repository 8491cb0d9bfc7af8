import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { textOf } from '../../src/compiler/text/source.ts'
import { diagnostics } from '../../src/service/diagnostics.ts'
import { marked } from './marked.ts'

const s = suite('diagnostics of a file')

const shownIn = (text: string, files = {}) => diagnostics(marked(text, files).analysis)

const summary = (text: string, files = {}): readonly string[] => shownIn(text, files).map(({ span, code, message }) => `${textOf(span)} ${code} ${message}`)

s('what is wrong in the file stands where it is, with the places that it has to do with', () => {
  const [only, ...others] = shownIn('model M {\n  input x: [8, 8, 3]\n  y = x |> conv(4, 9x9)\n  output z = y\n}\n')
  assert.equal(others, [])
  assert.is(only!.code, 'shape/window-too-large')
  assert.is(only!.severity, 'error')
  assert.ok(only!.labels.length > 0)
  assert.is(only!.isUnused, false)
})

s('what nothing reads is told as such', () => {
  const [unused] = shownIn('model M {\n  input x: [8, 8, 3]\n  y = relu(x)\n  output z = tanh(x)\n}\n')
  assert.is(unused!.isUnused, true)
  assert.is(unused!.severity, 'warning')
})

const part = 'block Part(x: [H, W, C]) -> tensor {\n  return x |> conv(4, 9x9)\n}\n'

s('what a call leads to in another file stands at the call', () => {
  const text = 'import { Part } from "./part.fmw"\nmodel M {\n  input x: [8, 8, 3]\n  output y = Part(x)\n}\n'
  const [only, ...others] = shownIn(text, { 'part.fmw': part })
  assert.equal(others, [])
  assert.is(textOf(only!.span), 'Part(x)')
  assert.is(textOf(only!.labels[0]!.span), 'conv(4, 9x9)')
})

s('what is wrong in an imported file stands at the import that leads to it, once for each file', () => {
  const files = { 'a.fmw': 'import { B } from "./b.fmw"\nblock A(x: tensor) -> like x { return B(x) }\n', 'b.fmw': 'block B(x: tensor) -> like x { return relu(x 3) }\nconst N = (\nconst K = [\n' }
  const text = 'import { A } from "./a.fmw"\nmodel M {\n  input x: [8]\n  output y = A(x)\n}\n'
  const [only, ...others] = summary(text, files)
  assert.equal(others, [])
  assert.match(only!, /^"\.\/a\.fmw" syntax\/\S+ b\.fmw:1:\d+: .*; and (?:something else|\d others)$/)
  assert.equal(summary('import { A } from "./gone.fmw"\n').map((one) => one.split(' ').slice(0, 2).join(' ')), ['"./gone.fmw" import/missing-file'])
})

s('nothing stands outside of the text', () => {
  const text = 'import { A } from "./a.fmw"\r\nmodel M {\r\n  input x: [8, 8, 3]\r\n  y = x |> conv(4 9x9)\r\n  output z: [8] = y\r\n}'
  for (let end = 0; end <= text.length; end++)
    for (const { span } of shownIn(text.slice(0, end), { 'a.fmw': 'block A(' })) assert.ok(span.start <= span.end && span.end <= end)
})

s.run()
