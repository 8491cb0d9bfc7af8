import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { textOf } from '../../src/compiler/text/source.ts'
import { compileText } from '../compile-text.ts'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on what is unused')

const model = (body: string): string => `model M {\n  input x: [8, 8, 3]\n${body}\n}\n`

const unread: Readonly<Record<string, readonly [body: string, places: readonly string[]]>> = {
  'a value nothing mentions': ['  a = x |> relu\n  output y = x', ['a']],
  'a value that is assigned again before it is read': ['  a = x |> relu\n  a = x |> tanh\n  output y = a', ['a']],
  'what only gives itself a new value in a loop is read': ['  a = x\n  for _ in range(3) { a = a |> relu }\n  output y = x', []],
  'a value of a loop that no later turn reads': [
    '  a = x\n  for _ in range(3) {\n    b = a |> tanh\n    a = a |> relu\n  }\n  output y = a',
    ['b'],
  ],
  'one of several results': ['  a, b = split(x |> conv(4, 1x1), 2)\n  output y = b', ['a']],
  'a layer that nothing calls': ['  layer f = conv(_, 4)\n  output y = x', ['f']],
  'a value that only a comprehension with a name of its own seems to read': [
    '  a = 3\n  b = [for a in [1, 2]: a + 1]\n  require b.length == 2\n  output y = x',
    ['a'],
  ],
}

for (const [what, [body, places]] of Object.entries(unread)) {
  s(`unused-value: ${what}`, () => assert.equal(placesOf('lint/unused-value', model(body)), places))
}

const readSomewhere: Readonly<Record<string, string>> = {
  'a value read by the next turn of a loop':
    '  last = x\n  for _ in range(2) {\n    y = last |> relu\n    last = y\n  }\n  output z = last',
  'a value read in a branch that is not taken': '  a = x |> relu\n  z = x\n  if x.height > 99 { z = a }\n  output y = z',
  'a value whose new value one branch gives only': '  a = x |> relu\n  if x.height > 3 { a = x |> tanh }\n  output y = a',
  'a value read by a text': '  n = 3\n  require x.channels == 3, "{n} channels are wanted"\n  output y = x',
  'a value read by an argument that is called like it': '  stride = 2\n  output y = x |> conv(4, stride:)',
  'a value read as extent of a weight and by its initial value': '  n = 3\n  v = 0.5\n  param w: [n] = v\n  output y = x * w',
  'a value that is output under its name': '  y = x |> relu\n  output y',
  'a name with a leading _, and _': '  _kept = x |> relu\n  a, _ = split(x |> conv(4, 1x1), 2)\n  output y = a',
  'a list that is taken apart': '  [a, b] = [2, 3]\n  output y = x |> conv(a, b)',
}

for (const [what, body] of Object.entries(readSomewhere)) {
  s(`unused-value is silent: ${what}`, () => assert.equal(placesOf('lint/unused-value', model(body)), []))
}

s('unused-value: a label shows where the name is given another value, before the first was read', () => {
  const [finding] = findingsOf('lint/unused-value', model('  a = x |> relu\n  a = x |> tanh\n  output y = a'))
  assert.equal(
    finding!.labels.map(({ span, text }) => [span.source.text.slice(span.start, span.end), text]),
    [['a = x |> tanh', 'a is given another value here']],
  )
})

s('unused-value: a name that is given in both branches and read behind them', () => {
  const block =
    'block B(x: [H, W, C], deep: bool) -> [H, W, C] {\n  y = x\n  if deep { y = y |> relu } else { y = y |> tanh }\n  return y\n}\n'
  assert.equal(placesOf('lint/unused-value', `${block}model M {\n  input x: [8, 8, 3]\n  output y = B(x, true)\n}`), [])
})

