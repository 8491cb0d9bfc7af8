import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on linear layers')

const model = (body: string, before = ''): string => `${before}model M {\n  input x: [16, 16, 6]\n${body}\n}\n`

/** For each rule what it finds, and at which text. */
const found = {
  'lint/bias-before-norm': {
    'a convolution in a pipe': ['  output y = x |> conv(8, 3x3) |> norm.batch |> relu', ['conv(8, 3x3)']],
    'a depthwise, a separable and a transposed one': [
      '  a = x |> conv.depthwise(3x3) |> norm.batch\n  b = a |> conv.separable(8, 3x3) |> norm.batch\n  output y = b |> conv.transpose(8) |> norm.batch',
      ['conv.depthwise(3x3)', 'conv.separable(8, 3x3)', 'conv.transpose(8)'],
    ],
    'a dense layer': ['  output y = x |> pool.global |> dense(8) |> norm.batch |> dense(2)', ['dense(8)']],
    'a bias of its own': [
      '  param b: [6] = zeros\n  param k: [3, 3, 6, 6] = he_normal\n  output y = conv2d(x, k) + b |> norm.batch',
      ['conv2d(x, k) + b'],
    ],
    'a layer whose uses are all normalised': [
      '  layer f = conv(_, 8)\n  output y = fuse.add(norm.batch(f(x)), norm.batch(f(x |> relu)))',
      ['f(x)', 'f(x |> relu)'],
    ],
    'a name between': ['  a = x |> conv(8)\n  output y = norm.batch(a)', ['conv(8)']],
  },
  'lint/linear-chain': {
    'convolutions of several rows and columns': ['  output y = x |> conv(8, 3x3) |> conv(8, 3x3)', ['conv(8, 3x3)']],
    'dense layers': ['  output y = x |> flatten |> dense(64) |> dense(10)', ['dense(10)']],
    'layers that widen': ['  output y = x |> pool.global |> dense(32, bias: false) |> dense(64)', ['dense(64)']],
    'three in a row, twice': [
      '  output y = x |> conv(8, 3x3) |> conv(8, 3x3, stride: 2) |> conv(8, 3x3)',
      ['conv(8, 3x3, stride: 2)', 'conv(8, 3x3)'],
    ],
  },
  'lint/equal-filters': {
    'ones before ones': ['  output y = x |> conv(8, init: ones, activation: relu) |> conv(4, 1x1, init: ones)', ['conv(8, init: ones, activation: relu)']],
    'zeros, a normalisation and a pooling between': [
      '  output y = x |> conv(8, init: zeros, bias: false) |> norm.batch |> relu |> pool.max(2) |> conv(4, 1x1, init: zeros)',
      ['conv(8, init: zeros, bias: false)'],
    ],
    'dense layers': ['  output y = x |> pool.global |> dense(8, init: 0.5, activation: tanh) |> dense(2, init: 0.1)', ['dense(8, init: 0.5, activation: tanh)']],
  },
  'lint/even-kernel-same': {
    'two rows and columns': ['  output y = x |> conv(8, 2x2, padding: same)', ['conv(8, 2x2, padding: same)']],
    'an even width': ['  output y = x |> conv(8, [3, 4], padding: same)', ['conv(8, [3, 4], padding: same)']],
    'a depthwise and a separable one': [
      '  output y = x |> conv.depthwise(4x4, padding: same) |> relu |> conv.separable(8, 2x2, padding: same)',
      ['conv.depthwise(4x4, padding: same)', 'conv.separable(8, 2x2, padding: same)'],
    ],
    'an odd dilation': [
      '  output y = x |> conv(8, 2x2, padding: same, dilation: 3)',
      ['conv(8, 2x2, padding: same, dilation: 3)'],
    ],
  },
  'lint/one-convolution': {
    'kernels of several sizes': [
      '  output y = conv(x, 8, 1x1) + conv(x, 8, 3x3, padding: same) + conv(x, 8, 5x5, padding: same)',
      ['conv(x, 8, 1x1) + conv(x, 8, 3x3, padding: same) + conv(x, 8, 5x5, padding: same)'],
    ],
    'a small kernel that is read at the border of the large one': [
      '  output y = conv(x, 8, 3x3, padding: same, stride: 2) + conv(x, 8, 1x1, stride: 2)',
      ['conv(x, 8, 3x3, padding: same, stride: 2) + conv(x, 8, 1x1, stride: 2)'],
    ],
    'a convex combination': ['  output y = fuse.convex(conv(x, 8), conv(x, 8))', ['fuse.convex(conv(x, 8), conv(x, 8))']],
    'a given one': [
      '  output y = fuse.static(conv(x, 8), conv(x, 8), [0.3, 0.7])',
      ['fuse.static(conv(x, 8), conv(x, 8), [0.3, 0.7])'],
    ],
    'a trained average': [
      '  output y = fuse.average(conv(x, 8), conv(x, 8), per: channel)',
      ['fuse.average(conv(x, 8), conv(x, 8), per: channel)'],
    ],
    'a sum, a mean, a difference': [
      '  output a = fuse.add(conv(x, 8), conv(x, 8))\n  output b = fuse.mean(conv(x, 8), conv(x, 8), conv(x, 8))\n  output c = conv(x, 8) - conv(x, 8)',
      ['fuse.add(conv(x, 8), conv(x, 8))', 'fuse.mean(conv(x, 8), conv(x, 8), conv(x, 8))', 'conv(x, 8) - conv(x, 8)'],
    ],
    'two of three summands': [
      '  output y = fuse.add(conv(x, 6, padding: same), x, conv(x, 6, padding: same))',
      ['fuse.add(conv(x, 6, padding: same), x, conv(x, 6, padding: same))'],
    ],
    'a normalised fusion': ['  output y = fuse.normalized(conv(x, 8), conv(x, 8))', ['fuse.normalized(conv(x, 8), conv(x, 8))']],
    'weights for each channel': [
      '  output y = fuse.add(conv(x, 8) |> weight.learned, conv(x, 8) |> gather.gate)',
      ['fuse.add(conv(x, 8) |> weight.learned, conv(x, 8) |> gather.gate)'],
    ],
  },
  'lint/filters-gathered-away': {
    'a choice of channels': ['  output y = x |> conv(32) |> gather.channels([3, 5])', ['conv(32)']],
    'a choice behind an activation, a normalisation and a pooling': [
      '  output y = x |> conv(32, bias: false) |> norm.batch |> relu |> pool.max(2) |> gather.channels([3, 5])',
      ['conv(32, bias: false)'],
    ],
    'several choices that leave some out': [
      '  a = x |> conv(8)\n  output y = a |> gather.channels([0, 1, 2])\n  output z = a |> gather.channels([2, 3])',
      ['conv(8)'],
    ],
    'a slice': ['  output y = slice(x |> conv(8, padding: same), [0, 0, 0], [16, 16, 4])', ['conv(8, padding: same)']],
    'units of a dense layer': ['  output y = x |> pool.global |> dense(8) |> gather.channels([0])', ['dense(8)']],
  },
} as const

