import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LintCode } from '../../src/compiler/lint/level.ts'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on weights, gates and choices')

const model = (body: string): string => `model M {\n  input x: [8, 8, 4]\n${body}\n}\n`
const output = (expr: string): string => model(`  output y = ${expr}`)

const block = 'block Half(x: [H, W, C]) -> [H, W, C] { return x |> weight.learned }\n'

const cases: readonly (readonly [code: LintCode, what: string, text: string, places: readonly string[]])[] = [
  [
    'lint/duplicate-index',
    'an index that stands twice in a list',
    output('x |> gather.channels([0, 1, 1, 3]) |> conv(4)'),
    ['1'],
  ],
  [
    'lint/duplicate-index',
    'in a table of which every row is gathered',
    'const T = [[0, 1], [2, 3, 3]]\n' + output('fuse.concat(...[for r in T: x |> gather.channels(r) |> conv(2)])'),
    ['3'],
  ],
  ['lint/duplicate-index', 'before a matrix', output('x |> pool.global |> take([0, 0, 1]) |> dense(3)'), ['0']],
  [
    'lint/duplicate-index',
    'silent: all indices stand there equally often',
    output('x |> gather.channels([0, 0, 0]) |> conv(4)'),
    [],
  ],
  [
    'lint/duplicate-index',
    'silent: a list that is computed',
    output('x |> gather.channels([for i in range(5): floor(i / 2)]) |> conv(4)'),
    [],
  ],
  [
    'lint/duplicate-index',
    'silent: something else reads the copies',
    output('x |> gather.channels([0, 1, 1, 3]) |> conv.depthwise(3) |> conv(4)'),
    [],
  ],
  [
    'lint/duplicate-index',
    'silent: the copies are an output',
    model('  output g = x |> gather.channels([0, 1, 1])\n  output y = g |> conv(4)'),
    [],
  ],
  ['lint/duplicate-index', 'silent: convolved in groups', output('x |> gather.channels([0, 1, 1, 3]) |> conv(4, groups: 2)'), []],
  [
    'lint/duplicate-index',
    'silent: the convolution is not trained',
    output('x |> gather.channels([0, 1, 1, 3]) |> freeze conv(4)'),
    [],
  ],
  [
    'lint/duplicate-index',
    'silent: a list that chooses nothing',
    output('x |> pad([[0, 1], [1, 1]]) |> gather.channels([0, 1])'),
    [],
  ],

  [
    'lint/softmax-twice',
    'a softmax in dense and another behind it',
    output('x |> pool.global |> dense(10, activation: softmax) |> softmax'),
    ['softmax'],
  ],
  ['lint/softmax-twice', 'a sigmoid of a sigmoid', output('sigmoid(sigmoid(x))'), ['sigmoid(sigmoid(x))']],
  ['lint/softmax-twice', 'the same axis, counted from the end', output('x |> softmax |> softmax(axis: 2)'), ['softmax(axis: 2)']],
  ['lint/softmax-twice', 'silent: softmax along two axes', output('softmax(x, 0) |> softmax(axis: 1)'), []],
  ['lint/softmax-twice', 'silent: a gate between', output('x |> sigmoid |> conv(4, activation: sigmoid)'), []],
  ['lint/softmax-twice', 'silent: a softmax with a temperature of a softmax', output('softmax(softmax(x) * 20)'), []],
  ['lint/softmax-twice', 'silent: a softmax of a sigmoid', output('x |> sigmoid |> softmax'), []],
  [
    'lint/softmax-twice',
    'silent: a block that one call gives a softmax and another does not',
    'block Shares(x: tensor) -> tensor { return softmax(x) }\n' + model('  output y = x |> Shares |> Shares'),
    [],
  ],
  [
    'lint/softmax-twice',
    'a block that every call gives a softmax',
    'block Shares(x: tensor) -> tensor { return softmax(x) }\n' +
      model('  output y = x |> softmax |> Shares\n  output z = x |> conv(4) |> softmax |> Shares'),
    ['softmax(x)'],
  ],

  [
    'lint/weighting-twice',
    'trained weights of trained weights',
    output('x |> weight.learned |> weight.learned'),
    ['weight.learned'],
  ],
  ['lint/weighting-twice', 'gates of gates', output('x |> gather.gate |> gather.gate(init: 0.5)'), ['gather.gate(init: 0.5)']],
  [
    'lint/weighting-twice',
    'given weights of given weights',
    output('x |> weight.static([1, 2, 3, 4]) |> weight.static([4, 3, 2, 1])'),
    ['weight.static([4, 3, 2, 1])'],
  ],
  ['lint/weighting-twice', 'through a block', block + output('x |> Half |> weight.learned'), ['weight.learned']],
  ['lint/weighting-twice', 'silent: an activation between', output('x |> weight.learned |> tanh |> weight.learned'), []],
  [
    'lint/weighting-twice',
    'silent: weights that the input decides',
    output('x |> weight.attention(ratio: 1) |> weight.attention(ratio: 1)'),
    [],
  ],
  [
    'lint/weighting-twice',
    'silent: the first is read elsewhere',
    model('  a = x |> weight.learned\n  output y = fuse.concat(a, a |> weight.learned)'),
    [],
  ],
  [
    'lint/weighting-twice',
    'silent: the first is an output',
    model('  output a = x |> weight.learned\n  output y = a |> weight.learned'),
    [],
  ],
  ['lint/weighting-twice', 'silent: the first is frozen', output('x |> freeze weight.learned |> weight.learned'), []],
  [
    'lint/weighting-twice',
    'silent: a layer that is used twice',
    model('  layer w = weight.learned(_)\n  output y = fuse.add(x |> w |> relu |> w, x |> w)'),
    [],
  ],
  [
    'lint/weighting-twice',
    'silent: a trained one of a given one',
    output('x |> weight.static([1, 2, 3, 4]) |> weight.learned'),
    [],
  ],
  [
    'lint/weighting-twice',
    'silent: a block whose other call has no weights before it',
    block + output('fuse.add(x |> weight.learned |> Half, x |> relu |> Half)'),
    [],
  ],

  ['lint/scale-before-norm', 'a gate before a batch normalisation', output('x |> gather.gate |> norm.batch'), ['norm.batch']],
  [
    'lint/scale-before-norm',
    'trained weights before one without a scale',
    output('x |> weight.learned |> norm.batch(scale: false)'),
    ['norm.batch(scale: false)'],
  ],
  [
    'lint/scale-before-norm',
    'also where they do not begin as ones',
    output('x |> weight.learned(init: 0.3) |> norm.batch'),
    ['norm.batch'],
  ],
  ['lint/scale-before-norm', 'silent: behind it', output('x |> norm.batch |> weight.learned'), []],
  ['lint/scale-before-norm', 'silent: a normalisation over the channels', output('x |> weight.learned |> norm.layer'), []],
  ['lint/scale-before-norm', 'silent: an activation between', output('x |> weight.learned |> relu |> norm.batch'), []],
  [
    'lint/scale-before-norm',
    'silent: a frozen normalisation keeps its statistics',
    output('x |> weight.learned |> freeze norm.batch'),
    [],
  ],
  [
    'lint/scale-before-norm',
    'silent: weights that are not trained',
    output('x |> weight.static([1, 0, 1, 0]) |> norm.batch'),
    [],
  ],
  [
    'lint/scale-before-norm',
    'silent: weights that each sample decides',
    output('x |> weight.attention(ratio: 1) |> norm.batch'),
    [],
  ],
  [
    'lint/scale-before-norm',
    'silent: the weighted map is read elsewhere',
    model('  a = x |> weight.learned\n  output y = fuse.add(a, a |> norm.batch)'),
    [],
  ],
]

