import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on what changes nothing')

const model = (body: string, before = '', parameters = ''): string =>
  `${before}model M${parameters} {\n  input x: [8, 8, 3]\n${body}\n}\n`

/** For each rule what it finds, and at which text. */
const found = {
  'lint/idle-op': {
    'a pooling of single elements': [
      '  output y = x |> pool.max(1) |> pool.avg(1x1, stride: 1)',
      ['pool.max(1)', 'pool.avg(1x1, stride: 1)'],
    ],
    'a resize by 1': ['  output y = x |> resize(scale: 1.0)', ['resize(scale: 1.0)']],
    'a padding by nothing': [
      '  output y = x |> pad(0) |> pad([0, 0]) |> pad([[0, 0], [0, 0]], mode: reflect)',
      ['pad(0)', 'pad([0, 0])', 'pad([[0, 0], [0, 0]], mode: reflect)'],
    ],
    'a dropout of nothing': ['  output y = dropout(x, rate: 0.0)', ['dropout(x, rate: 0.0)']],
    'axes in their order': ['  output y = x |> transpose([0, 1, 2])', ['transpose([0, 1, 2])']],
    'under a freeze and in a layer': [
      '  layer f = pad(_, 0)\n  output y = x |> f |> freeze dropout(0)',
      ['pad(_, 0)', 'dropout(0)'],
    ],
  },
  'lint/flatten-of-vector': {
    'behind a global pooling and a dense layer': [
      '  output y = x |> pool.global |> flatten |> dense(4) |> flatten',
      ['flatten', 'flatten'],
    ],
    twice: ['  output y = flatten(flatten(x))', ['flatten(flatten(x))']],
  },
  'lint/norm-twice': {
    'one directly behind another': ['  output y = x |> norm.batch |> norm.batch', ['norm.batch']],
    'a name between': ['  a = norm.batch(x)\n  output y = norm.batch(a, scale: false)', ['norm.batch(a, scale: false)']],
  },
  'lint/skipped-places': {
    'a convolution and a pooling': [
      '  output y = x |> conv(8, 2x2, stride: 3)\n  output z = x |> pool.max(2, stride: 3)',
      ['conv(8, 2x2, stride: 3)', 'pool.max(2, stride: 3)'],
    ],
    'along one axis': ['  output y = x |> conv.depthwise([3, 2], stride: [2, 3])', ['conv.depthwise([3, 2], stride: [2, 3])']],
  },
  'lint/weights-on-padding': {
    'a dilation as large as the map': [
      '  output y = x |> conv(8, 3x3, padding: same, dilation: 8)',
      ['conv(8, 3x3, padding: same, dilation: 8)'],
    ],
    'a kernel of more than twice the map': [
      '  output y = x |> pool.max(8) |> conv.depthwise(3x3, padding: half)',
      ['conv.depthwise(3x3, padding: half)'],
    ],
  },
  'lint/unused-loop-variable': {
    'values that are written and not read': [
      '  for width in [8, 16] { x = x |> conv(8, padding: same) }\n  output y = x',
      ['width'],
    ],
    'one of several names': [
      '  stages = [[8, 1], [16, 2]]\n  for [width, stride] in stages { x = x |> conv(width, padding: same) }\n  output y = x',
      ['stride'],
    ],
    'a comprehension': ['  output y = fuse.concat(...[for k in [1, 3]: x |> conv(4, 3, padding: same)])', ['k']],
    'the index of an enumeration': [
      '  output y = fuse.concat(...[for [i, k] in enumerate([1, 3]): x |> conv(4, k, padding: same)])',
      ['i'],
    ],
  },
  'lint/same-operands': {
    'a difference and a quotient': ['  output y = x - x\n  output z = x / x', ['x', 'x']],
    fusions: ['  output a = fuse.max(x, x)\n  output b = fuse.sub(x, x)\n  output c = fuse.convex(x, x, x)', ['x', 'x', 'x']],
    'fusions with names and settings': [
      '  output a = fuse.average(x, x, per: channel)\n  output b = fuse.sub(a: x, b: x)\n  output c = fuse.average(x, x, channel)',
      ['x', 'x', 'x'],
    ],
    'a part of a value': ['  n = x.shape\n  output y = x * (x.height / x.height) * n[0]', ['x.height']],
  },
} as const