for (const [code, cases] of Object.entries(found) as [
  keyof typeof found,
  Record<string, readonly [string, readonly string[]]>,
][]) {
  for (const [what, [body, places]] of Object.entries(cases)) {
    s(`${code.slice(5)}: ${what}`, () => assert.equal(placesOf(code, model(body)), places))
  }
}

/** For each rule what comes near and is left alone. */
const silent = {
  'lint/bias-before-norm': {
    'a convolution without a bias': '  output y = x |> conv(8, bias: false) |> norm.batch',
    'an activation between': '  output y = x |> conv(8, activation: relu) |> norm.batch',
    'a second reader of the biased map': '  a = x |> conv(8)\n  output y = fuse.add(norm.batch(a), a)',
    'a biased map that is an output': '  output a = x |> conv(8)\n  output y = norm.batch(a)',
    'a frozen normalisation, which uses the statistics of a file': '  output y = x |> conv(8) |> freeze norm.batch',
    'normalisation by statistics of the sample, which biases reach': '  output y = x |> conv(8) |> norm.layer',
    'a layer that is also used without a normalisation':
      '  layer f = conv(_, 8)\n  output y = fuse.add(norm.batch(f(x)), f(x |> relu))',
    'biases that each sample mixes': '  output y = x |> conv.dynamic(8) |> norm.batch',
    'a block of the library that has no bias to leave out': '  output y = fuse.project(x, x |> relu, filters: 8) |> norm.batch',
    'a bias that is added to something else than a layer': '  param b: [6] = zeros\n  output y = x * x + b |> norm.batch',
  },
  'lint/equal-filters': {
    'one layer of zeros, at the end of a residual branch': '  y = x |> conv(8, 3x3, padding: same, activation: relu) |> conv(6, 1x1, init: zeros)\n  output z = x + y',
    'one layer of ones among others': '  output y = x |> conv(8, init: ones, activation: relu) |> conv(4, 1x1)',
    'a single filter': '  output y = x |> conv(1, init: ones, activation: relu) |> conv(4, 1x1, init: ones)',
    'a dropout between, which drops some of them': '  output y = x |> conv(8, init: ones) |> relu |> dropout(0.5) |> conv(4, 1x1, init: ones)',
    'frozen averages': '  output y = x |> freeze conv(8, init: ones) |> relu |> conv(4, 1x1, init: ones)',
    'filters that others read too': '  a = x |> conv(8, init: ones, activation: relu)\n  output y = a |> conv(4, 1x1, init: ones)\n  output z = a |> conv(4, 1x1)',
    'factors of their own behind them': '  output y = x |> conv(3, init: ones) |> weight.static([0.2, 0.3, 0.5]) |> conv(4, 1x1, init: ones)',
  },
  'lint/linear-chain': {
    'an activation between': '  output y = x |> conv(8, 3x3) |> relu |> conv(8, 3x3)',
    'a normalisation between': '  output y = x |> conv(8, 3x3, bias: false) |> norm.batch |> conv(8, 3x3)',
    'a pooling or a dropout between':
      '  output y = x |> conv(8, 3x3) |> pool.max(2) |> conv(8, 3x3) |> dropout(0.5) |> conv(8, 3x3)',
    'a narrow middle, which is a factorisation': '  output y = x |> flatten |> dense(4) |> dense(64)',
    projections: '  output y = x |> conv(8, 1x1) |> conv(8, 3x3) |> conv(16, 1x1)',
    'a window cut into rows and columns': '  output y = x |> conv(8, [1, 3]) |> conv(8, [3, 1])',
    'a separable convolution, by name and by hand':
      '  output y = x |> conv.separable(8, 3x3) |> relu |> conv.depthwise(3x3) |> conv(8, 1x1)',
    'a map that others read too': '  a = x |> conv(8, 3x3)\n  output y = a |> conv(8, 3x3)\n  output z = a |> relu',
    'grouped ones': '  output y = x |> conv(8, 3x3, groups: 2) |> conv(8, 3x3)',
    'a layer that is used twice': '  layer f = conv(_, 6, 3x3, padding: same)\n  output y = x |> f |> f',
    'a frozen one': '  output y = x |> freeze conv(8, 3x3) |> conv(8, 3x3)',
    'a sum between': '  a = x |> conv(6, 3x3, padding: same)\n  output y = fuse.add(x, a) |> conv(8, 3x3)',
  },
  'lint/even-kernel-same': {
    'an odd kernel': '  output y = x |> conv(8, 3x3, padding: same)',
    'another padding': '  output y = x |> conv(8, 2x2) |> relu |> conv(8, 2x2, padding: [[1, 0], [1, 0]])',
    'a stride, where there is no middle to keep': '  output y = x |> conv(8, 4x4, stride: 2, padding: same)',
    'an even dilation': '  output y = x |> conv(8, 2x2, padding: same, dilation: 2)',
    'a pooling': '  output y = x |> pool.max(2, stride: 1, padding: same)',
  },
  'lint/one-convolution': {
    'an activation behind each': '  output y = fuse.add(conv(x, 8, activation: relu), conv(x, 8, activation: relu))',
    'a normalisation behind each':
      '  output y = fuse.add(conv(x, 8, bias: false) |> norm.batch, conv(x, 8, bias: false) |> norm.batch)',
    'a dropout behind each': '  output y = fuse.add(conv(x, 8) |> dropout(0.1), conv(x, 8) |> dropout(0.1))',
    'weights of each sample': '  output y = fuse.select(conv(x, 8), conv(x, 8))',
    'attention to each':
      '  output y = fuse.add(conv(x, 8) |> weight.attention(ratio: 2), conv(x, 8) |> weight.attention(ratio: 2))',
    'kernels of which none has room for the other': '  output y = fuse.convex(conv(x, 8, [1, 5], padding: same), conv(x, 8, [5, 1], padding: same))',
    'a small kernel that reads beside the large one': '  output y = conv(x, 8, 2x2, padding: [[0, 1], [0, 1]]) + conv(x, 8, 3x3, padding: [[2, 0], [2, 0]])',
    'kernels of other channels': '  output y = conv(x, 8, 3x3, padding: same, groups: 2) + conv(x, 8, 1x1)',
    'kernels of other strides': '  output y = conv(x, 8, 3x3, padding: same, stride: 2) + conv(x, 8, 1x1, stride: 2, activation: relu)',
    'different dilations': '  output y = fuse.add(conv(x, 8, padding: same), conv(x, 8, padding: same, dilation: 2))',
    'different maps': '  output y = fuse.add(conv(x, 8), conv(x |> relu, 8))',
    'convolutions that others read':
      '  a = conv(x, 8)\n  b = conv(x, 8)\n  output y = fuse.add(a, b)\n  output z = fuse.concat(a, b)',
    'the other ways to combine':
      '  output a = fuse.max(conv(x, 8), conv(x, 8))\n  output b = fuse.mul(conv(x, 8), conv(x, 8))\n  output c = fuse.concat(conv(x, 8), conv(x, 8))',
    'weights for each place': '  param w: [14, 14, 1] = ones\n  output y = conv(x, 8) * w + conv(x, 8) * (1 - w)',
    'the mixture it could be': '  param w: [2] = zeros\n  output y = x |> conv.mixture(softmax(w), 8)',
  },
  'lint/filters-gathered-away': {
    'all channels in another order': '  output y = x |> conv(4) |> gather.channels([3, 2, 1, 0])',
    'parts that are all read': '  a, b = split(x |> conv(8), 2)\n  output y = a * sigmoid(b)',
    'a second reader': '  a = x |> conv(8)\n  output y = a |> gather.channels([0, 1])\n  output z = a |> relu',
    'filters that are an output': '  output a = x |> conv(8)\n  output y = a |> gather.channels([0, 1])',
    'frozen filters': '  output y = x |> freeze conv(8) |> gather.channels([0, 1])',
    'a choice that the filters take part in':
      '  output y = x |> conv(8) |> weight.attention(ratio: 2) |> gather.channels([0, 1])',
    'a softmax over all, of which some are read': '  output y = x |> conv(8, activation: softmax) |> gather.channels([0])',
    'a table of which every map is read':
      '  a = x |> conv(4)\n  output y = fuse.concat(...[for r in [[0, 1], [1, 2], [2, 3]]: a |> gather.channels(r)])',
    'a choice of inputs': '  output y = x |> gather.channels([0, 2])',
    'rows that are cut off': '  output y = x |> conv(8) |> crop(size: 7)',
    'a choice for each sample': '  a = x |> conv(8)\n  output y = gather.top(a, 4, by: pool.global(a))',
  },
} as const

