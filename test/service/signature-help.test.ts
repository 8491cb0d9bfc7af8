import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signatureHelp } from '../../src/service/signature-help.ts'
import { marked } from './marked.ts'

const s = suite('signature help')

function helped(text: string, files = {}) {
  const { analysis, offsets } = marked(text, files)
  return signatureHelp(analysis, offsets[0]!)
}

/** The call and the parameter that is active in it, as the label has it. */
function active(text: string, files = {}): string | undefined {
  const help = helped(text, files)
  const parameter = help && help.active !== undefined ? help.parameters[help.active] : undefined
  return help && `${help.label.slice(0, help.label.indexOf('('))}: ${parameter ? help.label.slice(parameter.start, parameter.end) : ''}`
}

const model = (...lines: readonly string[]): string => ['model M {', '  input image: [32, 32, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join('\n')

s('by position, with what a pipe passes counted', () => {
  assert.is(active(model('y = conv(‸')), 'conv: x: [H, W, C]')
  assert.is(active(model('y = conv(image, 8‸)')), 'conv: filters: int')
  assert.is(active(model('y = image |> conv(‸)')), 'conv: filters: int')
  assert.is(active(model('y = image |> conv(8, ‸)')), 'conv: kernel: size = 3')
  assert.is(active(model('y = image |> freeze conv(‸)')), 'conv: filters: int')
  assert.is(active(model('y = 3 |> conv(image, _, ‸)')), 'conv: kernel: size = 3')
})

s('by name', () => {
  assert.is(active(model('y = image |> conv(8, padding: ‸)')), 'conv: padding: padding = valid')
  assert.is(active(model('y = image |> conv(8, padding: sa‸me, stride: 2)')), 'conv: padding: padding = valid')
})

s('the innermost call, also around lists and in several lines', () => {
  assert.is(active(model('y = conv(pool.max(image, ‸), 8)')), 'pool.max: size: size = 2')
  assert.is(active(model('y = conv(pool.max(image, 2), ‸8)')), 'conv: filters: int')
  assert.is(active(model('y = image', '  |> conv(', '    8,', '    [3, ‸3],', '  )')), 'conv: kernel: size = 3')
  assert.is(helped(model('y = fuse.concat(image, image, ‸image)'))!.active, 0)
})

const block = '/// Halves.\n///\n/// - `n`: how many\nblock Half(x: [H, W, C], n: int = 3) -> like x {\n  return x\n}\n'

s('blocks of the file, of imported files, models, layers with holes', () => {
  assert.is(active(`${block}${model('y = Half(image, ‸')}`), 'Half: n: int = 3')
  assert.is(helped(`${block}${model('y = Half(image, ‸')}`)!.parameters[1]!.doc, 'how many')
  assert.is(active(`import { Half } from "./half.fmw"\n${model('y = image |> Half(‸')}`, { 'half.fmw': block }), 'Half: n: int = 3')
  assert.is(active(model('layer f = conv(_, 8)', 'y = f(image, ‸)')), 'conv: kernel: size = 3')
})

s('in broken text, and nowhere else', () => {
  assert.is(active(model('a = conv(image 4', 'b = relu(image) |> pool.max(‸', 'c = ((')), 'pool.max: size: size = 2')
  for (const text of [model('y = (‸image)'), model('y = conv(image, 8)‸'), model('y = ‸'), '‸', 'block F(x: ‸']) assert.is(helped(text), undefined, text)
})

s('no place of no text makes it throw', () => {
  const whole = `${block}${model('for [a, b] in zip([1], [2]) { image = image |> Half(a, ...[1]) as _ }', 'output y = image[:, f(1)](2)')}`
  for (const text of [whole.replaceAll('\n', '\r\n'), `${whole}(((`, '()(', ''])
    for (let at = 0; at <= text.length; at++) signatureHelp(marked(text.slice(0, at)).analysis, at)
})

s.run()