for (const [code, cases] of Object.entries(found) as [
  keyof typeof found,
  Record<string, readonly [string, readonly string[]]>,
][]) {
  for (const [what, [body, places]] of Object.entries(cases))
    s(`${code.slice(5)}: ${what}`, () => assert.equal(placesOf(code, model(body)), places))
}

const head = 'block Head(x: tensor) -> tensor { return x |> flatten |> dense(4) }\n'

/** For each rule what comes near and is left alone. */
const silent = {
  'lint/idle-op': {
    'a window that moves by more': model('  output y = x |> pool.max(1, stride: 2)'),
    'numbers that a parameter decides': model(
      '  output y = x |> dropout(rate) |> pad(border) |> resize(scale: scale)',
      '',
      '(rate: float = 0.0, border: int = 0, scale: float = 1.0)',
    ),
    'a block of the file with the same name': model(
      '  output y = x |> pad(0)',
      'block pad(x: tensor, n: int) -> tensor { return x + n }\n',
    ),
    'a value with the same name': model('  pad = conv(_, 4, 1x1)\n  output y = x |> pad(activation: relu)'),
    'what does something': model(
      '  output y = x |> pad([0, 1]) |> resize(scale: 2) |> transpose([1, 0, 2]) |> dropout(0.5) |> pool.avg([1, 2])',
    ),
  },
  'lint/flatten-of-vector': {
    'a map': model('  output y = x |> flatten'),
    'a map in one turn of a loop': model(
      '  for _ in range(2) { x = x |> flatten |> dense(8, activation: relu) }\n  output y = x',
    ),
    'a block, which may be given a map elsewhere': model('  output y = x |> pool.global |> Head', head),
    'a step that a setting chooses': model('  output y = x |> pool |> flatten', '', '(pool: block = pool.global)')
      .replace('x |> pool |>', 'x |> pool_by |>')
      .replace('(pool:', '(pool_by:'),
    'a value that a setting chooses': model(
      '  a = if deep then pool.global(x) else x\n  output y = flatten(a)',
      '',
      '(deep: bool = true)',
    ),
    'a matrix': model('  output y = x |> reshape([64, 3]) |> dense(4) |> flatten'),
  },
  'lint/norm-twice': {
    'a layer between': model('  output y = x |> norm.batch |> conv(4, bias: false) |> norm.batch'),
    'an activation between': model('  output y = x |> norm.batch |> relu |> norm.batch'),
    'a frozen one, which is a constant scale': model('  output y = x |> freeze norm.batch |> norm.batch'),
    'another normalisation': model('  output y = x |> norm.batch |> norm.instance'),
  },
  'lint/skipped-places': {
    'a shortcut that thins out': model('  output y = x |> conv(8, 1x1, stride: 2) |> pool.max(1, stride: 2)'),
    'a window of one row': model('  output y = x |> conv(8, [1, 3], stride: 2)'),
    'windows side by side': model('  output y = x |> conv(8, 4x4, stride: 4)'),
    'windows with room inside': model('  output y = x |> conv(8, 2x2, stride: 3, dilation: 2)'),
  },
  'lint/weights-on-padding': {
    'a size that is known later':
      'model M {\n  input x: [H, W, 3]\n  output y = x |> conv(8, 3x3, padding: same, dilation: 8)\n}\n',
    'a kernel that just reaches the map': model('  output y = x |> conv(8, 15x15, padding: same)'),
    'no padding': model('  output y = x |> conv(8, 8x8)'),
    'a block that meets a larger map elsewhere': model(
      '  a = x |> F\n  output y = a |> pool.max(8) |> F',
      'block F(x: [H, W, C]) -> [H, W, C] { return x |> conv(C, 3x3, padding: same, activation: relu) }\n',
    ),
  },
  'lint/unused-loop-variable': {
    'a range that counts': model('  for i in range(3) { x = x |> conv(8, padding: same) }\n  output y = x'),
    'a list that counts': model('  maps = [x, x]\n  output y = fuse.concat(...[for map in maps: x |> conv(4)])'),
    'a text that mentions it': model('  for k in [1, 3] { require x.channels == 3, "not {k}" }\n  output y = x'),
    'a later list and a filter': model(
      '  output y = fuse.concat(...[for a in [1, 2] for b in [a, 3] if b > 0: x |> conv(b, 1x1)])',
    ),
    'a name that begins with _': model('  for [_stride, width] in [[1, 8]] { x = x |> conv(width) }\n  output y = x'),
    'a layer and a weight in the loop': model(
      '  for [k, n] in [[1, 3]] {\n    layer f = conv(_, n, k)\n    param g: [n] = ones\n    x = f(x) * g\n  }\n  output y = x',
    ),
  },
  'lint/same-operands': {
    'sums, products and copies': model('  output y = fuse.concat(x, x, x)\n  output z = x * x + x\n  output a = fuse.add(x, x)'),
    'a chain that takes a value away that is not its first': model('  a = x |> tanh\n  output y = x - a - a'),
    'calls, which make weights of their own': model('  output y = conv(x, 4) - conv(x, 4)'),
    'two of what is piped into a third': model('  a = x |> tanh\n  output y = x |> fuse.max(a, a)'),
    'different maps': model('  a = x |> tanh\n  output y = fuse.max(x, a)\n  output z = fuse.mean(x, x, a)'),
  },
} as const