for (const [code, cases] of Object.entries(silent) as [keyof typeof silent, Record<string, string>][]) {
  for (const [what, body] of Object.entries(cases)) {
    s(`${code.slice(5)}: silent on ${what}`, () => assert.equal(placesOf(code, model(body)), []))
  }
}

s('a block is blamed only where it is wrong at every call', () => {
  const block = 'block F(x: [H, W, C], after: block) -> [_, _, 8] {\n  return x |> conv(8) |> after\n}\n'
  const two = (first: string, second: string): string =>
    model(`  output y = x |> F(after: ${first}) |> relu |> F(after: ${second})`, block)
  assert.equal(placesOf('lint/bias-before-norm', two('norm.batch', 'relu')), [])
  assert.equal(placesOf('lint/bias-before-norm', two('norm.batch', 'norm.batch')), ['conv(8)'])
})

s('one-convolution: several sizes are as expensive as the largest', () => {
  const [finding] = findingsOf('lint/one-convolution', 'model M {\n  input x: [H, W, 4]\n  output y = conv(x, 8, 1x1) + conv(x, 8, 3x3, padding: same)\n}')
  assert.match(finding!.message, '320*H*W multiply-adds instead of 288*H*W')
  assert.equal(finding!.notes, ['the largest kernel has room for the others, which are zero around their taps'])
})