s('unused-value: the fix takes the statement with its line, or one of several names, where no path of a weight changes', () => {
  assert.is(mended('lint/unused-value', model('  a = x |> conv(4)\n  output y = x')), model('  output y = x'))
  assert.is(
    mended('lint/unused-value', model('  a = x |> conv(4) output y = x')),
    model('  output y = x').replace('  output', ' output'),
  )
  assert.is(
    mended('lint/unused-value', model('  a, b = split(x |> conv(4, 1x1), 2)\n  output y = a')),
    model('  a, _ = split(x |> conv(4, 1x1), 2)\n  output y = a'),
  )
  const fixesOf = (body: string) => findingsOf('lint/unused-value', model(body)).map(({ fixes }) => fixes.length)
  assert.equal(fixesOf('  a, b = split(x |> conv(4, 1x1), 2)\n  output y = b'), [0], 'the weights would move from a/ to b/')
  assert.equal(fixesOf('  a = x |> conv(4)\n  a = x |> conv(8)\n  output y = a'), [0], 'the weights would move from a_2/ to a/')
})

const blocks = {
  'blocks.fmw': 'block A(x: [H, W, C]) -> like x { return relu(x) }\nblock B(x: [H, W, C]) -> like x { return tanh(x) }\n',
}

s('unread-parts: parts of a split that nothing reads, in a list of which others are read', () => {
  const parts = (body: string): readonly string[] => {
    const text = `model M(deep: bool = true) {\n  input x: [8, 8, 12]\n${body}\n}\n`
    return findingsOf('lint/unread-parts', text).map(({ message }) => message)
  }
  assert.equal(parts('  p = split(x, 3)\n  output y = p[0] + p[2]'), ['nothing reads part 1 of the 3 parts of this split'])
  assert.equal(parts('  p = x |> split(4)\n  output y = p[0]'), ['nothing reads parts 1, 2, 3 of the 4 parts of this split'])
  assert.equal(parts('  p = split(x, 3)\n  output y = fuse.add(...p)'), [])
  assert.equal(parts('  a, _, c = split(x, 3)\n  output y = a + c'), [])
  assert.equal(parts('  [a, b, c] = split(x, 3)\n  output y = a + c'), [])
  assert.equal(parts('  output y = split(x, 3)[0]'), [])
  assert.equal(parts('  p = split(x, 3)\n  y = p[0]\n  if deep { y = y + p[1] } else { y = y + p[2] }\n  output y'), [])
  assert.equal(parts('  p = split(x, 3)\n  output y = p[0] + (if deep then p[1] else p[2])'), [])
})

s('unread-parts: of a block, what no call reads', () => {
  const text = (body: string): string =>
    `block B(x: [H, W, C], at: int) -> tensor {\n  p = split(x, 3)\n  return p[at]\n}\nmodel M {\n  input x: [8, 8, 12]\n${body}\n}\n`
  assert.equal(placesOf('lint/unread-parts', text('  output y = B(x, 0) + B(x, 1) + B(x, 2)')), [])
  assert.equal(placesOf('lint/unread-parts', text('  output y = B(x, 0) + B(x, 1)')), ['split(x, 3)'])
})

s('unused-import: a name that nothing in the file mentions, and the fix takes it or the whole import', () => {
  const text = (names: string, step: string): string =>
    `import { ${names} } from "./blocks.fmw"\n${model(`  output y = x |> ${step}`)}`
  const check = (names: string, step: string): readonly string[] => placesOf('lint/unused-import', text(names, step), blocks)
  assert.equal([check('A, B', 'A'), check('A as C', 'relu'), check('A as B', 'B')], [['B'], ['C'], []])
  assert.is(mended('lint/unused-import', text('A, B', 'A'), blocks), text('A', 'A'))
  assert.is(mended('lint/unused-import', text('A, B', 'B'), blocks), text('B', 'B'))
  assert.is(mended('lint/unused-import', text('A', 'relu'), blocks), model('  output y = x |> relu'))
})

