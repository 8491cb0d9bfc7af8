import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { availableBackends } from '../backends.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: losses that cannot mean what they say')

const samples = 24

/** Points of the plane in three classes, which are a third of the circle each. */
const angles = Array.from({ length: samples }, (_, i) => (i / samples) * 2 * Math.PI)
const points = angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])
const classes = angles.map((_, i) => Math.floor((3 * i) / samples))

const npy = (shape: readonly number[], values: readonly number[]): Uint8Array => writeNpy({ shape, values: Float32Array.from(values) })

interface Trained {
  readonly code: number | null
  readonly stderr: string
  readonly last: string
}

/** Trains a model that ends in an expression of the point x. */
async function train(expression: string, shape: readonly number[], targets: readonly number[], ...args: readonly string[]): Promise<Trained> {
  let trained: Trained | undefined
  const files = {
    'm.fmw': `model M {\n  input x: [2]\n  h = x |> dense(8) |> tanh\n  output y = ${expression}\n}\n`,
    'x.npy': npy([samples, 2], points),
    't.npy': npy([samples, ...shape], targets),
  }
  await withFiles(files, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'x.npy', '--labels', 't.npy', '--epochs', '2', '--validation', '0', ...args]
    const { code, stdout, stderr } = await mainOf(words, folder)
    trained = { code, stderr, last: stdout.trim().split('\n').findLast((line) => line.startsWith('epoch')) ?? '' }
  })
  return trained!
}

const masks = Array.from({ length: samples * 4 }, (_, i) => i % 2)
const binary = ['--loss', 'binary_crossentropy'] as const

/** What is said of targets that no probability is. */
const targets: Readonly<Record<string, readonly [values: readonly number[], said: RegExp]>> = {
  'masks of 0 and 255': [masks.map((one) => one * 255), /48 of 96 values of y are not between 0 and 1[^]*y\[0, 1\] is 255[^]*numpy: y \/ 255/],
  'codes of -1 and 1': [masks.map((one) => 2 * one - 1), /48 of 96 values of y are not between 0 and 1[^]*numpy: \(y \+ 1\) \/ 2/],
  'numbers of 1 and 2': [masks.map((one) => one + 1), /48 of 96 values of y are not between 0 and 1[^]*numpy: y - 1/],
}

for (const [what, [values, said]] of Object.entries(targets)) {
  s(`${what} are refused before the first step, with what mends them: given as binary, and taken for a sigmoid`, async () => {
    for (const args of [[...binary], []]) {
      const { code, stderr, last } = await train('sigmoid(dense(h, 4))', [4], values, ...args)
      assert.is(code, 1)
      assert.match(stderr, /error\[data\/value\]: t?/)
      assert.match(stderr, said)
      assert.is(last, '')
    }
  })
}

s('rows that are no shares of 1 are refused for several classes', async () => {
  const rows = Array.from({ length: samples * 3 }, (_, i) => Number(i % 3 !== 0))
  const { code, stderr } = await train('softmax(dense(h, 3))', [3], rows, '--loss', 'categorical_crossentropy')
  assert.is(code, 1)
  assert.match(stderr, /72 of 72 values of y are in rows whose sum is not 1[^]*binary_crossentropy/)
})

interface Doubt {
  readonly expression: string
  readonly loss: string
  readonly said: RegExp
}

/** What a loss cannot mean: an error where it was chosen, and a note where it follows from the labels. */
const doubts: readonly Doubt[] = [
  {
    expression: 'softmax(softmax(dense(h, 3)))',
    loss: 'categorical_crossentropy',
    said: /m\.fmw:4:14[^]*between 0 and 1: no class of 3 gets a probability above 0\.58/,
  },
  {
    expression: 'sigmoid(dense(h, 3))',
    loss: 'categorical_crossentropy',
    said: /m\.fmw:4:14[^]*between 0 and 1: no class of 3 gets a probability above 0\.58[^]*made by y\/sigmoid/,
  },
  { expression: 'tanh(dense(h, 3))', loss: 'categorical_crossentropy', said: /between -1 and 1: no class of 3 gets a probability above 0\.79/ },
]

for (const { expression, loss, said } of doubts) {
  s(`${expression} with ${loss} is refused where it was chosen, and noted where it was not`, async () => {
    const chosen = await train(expression, [], classes, '--loss', loss)
    assert.is(chosen.code, 1)
    assert.match(chosen.stderr, /error\[training\/loss\]/)
    assert.match(chosen.stderr, said)
    const taken = await train(expression, [], classes)
    assert.is(taken.code, 0)
    assert.match(taken.stderr, said)
  })
}

s('a distance as the logit of a pair reads as 1 everywhere', async () => {
  const { code, stderr } = await train('sqrt(reduce.sum(h * h, axis: 0, keep: true))', [1], classes.map((label) => Number(label === 0)), ...binary)
  assert.is(code, 1)
  assert.match(stderr, /error\[training\/loss\]: m\.fmw:4:14: binary_crossentropy of y: it takes logits, and these are never below 0: every value reads as 1/)
})

s('logits of one sign, or near it, are refused for two classes', async () => {
  const targets = classes.map((label) => Number(label === 0))
  const said = async (expression: string): Promise<string> => (await train(expression, [1], targets, ...binary)).stderr
  assert.match(await said('-relu(dense(h, 1))'), /these are never above 0: every value reads as 0/)
  assert.match(await said('relu(dense(h, 1)) - 1'), /these lie between -1 and ∞: probabilities stay between 0\.27 and 1\.00/)
  assert.match(await said('1 - relu(dense(h, 1))'), /these lie between -∞ and 1: probabilities stay between 0\.00 and 0\.73/)
})

s('a likelihood of what is no probability is refused', async () => {
  const { code, stderr } = await train('dense(h, 3)', [], classes, '--loss', 'nll')
  assert.is(code, 1)
  assert.match(stderr, /nll of y: it takes probabilities, and nothing keeps these between 0 and 1[^]*categorical_crossentropy takes logits/)
})

s('a mean of softmaxes learns by its likelihood, which is taken by itself, on every backend', async () => {
  const mean = 'fuse.average(softmax(dense(h, 3)), softmax(dense(x, 3)))'
  for (const backend of await availableBackends()) {
    const { code, stderr, last } = await train(mean, [], classes, '--backend', backend, '--epochs', '200', '--learning-rate', '0.05')
    assert.is(code, 0, stderr)
    assert.match(stderr, /^loss: nll of y, as the targets are labels and it is a sum of softmaxes/m)
    assert.match(last, /accuracy (9\d|100)/, `${backend}: ${last}`)
  }
  const refused = await train(mean, [], classes, '--loss', 'categorical_crossentropy')
  assert.is(refused.code, 1)
  assert.match(refused.stderr, /made by y\/softmax[^]*learned with --loss nll/)
})

s.run()