s('one-convolution: multiply-adds are counted now and as one, with the sizes that stay open', () => {
  const [finding] = findingsOf(
    'lint/one-convolution',
    'model M {\n  input x: [H, W, 4]\n  output y = fuse.convex(conv(x, 8, 1x1), conv(x, 8, 1x1), conv(x, 8, 1x1))\n}',
  )
  assert.match(finding!.message, '3 convolutions')
  assert.match(finding!.message, '96*H*W multiply-adds instead of 32*H*W')
})

s('filters-gathered-away: says how many of how many, and what they cost', () => {
  const [finding] = findingsOf('lint/filters-gathered-away', model('  output y = x |> conv(32, 1x1) |> gather.channels([0, 1])'))
  assert.match(finding!.message, '30 of the 32 filters')
  assert.match(finding!.message, `${(16 * 16 * 6 * 30).toLocaleString('en-US')} multiply-adds`)
})

const mends: Readonly<Record<string, readonly [code: Parameters<typeof mended>[0], body: string, after: string]>> = {
  'a bias is left out by name': [
    'lint/bias-before-norm',
    '  output y = x |> conv(8, 3x3) |> norm.batch',
    '  output y = x |> conv(8, 3x3, bias: false) |> norm.batch',
  ],
  'a bias is left out behind an argument in short form': [
    'lint/bias-before-norm',
    '  stride = 2\n  output y = x |> conv(8, stride:) |> norm.batch',
    '  stride = 2\n  output y = x |> conv(8, stride:, bias: false) |> norm.batch',
  ],
  'a bias that is written is turned off': [
    'lint/bias-before-norm',
    '  output y = norm.batch(conv(x, 8, bias: true, stride: 2))',
    '  output y = norm.batch(conv(x, 8, bias: false, stride: 2))',
  ],
  'a bias at its position is turned off': [
    'lint/bias-before-norm',
    '  output y = x |> pool.global |> dense(8, identity, true) |> norm.batch',
    '  output y = x |> pool.global |> dense(8, identity, false) |> norm.batch',
  ],
  'an activation comes between': [
    'lint/linear-chain',
    '  output y = x |> conv(8) |> conv(8)',
    '  output y = x |> conv(8, activation: relu) |> conv(8)',
  ],
  'an even kernel grows': [
    'lint/even-kernel-same',
    '  output y = x |> conv(8, 4x2, padding: same)',
    '  output y = x |> conv(8, 5x3, padding: same)',
  ],
  'an even kernel of one number grows': [
    'lint/even-kernel-same',
    '  output y = conv.depthwise(x, 2, padding: same)',
    '  output y = conv.depthwise(x, 3x3, padding: same)',
  ],
  'filters are pruned at their source': [
    'lint/filters-gathered-away',
    '  output y = x |> conv(32) |> relu |> gather.channels([3, 5])',
    '  output y = x |> conv(2) |> relu',
  ],
  'filters are pruned before weights of their own': [
    'lint/filters-gathered-away',
    '  output y = x |> conv(32) |> hard_sigmoid |> conv.depthwise(3) |> weight.learned |> gather.channels([3, 5])',
    '  output y = x |> conv(2) |> hard_sigmoid |> conv.depthwise(3) |> weight.learned',
  ],
  'filters are pruned in the middle of a pipe': [
    'lint/filters-gathered-away',
    '  output y = x |> conv(filters: 32) // many\n           |> gather.channels([3, 5])\n           |> relu',
    '  output y = x |> conv(filters: 2) // many\n           |> relu',
  ],
}

