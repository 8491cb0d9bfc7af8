import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on values and windows')

const model = (body: string, input = '[16, 16, 32]'): string => `model M {\n  input x: ${input}\n${body}\n}\n`

/** For each rule what it finds, and at which text. */
const found = {
  'lint/narrow-squeeze': {
    'squeeze and excitation of few channels': ['  output y = x |> weight.attention', ['weight.attention']],
    'a ratio that leaves three': ['  output y = weight.attention(x, ratio: 10)', ['weight.attention(x, ratio: 10)']],
    'the block attention module': ['  output y = x |> weight.cbam(ratio: 32)', ['weight.cbam(ratio: 32)']],
  },
  'lint/dropped-row': {
    'a pooling of an odd size': ['  output y = x |> pool.max(3)', ['pool.max(3)']],
    'a mean of overlapping windows': ['  output y = x |> pool.avg(4, stride: 3, padding: valid) |> pool.avg(2)', ['pool.avg(2)']],
    'columns only': ['  output y = x |> pool.max([2, 5])', ['pool.max([2, 5])']],
    'patches that do not fill the map': ['  output y = x |> conv(8, 5x5, stride: 5)', ['conv(8, 5x5, stride: 5)']],
  },
  'lint/division-by-possible-zero': {
    'a sum of what a relu lets through': [
      '  a = x |> relu\n  output y = a / reduce.sum(a, [2], keep: true)',
      ['a / reduce.sum(a, [2], keep: true)'],
    ],
    'a relu': ['  output y = fuse.div(x, x |> conv(32, 1x1) |> relu)', ['fuse.div(x, x |> conv(32, 1x1) |> relu)']],
    'a convolution': ['  output y = x / conv(x, 32, 1x1)', ['x / conv(x, 32, 1x1)']],
    'a range of values': [
      '  output y = x / (reduce.max(x, [0, 1]) - reduce.min(x, [0, 1]))',
      ['x / (reduce.max(x, [0, 1]) - reduce.min(x, [0, 1]))'],
    ],
    'the length of a vector': [
      '  v = x |> pool.global |> dense(8)\n  output y = v / sqrt(reduce.sum(v * v))',
      ['v / sqrt(reduce.sum(v * v))'],
    ],
    'a magnitude': ['  output y = x / abs(tanh(conv(x, 32, 1x1)))', ['x / abs(tanh(conv(x, 32, 1x1)))']],
  },
  'lint/no-gradient': {
    'scores that only choose': ['  by = x |> pool.global |> dense(32)\n  output y = x |> gather.top(4, by:)', ['dense(32)']],
    'a threshold': ['  param t: [] = 0.5\n  output y = x * (x > t)', ['param t: [] = 0.5']],
  },
  'lint/softmax-of-one': {
    'one unit': ['  output y = x |> pool.global |> dense(1, activation: softmax)', ['dense(1, activation: softmax)']],
    'one channel of a map': ['  output y = x |> conv(1, 1x1) |> softmax', ['softmax']],
    'a mixture of one kernel': ['  output y = x |> conv.dynamic(8, experts: 1)', ['conv.dynamic(8, experts: 1)']],
    'an axis of one': ['  output y = x |> reshape([1, 256, 32]) |> softmax(axis: 0)', ['softmax(axis: 0)']],
  },
  'lint/norm-of-one': {
    'an instance of one place': ['  output y = x |> pool.avg(16) |> norm.instance', ['norm.instance']],
    'a layer of one channel': ['  output y = x |> conv(1, 1x1) |> norm.layer', ['norm.layer']],
    'one channel by hand': [
      '  a = x |> conv(1, 1x1)\n  output y = a - reduce.mean(a, [2], keep: true)',
      ['a - reduce.mean(a, [2], keep: true)'],
    ],
  },
  'lint/idle-relu': {
    'a second relu': ['  output y = x |> conv(8, activation: relu) |> pool.max(2) |> relu', ['relu']],
    'a relu of a probability': ['  output y = relu(softmax(x))', ['relu(softmax(x))']],
  },
  'lint/dropout-before-norm': {
    'a dropout of a map': ['  output y = x |> dropout(0.2) |> norm.batch', ['norm.batch']],
    'a dropout by another name': ['  a = x |> relu |> dropout(0.2)\n  output y = norm.batch(a)', ['norm.batch(a)']],
  },
  'lint/relu-before-gate': {
    'a softmax behind an activation': ['  output y = x |> pool.global |> dense(4, activation: relu) |> softmax', ['softmax']],
    'a gate that cannot close': ['  output y = x * (x |> conv(32, 1x1) |> relu |> sigmoid)', ['sigmoid']],
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
  'lint/narrow-squeeze': {
    'four hidden channels': '  output y = x |> weight.attention(ratio: 8)',
    'hidden channels that are asked for': '  output y = x |> weight.attention(hidden: 2)',
    'fewer channels than a better ratio needs': '  output y = x |> conv(6, 1x1) |> weight.attention(ratio: 3)',
    'a dense layer of few units': '  output y = x |> pool.global |> dense(2) |> relu |> dense(32)',
  },
  'lint/dropped-row': {
    'a size that the windows divide': '  output y = x |> pool.max(2)',
    'windows that overlap to the end': '  output y = x |> pool.max(4, stride: 3)',
    'a last window that is smaller': '  output y = x |> pool.max(3, ceil: true)',
    padding: '  output y = x |> pool.max(3, padding: same) |> relu |> pool.avg(3, stride: 2, padding: 1)',
    'a convolution that thins out': '  output y = x |> conv(8, 3x3, stride: 2) |> relu |> conv(8, 1x1, stride: 2)',
    'the mean of the whole map': '  output y = x |> pool.global',
    'windows with gaps': '  output y = x |> pool.max(1, stride: 2)',
  },
  'lint/division-by-possible-zero': {
    'a small number added': '  a = x |> relu\n  output y = a / (reduce.sum(a, [2], keep: true) + 1e-5)',
    'a small number added inside': '  v = x |> pool.global |> dense(8)\n  output y = v / sqrt(reduce.sum(v * v) + 1e-12)',
    'a small number added to a difference': '  output y = x / (reduce.max(x, [0, 1]) - reduce.min(x, [0, 1]) + 1e-5)',
    'a bound below': '  output y = x / max(relu(x), 1e-3)',
    'what is positive':
      '  a = x |> conv(32, 1x1)\n  output p = x / exp(a)\n  output q = x / sigmoid(a)\n  output r = x / softplus(a)\n  output t = x / softmax(a)\n  output u = x / (1 + abs(a))',
    'an input, which is trusted': '  output y = relu(x) / x',
    'a weight, which is trusted': '  param w: [32] = ones\n  output y = x / w',
    'a constant': '  output y = relu(x) / 6',
    'a rest to one': '  a = x |> conv(32, 1x1) |> sigmoid\n  output y = a / (1 - a)',
    normalisations: '  output y = x |> norm.layer |> norm.instance |> norm.standard([2]) |> softsign',
  },
  'lint/no-gradient': {
    'scores that weight as well': '  by = x |> pool.global |> dense(32)\n  output y = x * by |> gather.top(4, by:)',
    'a threshold that is not trained': '  param t: [] = 0.5, trainable: false\n  output y = x * (x > t)',
    'frozen scores': '  by = x |> pool.global |> freeze dense(32)\n  output y = x |> gather.top(4, by:)',
    'another output that reaches them':
      '  by = x |> pool.global |> dense(32)\n  output y = x |> gather.top(4, by:)\n  output z = by',
    'a mask of an input': '  output y = x |> relu |> conv(4) |> prelu',
  },
  'lint/softmax-of-one': {
    'two units': '  output y = x |> pool.global |> dense(2) |> softmax',
    'a sigmoid of one': '  output y = x |> pool.global |> dense(1) |> sigmoid',
    'one channel, over the places': '  output y = x |> conv(1, 1x1) |> flatten |> softmax',
  },
  'lint/norm-of-one': {
    'batch statistics of one place': '  output y = x |> pool.avg(16) |> conv(8, 1x1, bias: false) |> norm.batch',
    'the channels of one place': '  output y = x |> pool.avg(16) |> norm.layer',
    'one of two axes': '  output y = x |> pool.avg([16, 1]) |> norm.instance',
  },
  'lint/idle-relu': {
    'a relu of each sum of a residual network': '  a = x |> relu\n  b = a |> conv(32, 1x1)\n  output y = fuse.add(a, b) |> relu',
    'a relu behind a convolution, a normalisation, tanh, and of an input':
      '  output y = x |> relu |> conv(8, 1x1) |> relu |> norm.layer |> relu |> conv(8, 1x1) |> tanh |> relu',
    'a relu whose first turn is not in vain': '  for _ in range(3) { x = relu(x) }\n  output y = x',
    'an activation that a parameter names': '  f = relu\n  output y = x |> relu |> f',
  },
  'lint/dropout-before-norm': {
    'a layer between': '  output y = x |> dropout(0.2) |> conv(8, 1x1, bias: false) |> norm.batch',
    'the normalisation first': '  output y = x |> norm.batch |> dropout(0.2)',
    'a normalisation of each sample': '  output y = x |> dropout(0.2) |> norm.layer',
    'a rate of 0, or a frozen normalisation': '  output y = x |> dropout(0) |> norm.batch |> dropout(0.5) |> freeze norm.batch',
  },
  'lint/relu-before-gate': {
    'a layer between': '  output y = x |> pool.global |> dense(4, activation: relu) |> dense(4) |> sigmoid',
    'an activation with negative values': '  output y = x |> pool.global |> dense(4, activation: tanh) |> sigmoid',
    'squeeze and excitation': '  output y = x |> weight.attention(ratio: 4) |> weight.cbam(ratio: 4)',
    'a relu behind the gate': '  output y = x |> sigmoid |> relu',
  },
} as const

for (const [code, cases] of Object.entries(silent) as [keyof typeof silent, Record<string, string>][]) {
  for (const [what, body] of Object.entries(cases)) {
    s(`${code.slice(5)}: silent on ${what}`, () => assert.equal(placesOf(code, model(body)), []))
  }
}

s('dropped-row: silent on sizes that are known only later', () => {
  assert.equal(placesOf('lint/dropped-row', model('  output y = x |> pool.max(2)', '[H, W, 3] where H % 2 == 1')), [])
})

s('dropped-row: spells the arithmetic', () => {
  const [both] = findingsOf('lint/dropped-row', model('  output y = x |> pool.max(2)', '[27, 29, 3]'))
  assert.is(
    both!.message,
    'pool.max never reads the last of 27 rows and the last of 29 columns: its windows end at 12 * 2 + 2 = 26',
  )
  const [rows] = findingsOf('lint/dropped-row', model('  output y = x |> pool.max(5)', '[19, 20, 3]'))
  assert.is(rows!.message, 'pool.max never reads the last 4 of 19 rows: its windows end at 2 * 5 + 5 = 15')
})

s('narrow-squeeze: says from how many to how many', () => {
  const [finding] = findingsOf('lint/narrow-squeeze', model('  output y = x |> weight.attention'))
  assert.match(finding!.message, '32 channels to 2')
  assert.equal(finding!.notes, ['ratio: 8 leaves 4'])
})

s('no-gradient: names the weight, the op that lets none through, and why', () => {
  const [finding] = findingsOf('lint/no-gradient', model('  param t: [] = 0.5\n  output y = x * (x > t)'))
  assert.is(finding!.message, 'no gradient reaches t: a comparison lets none through')
  assert.match(finding!.notes[0]!, 'a comparison is constant between its jumps')
})

const mends: Readonly<Record<string, readonly [code: Parameters<typeof mended>[0], body: string, after: string]>> = {
  'a ratio is given': [
    'lint/narrow-squeeze',
    '  output y = x |> weight.attention',
    '  output y = x |> weight.attention(ratio: 8)',
  ],
  'a ratio becomes smaller': [
    'lint/narrow-squeeze',
    '  output y = weight.cbam(x, 16, kernel: 5)',
    '  output y = weight.cbam(x, 8, kernel: 5)',
  ],
  'a relu goes': [
    'lint/idle-relu',
    '  output y = x\n    |> relu\n    |> relu\n    |> flatten',
    '  output y = x\n    |> relu\n    |> flatten',
  ],
  'the normalisation comes first': [
    'lint/dropout-before-norm',
    '  output y = x |> dropout(0.2) |> norm.batch(epsilon: 0.1) |> relu',
    '  output y = x |> norm.batch(epsilon: 0.1) |> dropout(0.2) |> relu',
  ],
  'the rest is pooled too': ['lint/dropped-row', '  output y = x |> pool.max(3)', '  output y = x |> pool.max(3, ceil: true)'],
  'an operand of / is kept from 0': [
    'lint/division-by-possible-zero',
    '  output y = x / relu(x)',
    '  output y = x / (relu(x) + 1e-5)',
  ],
  'an argument of fuse.div is kept from 0': [
    'lint/division-by-possible-zero',
    '  output y = fuse.div(x, x |> relu)',
    '  output y = fuse.div(x, (x |> relu) + 1e-5)',
  ],
  'a piped division': [
    'lint/division-by-possible-zero',
    '  a = x |> relu\n  output y = x |> fuse.div(a)',
    '  a = x |> relu\n  output y = x |> fuse.div(a + 1e-5)',
  ],
}

for (const [what, [code, body, after]] of Object.entries(mends))
  s(`fix: ${what}`, () => assert.is(mended(code, model(body)), model(after)))

s('signs are found fast where branches meet again, and deep', () => {
  const deep = model(
    '  for _ in range(60) { x = relu(x) + x * x }\n  for _ in range(3000) { x = x |> tanh }\n  output y = x / (relu(x) + 1)',
  )
  const start = performance.now()
  assert.equal(placesOf('lint/division-by-possible-zero', deep), [])
  assert.ok(performance.now() - start < 5000)
})

s('no fix where a constant would not keep the divisor from 0', () => {
  const [finding] = findingsOf('lint/division-by-possible-zero', model('  output y = x / conv(x, 32, 1x1)'))
  assert.is(finding!.fixes.length, 0)
})

s('what is always 1 is the softmax, also where another op takes it', () => {
  const said = (body: string): readonly string[] => findingsOf('lint/softmax-of-one', model(body)).map(({ message }) => message)
  assert.equal(said('  output y = x |> conv(1, 1x1) |> softmax'), ['softmax over a single element is always 1'])
  assert.equal(said('  output y = x |> conv(1, 1x1, activation: softmax)'), ['the softmax of conv over a single element is always 1'])
})

s('no fix where dropout and normalisation are not steps next to each other', () => {
  for (const body of [
    '  a = x |> dropout(0.2)\n  output y = a |> norm.batch',
    '  output y = x |> dropout(0.2) |> norm.batch as scaled',
    '  output y = norm.batch(dropout(x, 0.2))',
  ])
    assert.equal(findingsOf('lint/dropout-before-norm', model(body)).map(({ fixes }) => fixes.length), [0], body)
})

s.run()