s('unused-import: what a parameter is given is used, and so may be a block where a model takes one', () => {
  const blocks = { 'blocks.fmw': 'block A(x: tensor) -> tensor { return relu(x) }\nconst N = 3\n' }
  const text = (parameter: string): string =>
    `import { A, N } from "./blocks.fmw"\nmodel M(${parameter}) {\n  input x: [8, 8, 3]\n  output y = x |> conv(n)\n}\n`
  const unused = (parameter: string, set: Readonly<Record<string, string>>): readonly string[] =>
    compileText(text(parameter), blocks, { set }).diagnostics.flatMap(({ code, span }) => (code === 'lint/unused-import' ? [textOf(span)] : []))
  assert.equal(unused('n: int = 4', {}), ['A', 'N'])
  assert.equal(unused('n: int = 4', { n: '2 * N' }), ['A'])
  assert.equal(unused('n: int = 4, step: block = relu', {}), ['N'])
})

s('unused-parameter is silent where a block is passed on to a parameter of the model', () => {
  const text = `block Plain(x: tensor, ratio: int) -> tensor { return relu(x) }
model M(unit: block = Plain) {
  input x: [8, 8, 3]
  output y = unit(Plain(x, 3), 3)
}
`
  const called = text.replace('block = Plain', 'block')
  const unread = (given: string, set: Readonly<Record<string, string>>): readonly string[] =>
    compileText(given, {}, { set }).diagnostics.flatMap(({ code, span }) => (code === 'lint/unused-parameter' ? [textOf(span)] : []))
  assert.equal(unread(called, { unit: 'Plain' }), [])
  assert.equal(unread(called, { unit: 'gather.shuffle' }), ['ratio'])
})

s('unused-import is silent in a file that is imported, of which others may take names', () => {
  const files = { ...blocks, 'some.fmw': 'import { A, B } from "./blocks.fmw"\nconst N = 3\n' }
  assert.equal(placesOf('lint/unused-import', `import { N } from "./some.fmw"\n${model('  output y = x |> conv(N)')}`, files), [])
  assert.equal(placesOf('lint/unused-import', files['some.fmw'], files), ['A', 'B'])
})

s(
  'unused-import is silent: a file that imports for others, a name another file takes from it, a block passed on, a constant in a shape',
  () => {
    const files = {
      ...blocks,
      'all.fmw': 'import { A, B } from "./blocks.fmw"\n',
      'some.fmw': 'import { A } from "./blocks.fmw"\nconst N = 3\n',
      'uses.fmw': 'import { N } from "./some.fmw"\nblock T(x: [H, W, N]) -> like x { return relu(x) }\n',
    }
    const text = `import { A, B } from "./all.fmw"\nimport { A as Other, N } from "./some.fmw"\nimport { T } from "./uses.fmw"
block Twice(x: [H, W, C], unit: block) -> like x { return x |> unit |> unit }
model M {
  input x: [8, 8, N]
  output y = x |> Twice(A) |> Twice(B) |> Other |> T
}`
    assert.equal(placesOf('lint/unused-import', text, files), [])
  },
)

const stage = (parameters: string, body: string, call: string): string =>
  `block Stage(${parameters}) -> tensor { ${body} }\nmodel M {\n  input x: [8, 8, 3]\n  output y = ${call}\n}\n`