for (const [code, what, text, places] of cases)
  s(`${code.slice('lint/'.length)}: ${what}`, () => assert.equal(placesOf(code, text), places))

s('the messages have the numbers, and a label where the first stands', () => {
  const said = (code: LintCode, text: string) =>
    findingsOf(code, text).map(({ message, labels }) => [message, ...labels.map((label) => label.text)])
  assert.equal(said('lint/softmax-twice', output('x |> pool.global |> dense(10, activation: softmax) |> softmax')), [
    ['softmax of a softmax: each of the 10 shares then lies between 0.0853 and 0.232', 'a softmax already'],
  ])
  assert.equal(said('lint/weighting-twice', output('x |> gather.gate |> gather.gate')), [
    ['gather.gate directly on gather.gate: one with 4 weights does what both do', '4 weights here already'],
  ])
  assert.equal(said('lint/scale-before-norm', output('x |> gather.gate |> norm.batch')), [
    [
      'the normalisation takes back what gather.gate does: it divides each of the 4 channels by its own spread',
      '4 factors, all 1 at first',
    ],
  ])
  assert.equal(said('lint/duplicate-index', output('x |> gather.channels([0, 1, 1, 3]) |> conv(4)')), [
    ['channel 1 is gathered 2 times, and only ever added up', 'the first', '4 channels gathered, 3 different'],
  ])
})

s('softmax-twice: what is said of the shares is what softmax gives at its extremes', () => {
  const softmax = (values: readonly number[]): readonly number[] => {
    const powers = values.map(Math.exp)
    return powers.map((power) => power / powers.reduce((a, b) => a + b, 0))
  }
  const sharp = softmax([1, ...Array.from({ length: 9 }, () => 0)])
  const [message] = findingsOf('lint/softmax-twice', output('x |> pool.global |> dense(10) |> softmax |> softmax')).map(
    (finding) => finding.message,
  )
  assert.match(message!, `${Math.max(...sharp).toPrecision(3)}`)
  // the least share is left where all of the first stands on one other element
  assert.match(message!, `${Math.min(...sharp).toPrecision(3)}`)
})

s('softmax-twice: the fix takes the second one out', () => {
  assert.is(mended('lint/softmax-twice', output('x |> softmax |> softmax')), output('x |> softmax'))
  assert.is(mended('lint/softmax-twice', output('sigmoid(sigmoid(x))')), output('sigmoid(x)'))
})

s.run()
