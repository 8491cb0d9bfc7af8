import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keywords } from '../../grammar/tokens.ts'
import { enums } from '../../src/compiler/elaborate/enums.ts'
import { typeNames } from '../../src/compiler/elaborate/type-names.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { hover } from '../../src/service/hover.ts'
import { typeDocs, wordDocs } from '../../src/service/said/words.ts'
import { marked } from './marked.ts'

const s = suite('hover')

/** What is said at the mark, and of what. */
function said(text: string, files = {}): readonly [string, string] {
  const { analysis, offsets } = marked(text, files)
  const found = hover(analysis, offsets[0]!)
  return found ? [textOf(found.span), found.markdown] : ['', '']
}

/** Every one of these is in what is said at the mark. */
function expectSaid(text: string, name: string, ...parts: readonly string[]): void {
  const [of, markdown] = said(text)
  assert.is(of, name)
  for (const part of parts) assert.ok(markdown.includes(part), `${part} is not in:\n${markdown}`)
}

const model = (...lines: readonly string[]): string => ['model M {', '  input image: [32, 32, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join('\n')

s('a name says its shape, and where each extent of it comes from', () => {
  expectSaid(
    model('x = image |> conv(8, 3x3) |> pool.max(2)', 'output ‸y = x |> pool.max(3)'),
    'y', 'y: [5, 5, 8]', 'An output.', '- height and width 5: 32 (line 2) → 30 → 15 (line 3) → 5 (line 4), `floor((15 - 3) / 3) + 1 = 5`', '- channels 8: decided in line 3',
  )
})

s('of a sum its summands are said once', () => {
  const [, markdown] = said(model('a = conv(image, 4, 1x1)', 'output ‸y = fuse.concat(a, image)'))
  assert.ok(markdown.includes('- channels 7: 4 (line 3) + 3 (line 2)\n') || markdown.endsWith('- channels 7: 4 (line 3) + 3 (line 2)'), markdown)
})

s('a symbolic extent says what is known of it', () => {
  expectSaid('model M {\n  input image: [H, 8, 3] where H % 4 == 0\n  output y = relu(‸image)\n}\n', 'image', 'image: [H, 8, 3]', '- height H: decided in line 2, `H % 4 == 0`')
})

const block = `/// Halves a map.
///
/// - \`n\`: how many filters it gives
block F(x: [H, W, C], n: int, stride: int = 2) -> tensor {
  y = x |> conv(n, 1x1, stride:)
  return y
}
`

s('of a block that several calls give several shapes each is listed with its calls', () => {
  expectSaid(`${block.replace('y =', '‸y =')}${model('a = F(image, 4)', 'b = F(image, 8)', 'c = F(image, 8)', 'output d = fuse.concat(a, b, c)')}`,
    'y', 'y: [ceil(H / 2), ceil(W / 2), n]', '- `[16, 16, 4]` called in net.fmw:10', '- `[16, 16, 8]` called in net.fmw:11, net.fmw:12')
})

s('a shape that only the defaults of a block give is not said of calls that give something else', () => {
  expectSaid(`${block.replace('y =', '‸y =')}${model('a = F(image, 4)', 'output b = F(a, 4, 1)')}`, 'y', 'y: [16, 16, 4]')
  expectSaid(`${block.replace('y =', '‸y =')}${model('a = F(image, 4)', 'output b = F(a, 4, 4)')}`, 'y', 'y: 2 shapes', '- `[4, 4, 4]` called in net.fmw:11')
})

s('a call says what comes of it, its documentation, its parameters and multiply-adds', () => {
  expectSaid(`${block}${model('output a = ‸F(image, 4) as part')}`, 'F', 'gives `[16, 16, 4]`', '16 parameters, 3,072 multiply-adds; weights under `part`', 'block F(x: [H, W, C], n: int, stride: int = 2) -> tensor', 'Halves a map.')
})

s('a label says the same of what it stands behind, of all turns together', () => {
  const text = `${block}${model('x = image', 'for i in range(2) { x = x |> F(3) as ‸part }', 'output a = x')}`
  expectSaid(text, 'part', 'as part', 'gives `[16, 16, 3] … [8, 8, 3]`', 'together 24 parameters', '`part/0`, `part/1`')
})

s('a declaration says what all its calls make', () => {
  expectSaid(`${block.replace('F(', '‸F(')}${model('a = F(image, 4)', 'output b = F(a, 8)')}`, 'F', 'together 56 parameters')
  expectSaid(`${block}${model('output b = F(image, 8)').replace('M', '‸M')}`, 'M', '32 parameters')
})

s('the name of an argument, a word, and both of a short one', () => {
  expectSaid(model('output y = conv(image, 4, ‸stride: 2)'), 'stride', 'stride: size = 1', 'A parameter of `conv`.', 'from one window to the next')
  expectSaid(model('output y = conv(image, 4, padding: ‸same)'), 'same', 'padding: padding = valid', 'One of `valid`, `same`, `half`.')
  expectSaid(model('stride = 2', 'output y = conv(image, 4, ‸stride:)'), 'stride', 'stride: int 2', 'A parameter of `conv`.')
  expectSaid(`${block}${model('output y = F(image, ‸n: 4)')}`, 'n', 'how many filters it gives')
})

s('an op, a family, a keyword, a type, a member and a pipe', () => {
  expectSaid(model('output y = image |> pool.‸max(2)'), 'max', 'gives `[16, 16, 3]`', 'pool.max(', 'The largest element of each window')
  expectSaid(model('output y = image |> ‸relu'), 'relu', 'gives `[32, 32, 3]`', 'relu(')
  expectSaid(model('output y = image |> ‸pool.max(2)'), 'pool', '- `pool.max`: The largest element of each window')
  expectSaid(model('‸output y = image'), 'output', 'what a model gives')
  expectSaid(`${block.replace('n: int', 'n: ‸int')}`, 'int', 'A whole number')
  expectSaid(model('n = image.‸channels', 'output y = conv(image, n)'), 'channels', 'channels: int 3', 'The last extent')
  expectSaid(model('output y = image |> relu ‸|> pool.max(2)'), '|>', '|>: [32, 32, 3]')
})

s('what stands in a statement that cannot be read is known by its name', () => {
  expectSaid(model('x = image |> pool.max(2)', 'y = conv(‸x 4'), 'x', 'x: [16, 16, 3]')
  expectSaid(model('y = ‸conv(image 4'), 'conv', 'conv(')
})

s('each keyword and each type is described', () => {
  assert.equal([...wordDocs.keys()].sort(), keywords.map(({ PATTERN }) => String(PATTERN)).sort())
  assert.equal([...typeDocs.keys()].sort(), [...new Set([...typeNames, ...enums.keys()])].sort())
})

s('no place of no text makes it throw', () => {
  const texts = ['', 'model', `${block}${model('y = conv(image, 3', 'output z = y |> ')}`.replaceAll('\n', '\r\n'), '('.repeat(200)]
  for (const text of texts) {
    const { analysis } = marked(text)
    for (let at = 0; at <= text.length; at++) {
      const found = hover(analysis, at)
      if (found) assert.ok(found.span.start <= at && at <= found.span.end && found.span.end <= text.length)
    }
  }
})

s.run()
