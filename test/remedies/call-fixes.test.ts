import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fixedText as fixed } from '../fixed-text.ts'
import { compileText } from '../compile-text.ts'

const s = suite('fixes of calls')

/** A model with these lines, before and after its fixes. */
const inModel = (...lines: readonly string[]): string =>
  `model M {\n  input image: [32, 32, 3]\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

const codesOf = (text: string): readonly string[] => compileText(text).diagnostics.map(({ code }) => code)

const titlesOf = (text: string): readonly string[] =>
  compileText(text).diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title))

s('pass the map that nothing uses yet, whether by its place or by its name', () => {
  const text = inModel('x = image |> relu', 'output y = conv(8, 3x3) |> tanh')
  assert.is(fixed(text), text.replace('conv(8', 'conv(x, 8'))
  const named = inModel('x = image |> relu', 'output y = conv(filters: 8)')
  assert.is(fixed(named), named.replace('conv(f', 'conv(x, f'))
})

s('follow a name through its assignments, one mistake after the other', () => {
  const text = inModel('x = image |> conv(4, 3x3)', 'x = conv(8, 3x3) |> relu', 'x = conv(16, 3x3) |> tanh', 'output y = x')
  assert.is(fixed(text), text.replace('conv(8', 'conv(x, 8').replace('conv(16', 'conv(x, 16'))
})

s('pass nothing where two maps may be meant', () => {
  const text = inModel('a = image |> relu', 'b = image |> tanh', 'output y = conv(8, 3x3)')
  assert.is(fixed(text), text)
  const later = inModel('a = conv(image, 4, 3x3)', 'b = conv(8, 3x3)', 'output y = fuse.concat(a, b)')
  assert.is(fixed(later), later)
})

s('find the map left out where every argument stands one place too early', () => {
  const block = 'block Scale(x: [H, W, C], width: int, depth: int) -> [_, _, _] {\n  return x |> conv(width * depth, 1x1)\n}\n'
  const text = `${block}${inModel('output y = Scale(8, 2)')}`
  assert.match(compileText(text).diagnostics[0]!.message, 'Scale is missing its argument x')
  assert.is(fixed(text), text.replace('Scale(8', 'Scale(image, 8'))
})

s('leave a hole where a block is wanted: for a layer, a parameter, a default, or what is called', () => {
  const layer = inModel('layer f = conv(8, 3x3)', 'output y = f(image)')
  assert.is(fixed(layer), layer.replace('conv(8', 'conv(_, 8'))
  const called = inModel('output y = conv(8, 3x3)(image)')
  assert.is(fixed(called), called.replace('conv(8', 'conv(_, 8'))
  const unit = (given: string, byDefault = ''): string =>
    `block Unit(x: [H, W, C], attend: block${byDefault}) -> like x {\n  return x |> attend\n}\n${inModel(`output y = image |> Unit${given}`)}`
  const passed = unit('(weight.attention(ratio: 1))')
  assert.is(fixed(passed), passed.replace('attention(r', 'attention(_, r'))
  const byDefault = unit('', ' = weight.attention(ratio: 1)')
  assert.is(fixed(byDefault), byDefault.replace('attention(r', 'attention(_, r'))
})

s('fill the hole of a block value that stands for a map', () => {
  const text = inModel('f = conv(_, 8, 3x3)', 'output y = f |> relu')
  assert.is(fixed(text), text.replace('_', 'image'))
})

s('combine one map with the other one', () => {
  const text = inModel('a = image |> relu', 'b = image |> tanh', 'output y = fuse.add(a)')
  assert.is(fixed(text), text.replace('add(a', 'add(a, b'))
})

s('leave out what ops of other frameworks take, or the map that a pipe passes', () => {
  const text = inModel('output y = image |> relu(true) |> tanh')
  assert.is(fixed(text), text.replace('(true)', ''))
  const twice = inModel('output y = image |> relu(image)')
  assert.is(fixed(twice), twice.replace('(image)', ''))
  assert.equal(titlesOf(inModel('output y = image |> relu(8, 3x3)')), [])
})

s('take one of several results by its name, in a pipe, beside an operator, as an argument and as an output', () => {
  const block =
    'block Gated(x: [H, W, C]) -> (map: [H, W, C], gate: [C]) {\n  gate = x |> pool.global\n  return x * gate, gate\n}\n'
  const mended = (line: string): string => fixed(`${block}${inModel(line)}`).slice(block.length)
  assert.is(mended('output y = image |> Gated |> relu'), inModel('output y = (image |> Gated).map |> relu'))
  assert.is(mended('output y = image + Gated(image)'), inModel('output y = image + Gated(image).map'))
  assert.is(mended('output y = relu(Gated(image))'), inModel('output y = relu(Gated(image).map)'))
  assert.is(mended('output y = image |> Gated'), inModel('output y = (image |> Gated).map'))
  assert.is(mended('output y = Gated(image)[1]'), inModel('output y = Gated(image).gate'))
})

s('leave holes in what is applied where a block is wanted, alone and in lists', () => {
  const blocks = `block Twice(x: [H, W, C], unit: block) -> [_, _, C] {
  return x |> unit |> unit
}
block All(x: [H, W, C], units: block[]) -> [_, _, _] {
  for unit in units { x = x |> unit }
  return x
}
`
  const mended = (line: string, which: 'safe' | 'all' = 'all'): string => fixed(`${blocks}${inModel(line)}`, which).slice(blocks.length)
  assert.is(mended('output y = image |> Twice(image |> conv(3, 3x3))'), inModel('output y = image |> Twice(conv(_, 3, 3x3))'))
  assert.is(mended('output y = image |> Twice(image |> relu)'), inModel('output y = image |> Twice(relu)'))
  assert.is(mended('output y = image |> Twice(unit: conv(image, 3, 3x3))'), inModel('output y = image |> Twice(unit: conv(_, 3, 3x3))'))
  assert.is(mended('units = [relu, dense(10)]\n  output y = image', 'safe'), inModel('units = [relu, dense(_, 10)]', 'output y = image'))
  const units = 'output y = image |> All([conv(8, 3x3), relu, conv(4, 1x1)])'
  assert.is(mended(units, 'safe'), inModel('output y = image |> All([conv(_, 8, 3x3), relu, conv(_, 4, 1x1)])'))
  assert.is(mended('output y = image |> All([for n in [8, 4]: conv(n, 3x3)])', 'safe'), inModel('output y = image |> All([for n in [8, 4]: conv(_, n, 3x3)])'))
  assert.is(mended('output y = image |> All(conv(_, 8, 3x3), relu)', 'safe'), inModel('output y = image |> All([conv(_, 8, 3x3), relu])'))
})

s('make a list of numbers in a row, which may be meant', () => {
  const block = 'block All(x: [H, W, C], widths: int[]) -> [_, _, _] {\n  for n in widths { x = x |> conv(n, 3x3) }\n  return x\n}\n'
  const text = block + inModel('output y = image |> All(8, 4)')
  assert.is(fixed(text, 'safe'), text)
  assert.is(fixed(text), text.replace('8, 4', '[8, 4]'))
})

s('are of one mistake where a block is called several times', () => {
  const text = `block Unit(x: [H, W, C]) -> [_, _, _] {\n  y = x |> relu\n  return conv(8, 3x3)\n}\n${inModel('output y = image |> Unit |> Unit |> Unit')}`
  assert.equal(codesOf(text), ['type/mismatch'])
  assert.is(fixed(text), text.replace('conv(8', 'conv(y, 8'))
})

s.run()
