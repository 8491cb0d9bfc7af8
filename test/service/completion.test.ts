import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completion } from '../../src/service/completion.ts'
import { marked } from './marked.ts'

const s = suite('completion')

function completed(text: string, files = {}) {
  const { analysis, offsets } = marked(text, files)
  return completion(analysis, offsets[0]!)
}

const labels = (text: string, files = {}): readonly string[] => completed(text, files).items.map(({ label }) => label)

const first = (text: string, count: number, files = {}): readonly string[] => labels(text, files).slice(0, count)

const model = (...lines: readonly string[]): string => ['model M {', '  input image: [32, 32, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join('\n')

const block = '/// Halves a map.\nblock Half(x: [H, W, C], n: int, padding: padding = valid) -> tensor {\n  return x |> conv(n, 2x2, stride: 2, padding:) as narrow\n}\n'

s('in a pipe what can be called, the blocks of the file first; no tensors', () => {
  const found = labels(`${block}${model('y = image |> ‸')}`)
  assert.is(found[0], 'Half')
  for (const wanted of ['conv', 'relu', 'pool.', 'M']) assert.ok(found.includes(wanted), wanted)
  for (const other of ['image', 'floor', 'range', 'true']) assert.not(found.includes(other), other)
})

s('behind a family its ops, with their signatures', () => {
  const { items } = completed(model('y = image |> pool.‸'))
  assert.equal(items.map(({ label }) => label).toSorted(), ['avg', 'global', 'global_max', 'max'])
  assert.match(items.find(({ label }) => label === 'max')!.detail, /^pool\.max\(x: \[H, W, C\], size: size = 2/)
})

s('the word that the place is in is replaced', () => {
  const { span, items } = completed(model('y = image |> pool.m‸ax(2)'))
  assert.is(span.source.text.slice(span.start, span.end), 'max')
  assert.ok(items.some(({ insert }) => insert === 'max'))
})

s('names have their shapes, the nearest first; those of a loop that has ended are none', () => {
  const { items } = completed(model('a = image |> pool.max(2)', 'for i in range(2) { inner = relu(a) }', 'output y = fuse.add(‸'))
  assert.equal(items.slice(0, 2).map(({ label, detail }) => `${label} ${detail}`), ['a [16, 16, 3]', 'image [32, 32, 3]'])
  assert.not(items.some(({ label }) => label === 'inner' || label === 'i'))
})

s('the names of a comprehension that is being written are none of the text yet', () => {
  assert.ok(labels(model('y = fuse.concat(...[for [i, width] in enumerate([1, 2]): image |> conv(‸')).includes('width'))
})

s('of a call the names of the arguments that are not given, with types and defaults', () => {
  const { items } = completed(model('y = image |> conv(8, 3x3, ‸, padding: same)'))
  const given = items.filter(({ kind }) => kind === 'parameter')
  assert.is(items[0]!.insert, 'stride: ')
  assert.is(given.find(({ label }) => label === 'stride:')!.detail, 'stride: size = 1')
  assert.not(given.some(({ label }) => ['x:', 'filters:', 'kernel:', 'padding:'].includes(label)))
})

s('words where one is wanted', () => {
  assert.equal(first(model('y = conv(image, 8, padding: ‸)'), 3), ['valid', 'same', 'half'])
  assert.ok(first(model('param w: [3] = ‸'), 2).includes('zeros'))
  assert.ok(first('block F(x: tensor, padding: padding = ‸', 3).includes('same'))
})

s('keywords where they mean something', () => {
  const inModel = labels(model('‸'))
  for (const word of ['input', 'output', 'param', 'layer', 'for']) assert.ok(inModel.includes(word), word)
  assert.not(inModel.includes('return'))
  assert.not(labels(block.replace('return', '‸')).includes('output'))
  assert.equal(labels('‸').toSorted(), ['block', 'const', 'import', 'model'])
  assert.ok(labels(model('y = image |> relu ‸')).includes('as'))
  assert.equal(labels(model('for i ‸')), ['in'])
})

s('types, labels and members', () => {
  assert.ok(first('block F(x: ‸', 3).includes('tensor'))
  assert.equal(labels(`${block}${model('y = image |> Half(4) as ‸')}`), ['_', 'narrow'])
  assert.equal(labels(model('n = image.‸')), ['channels', 'height', 'width', 'shape', 'rank'])
  assert.ok(first('block F(x: [H, W, C], y: tensor) -> like ‸', 2).includes('y'))
})

s('paths of imports, and the names that the file of the import declares', () => {
  const files = { 'parts.fmw': block, 'net.fmw': '' }
  assert.equal(labels('import { Half } from "‸', files), ['./parts.fmw'])
  assert.equal(labels('import { Half } from "./p‸"', files), ['./parts.fmw'])
  assert.equal(labels('import { ‸ } from "./parts.fmw"', files), ['Half'])
  assert.ok(labels('import { ‸', files).includes('Half'))
})

s('mistakes in other statements, and in this one, do not matter', () => {
  assert.ok(labels(model('a = conv(image 4', 'b = pool.‸', 'c = ) (')).includes('max'))
  assert.ok(labels(model('y = conv(image 4, ‸')).includes('image'))
  assert.is(first(model('a = relu(image)', 'y = a |> conv(8, padding: ‸', 'output z = a'), 1)[0], 'valid')
})

s('nothing in comments, texts and numbers', () => {
  for (const text of ['// mod‸', 'model M {\n  require true, "so ‸"\n}', model('y = conv(image, 3‸'), model('y = conv(image, 3x‸')]) assert.equal(labels(text), [], text)
})

s('no place of no text makes it throw, and nothing outside of the text is replaced', () => {
  const whole = `${block}import { A } from "./a.fmw"\n${model('for [a, b] in zip([1], [2]) { image = image |> Half(a, ...[1]) as _ }', 'param w: [3] = zeros, within: [0, 1]', 'output y = if true then image[:, 1] else image.height')}`
  for (const text of [whole.replaceAll('\n', '\r\n'), `${whole}(((`, '}'.repeat(40), ''])
    for (let at = 0; at <= text.length; at += 3) {
      const { span } = completion(marked(text).analysis, at)
      assert.ok(span.start <= at && at <= span.end && span.end <= text.length)
    }
})

s.run()