for (const [code, cases] of Object.entries(silent) as [keyof typeof silent, Record<string, string>][]) {
  for (const [what, text] of Object.entries(cases))
    s(`${code.slice(5)}: silent on ${what}`, () => assert.equal(placesOf(code, text), []))
}

const mends: Readonly<Record<string, readonly [code: keyof typeof found, body: string, after: string]>> = {
  'a step is removed': ['lint/idle-op', '  output y = x |> conv(4) |> pool.max(1) |> relu', '  output y = x |> conv(4) |> relu'],
  'a step is removed with its line': [
    'lint/idle-op',
    '  output y = x\n    |> pad(0)\n    |> relu',
    '  output y = x\n    |> relu',
  ],
  'a flatten is removed': [
    'lint/flatten-of-vector',
    '  output y = x |> pool.global |> flatten |> dense(2)',
    '  output y = x |> pool.global |> dense(2)',
  ],
  'a name that is not wanted is left out': [
    'lint/unused-loop-variable',
    '  for [width, n] in [[8, 1]] { x = x |> conv(width) }\n  output y = x',
    '  for [width, _] in [[8, 1]] { x = x |> conv(width) }\n  output y = x',
  ],
}

for (const [what, [code, body, after]] of Object.entries(mends))
  s(`fix: ${what}`, () => assert.is(mended(code, model(body)), model(after)))

s('skipped-places: says how much is skipped', () => {
  const [finding] = findingsOf('lint/skipped-places', model('  output y = x |> conv(8, 2x2, stride: 5, padding: same)'))
  assert.is(finding!.message, 'conv skips 3 rows and columns between its windows: a stride of 5 is more than the 2 they cover')
})

s('weights-on-padding: says how many of how many weights never meet which map', () => {
  const [finding] = findingsOf('lint/weights-on-padding', model('  output y = x |> conv(8, 3x3, padding: same, dilation: 8)'))
  assert.is(
    finding!.message,
    'conv: 8 of the 9 taps of its kernel of 3x3 with dilation 8 always lie on the padding around a map of height 8',
  )
})

s.run()
