import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import { compileText, graphOf } from '../compile-text.ts'

const s = suite('the where that a model misses')

function applied(text: string, { edits }: Fix): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((edited, { span, text: inserted }) => edited.slice(0, span.start) + inserted + edited.slice(span.end), text)
}

const level = `block Level(x: [H, W, C], depth: int) -> [H, W, C] {
  if depth == 0 { return x }
  up = x |> pool.max(2) |> Level(depth - 1) |> conv.transpose(C, 2x2, stride: 2)
  return fuse.add(x, up)
}`

const backbone = `model Backbone {
  input image: [H, W, 3] where H % 8 == 0, W % 8 == 0
  output y = image |> pool.max(8)
}`

const net = (inputs: string, ...body: readonly string[]): string =>
  `${level}\n${backbone}\nmodel Net {\n  ${inputs}\n  ${body.join('\n  ')}\n}`

/** What it is about, the model, and its inputs once the fix is applied. */
const cases: readonly (readonly [what: string, text: string, inputs: string])[] = [
  [
    'a recursion of four halvings',
    net('input x: [H, W, 3]', 'output y = Level(x, 4)'),
    'input x: [H, W, 3] where H % 16 == 0, W % 16 == 0',
  ],
  [
    'a where that is too weak',
    net('input x: [H, W, 3] where H % 8 == 0, W % 8 == 0', 'output y = Level(x, 4)'),
    'input x: [H, W, 3] where H % 16 == 0, W % 16 == 0',
  ],
  [
    'what is missed once the first is known',
    net('input x: [H, W, 3]', 'a = Level(x, 1)', 'b = Level(a, 3)', 'output y = b |> slice([0, 0, 0], [20, 16, 3])'),
    'input x: [H, W, 3] where H % 8 == 0, H >= 24, W % 8 == 0, W >= 16',
  ],
  [
    'a model that is called',
    net('input x: [H, W, 3]', 'output y = Backbone(x)'),
    'input x: [H, W, 3] where H % 8 == 0, W % 8 == 0',
  ],
  [
    'an odd size',
    net(
      'input x: [H, 9, 3]',
      'y = x |> conv(3, 3x1, stride: [2, 1]) |> conv.transpose(3, 3x1, stride: [2, 1], padding: valid)',
      'output z = x + y',
    ),
    'input x: [H, 9, 3] where H % 2 == 1',
  ],
  [
    'one extent of two names',
    net('input x: [H, W, 3]', 'output y = x + transpose(x, [1, 0, 2])'),
    'input x: [H, W, 3] where W == H',
  ],
  [
    'a condition on either name of one extent',
    net('input x: [H, W, 3] where H == W, H % 2 == 0', 'output y = Level(x, 2)'),
    'input x: [H, W, 3] where H == W, W % 4 == 0',
  ],
  [
    'two inputs of one size',
    net('input a: [H, W, 3]\n  input b: [h, w, 3]', 'output y = a + b'),
    'input a: [H, W, 3]\n  input b: [h, w, 3] where h == H, w == W',
  ],
  [
    'a map that another is cut to',
    net('input x: [H, W, 3]\n  input b: [h, w, 3]', 'output y = x |> crop(like: b)'),
    'input x: [H, W, 3]\n  input b: [h, w, 3] where H >= h, W >= w',
  ],
  [
    'an input twice as large',
    net('input x: [H, W, 3]\n  input b: [h, w, 3]', 'output y = x + (b |> resize(scale: 2))'),
    'input x: [H, W, 3]\n  input b: [h, w, 3] where H == 2*h, W == 2*w',
  ],
  [
    'an input half as large',
    net('input x: [H, 8, 3]\n  input b: [h, 4, 3]', 'output y = pool.max(x, 2) + b'),
    'input x: [H, 8, 3]\n  input b: [h, 4, 3] where h == floor(H / 2)',
  ],
  [
    'a fixed size',
    net('input x: [H, W, 3]\n  input b: [32, W, 3]', 'output y = x + b'),
    'input x: [H, W, 3] where H == 32\n  input b: [32, W, 3]',
  ],
  [
    'what a block requires',
    `block Even(x: [H, W, C]) -> [_, _, C] {\n  require H % 6 == 0\n  return x |> pool.max(2)\n}\n${net('input x: [H, W, 3]', 'output y = Even(x)')}`,
    'input x: [H, W, 3] where H % 6 == 0',
  ],
  [
    'an extent that has to be whole',
    net('input x: [H, W, 3]', 'output y = x |> resize(to: [H / 2, W])'),
    'input x: [H, W, 3] where H % 2 == 0',
  ],
]