for (const [what, [code, body, after]] of Object.entries(mends))
  s(`fix: ${what}`, () => assert.is(mended(code, model(body)), model(after)))

const unmended: Readonly<Record<string, readonly [code: Parameters<typeof mended>[0], body: string]>> = {
  'a bias that an expression decides': [
    'lint/bias-before-norm',
    '  biased = 1 == 1\n  output y = x |> conv(8, bias: biased) |> norm.batch',
  ],
  'a kernel that an expression decides': ['lint/even-kernel-same', '  side = 2\n  output y = x |> conv(8, side, padding: same)'],
  'filters that an expression counts': [
    'lint/filters-gathered-away',
    '  n = 8\n  output y = x |> conv(n) |> gather.channels([0])',
  ],
  'an index that is taken twice': ['lint/filters-gathered-away', '  output y = x |> conv(8) |> gather.channels([1, 1])'],
  'numbers for each channel between': [
    'lint/filters-gathered-away',
    '  output y = x |> conv(2) |> weight.static([0.5, 2.0]) |> gather.channels([1])',
  ],
}

for (const [what, [code, body]] of Object.entries(unmended)) {
  s(`no fix: ${what}`, () => assert.equal(findingsOf(code, model(body)).map(({ fixes }) => fixes.length), [0]))
}

s.run()