const parameters: Readonly<Record<string, readonly [text: string, places: readonly string[]]>> = {
  'a number nothing reads': [stage('x: [H, W, C], width: int', 'return conv(x, 64)', 'Stage(x, 64)'), ['width']],
  'a second map of which nothing is read': [stage('x: [H, W, C], skip: [H, W, C]', 'return x', 'Stage(x, x)'), ['skip']],
  'a map of which an extent is read': [stage('x: [H, W, C], like: [A, B, D]', 'return resize(x, [A, B])', 'Stage(x, x)'), []],
  'a parameter that a default, a shape or the result reads': [
    stage('n: int, x: [H, W, n], m: int = n', 'return conv(x, m)', 'Stage(3, x)'),
    [],
  ],
  'a parameter with a leading _': [stage('x: tensor, _width: int', 'return x', 'Stage(x, 3)'), []],
  'a parameter of a block that is passed on': [
    'block Plain(x: tensor, width: int) -> tensor { return x }\nblock Twice(x: tensor, unit: block) -> tensor { return x |> unit(3) |> unit(3) }\n' +
      model('  output y = x |> Plain(3) |> Twice(Plain)'),
    [],
  ],
  'a parameter of a block with holes': [
    stage('x: tensor, width: int', 'return x', 'Stage(x, 3)')
      .replace('model M {', 'model M {\n  f = Stage(_, 4)')
      .replace('Stage(x, 3)', 'f(Stage(x, 3))'),
    [],
  ],
  'a block nobody calls': ['block Stage(x: tensor, width: int) -> tensor { return x }\n' + model('  output y = x'), []],
  'a parameter and an input of a model': [
    'model M(width: int = 3) {\n  input x: [8, 8, 3]\n  input depth: [8, 8, 1]\n  output y = x\n}',
    ['width', 'depth'],
  ],
  'an input that only a condition on it mentions': [
    'model M {\n  input x: [H, W, 3]\n  input z: [A, 1] where A % 2 == 0\n  output y = x\n}',
    ['z'],
  ],
  'an input whose size is read': [
    'model M {\n  input x: [H, W, 3]\n  input z: [A, B, 1]\n  output y = x |> resize([A, B])\n}',
    [],
  ],
  'an argument of a constant': ['const twice(n: int, m: int) = n + n\n' + model('  output y = x |> conv(twice(2, 3))'), ['m']],
}

for (const [what, [text, places]] of Object.entries(parameters)) {
  s(`unused-parameter${places.length === 0 ? ' is silent' : ''}: ${what}`, () =>
    assert.equal(placesOf('lint/unused-parameter', text), places),
  )
}

const two = 'block Two(x: [H, W, C]) -> (a: [H, W, 4], b: [H, W, 4]) { return conv(x, 4, 1x1), conv(x, 4, 1x1) }\n'

const weights: Readonly<Record<string, readonly [text: string, places: readonly string[]]>> = {
  'a param that nothing reads': [model('  param gain: [3] = ones\n  output y = x'), ['gain']],
  'a convolution of whose result only the size is read': [
    model('  small = x |> conv(4, stride: 2)\n  output y = x |> resize(like: small)'),
    ['conv(4, stride: 2)'],
  ],
  'a list of which one element is read, made apart': [
    model('  a = [x |> conv(4), x |> conv(5)]\n  output y = a[0]'),
    ['conv(5)'],
  ],
  'a value that is unread itself is left to unused-value': [model('  a = x |> conv(4)\n  b = a |> relu\n  output y = x'), []],
  'a block of which one result is used': [two + model('  a, _ = Two(x)\n  output y = a'), []],
  'a block of whose results only sizes are read': [
    two + model('  r = Two(x)\n  output y = x |> resize([r.a.height, r.b.width])'),
    ['Two(x)'],
  ],
  'a branch that another setting reads': [
    'model M(deep: bool = false) {\n  input x: [8, 8, 3]\n  a = x |> conv(4)\n  b = a |> relu\n  output y = if deep then b else x\n}',
    [],
  ],
  'an auxiliary output that a setting adds': [
    'model M(deep: bool = false) {\n  input x: [8, 8, 3]\n  a = x |> conv(4)\n  if deep { output z = a }\n  output y = x\n}',
    [],
  ],
  'a layer whose other use is read': [
    model('  layer f = conv(_, 4)\n  a = f(x)\n  b = f(x)\n  output y = b |> resize(like: a)'),
    [],
  ],
  'moving statistics': [model('  output y = x |> norm.batch'), []],
}

for (const [what, [text, places]] of Object.entries(weights)) {
  s(`unused-weight${places.length === 0 ? ' is silent' : ''}: ${what}`, () =>
    assert.equal(placesOf('lint/unused-weight', text), places),
  )
}

s('unused-weight counts the numbers, and takes a statement out', () => {
  const [finding] = findingsOf('lint/unused-weight', weights['a convolution of whose result only the size is read']![0])
  assert.is(finding!.message, 'no output needs any of the 112 weights made here')
  assert.is(mended('lint/unused-weight', model('  param gain: [3] = ones\n  output y = x')), model('  output y = x'))
})

s.run()