for (const [what, text, inputs] of cases) {
  s(`${what}: the fix says it all at once, and with it the model checks`, () => {
    const { diagnostics } = compileText(text, {}, { model: 'Net' })
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    assert.is(errors.length, 1, errors.map(({ message }) => message).join('\n'))
    const [error] = errors
    assert.match([error!.message, ...error!.notes].join('\n'), /for [HWh] = \d+/, 'it says a size that fails')
    assert.is(error!.fixes.length, 1)
    const fixed = applied(text, error!.fixes[0]!)
    assert.is(
      fixed
        .slice(fixed.indexOf('input', fixed.indexOf('model Net')))
        .split('\n  ')
        .slice(0, inputs.split('\n').length)
        .join('\n  '),
      inputs,
    )
    graphOf(fixed, {}, { model: 'Net' })
  })
}

s('is proposed for the claims that it settles, beside one that nothing settles', () => {
  const text = net('input x: [H, W, 3]', 'a = x |> reshape([5, 5, 7])', 'b = Level(x, 1)', 'output y = Level(x, 2)')
  const { diagnostics } = compileText(text, {}, { model: 'Net' })
  const said = diagnostics.filter(({ severity }) => severity === 'error').map(({ fixes }) => fixes.map(({ title }) => title))
  assert.equal(said, [['require it of the input: input x: [H, W, 3] where H % 4 == 0, W % 4 == 0'], []])
})

s('of two conditions joined by and, both are known, and both are required', () => {
  graphOf(
    net('input x: [H, W, 3] where H % 4 == 0 and W % 4 == 0', 'require H % 2 == 0 and W % 2 == 0', 'output y = Level(x, 2)'),
    {},
    { model: 'Net' },
  )
})

s('an extent may equal an expression of one that is declared later, in a circle it may not', () => {
  graphOf(
    net('input x: [H, 8, 3]\n  input b: [h, 4, 3] where H == 2 * h', 'output y = x + (b |> resize(scale: 2))'),
    {},
    { model: 'Net' },
  )
  const { diagnostics } = compileText(
    net('input x: [H, 8, 3]\n  input b: [h, 8, 3] where H == 2 * h, h == H / 2', 'output y = x'),
    {},
    { model: 'Net' },
  )
  assert.equal(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code), ['name/unknown'])
})

s('is not proposed where another mistake would follow from it', () => {
  const text = net(
    'input x: [H, W, 3]',
    'a = Level(x, 1)',
    'b = a |> conv(3, 3x3, stride: 2) |> conv.transpose(3, 3x3, stride: 2)',
    'output y = a + b',
  )
  const { diagnostics } = compileText(text, {}, { model: 'Net' })
  assert.equal(diagnostics.map(({ code, fixes }) => [code, fixes.length]), [['shape/not-provable', 0]])
})

s('of a condition that is met already nothing is missed', () => {
  graphOf(
    net('input x: [H, W, 3] where H == W, 16 <= H, W % 4 == 0', 'output y = Level(x, 2) |> slice([0, 0, 0], [16, 16, 3])'),
    {},
    { model: 'Net' },
  )
})

/** How sure the fixes are of a model with these lines. */
const safetyOf = (...lines: readonly string[]): readonly string[] =>
  compileText(`model M {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`).diagnostics.flatMap(({ fixes }) => fixes.map(({ safety }) => safety))

s('a where is safe where the model is wrong for every size that it excludes', () => {
  assert.equal(safetyOf('input x: [H, W, 3]', 'output y = x + (x |> pool.max(8) |> resize(scale: 8))'), ['safe'])
  assert.equal(safetyOf('input x: [H, W, 3]', 'input m: [h, w, 1]', 'output y = fuse.concat(x, m)'), ['safe'])
})

s('it is not where it changes what is said of an extent, which was meant; what is said of the other one does not matter', () => {
  const enlarged = (where: string, by: number): readonly string[] =>
    safetyOf(`input x: [H, W, 3] where ${where}`, `output y = x + (x |> pool.max(${by}) |> resize(scale: ${by}))`)
  assert.equal(enlarged('H % 2 == 0, W % 2 == 0', 4), ['unsafe'])
  assert.equal(enlarged('H >= 8', 2), ['unsafe'])
  assert.equal(enlarged('W == H', 2), ['unsafe'])
  assert.equal(enlarged('H % 2 == 0', 2), ['safe'])
  assert.equal(safetyOf('input x: [H, W, 3] where H >= 8', 'output y = x[0:16, 0:16, :]'), ['unsafe'])
})

s('it is not where some of these are as good: a single row is stretched to any', () => {
  assert.equal(safetyOf('input x: [H, W, 3]', 'input m: [h, w, 1]', 'output y = x * m'), ['unsafe'])
  assert.equal(
    safetyOf('input x: [H, W, 3]', 'output y = x + (x |> reduce.mean(axis: [0, 1], keep: true) |> resize(to: [7, 7]))'),
    ['unsafe'],
  )
})

s.run()
