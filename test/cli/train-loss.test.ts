import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { availableBackends } from '../backends.ts'
import { array, npz } from '../data/samples.ts'
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
    const epochs = args.includes('--epochs') ? [] : ['--epochs', '2']
    const words = ['train', 'm.fmw', '--data', 'x.npy', '--labels', 't.npy', '--validation', '0', ...epochs, ...args]
    const { code, stdout, stderr } = await mainOf(words, folder)
    trained = { code, stderr, last: stdout.trim().split('\n').findLast((line) => line.startsWith('epoch')) ?? '' }
  })
  return trained!
}

const masks = Array.from({ length: samples * 4 }, (_, i) => i % 2)
const binary = ['--loss', 'binary_crossentropy'] as const

/** What is said of targets that no probability is. */
const targets: Readonly<Record<string, readonly [values: readonly number[], said: RegExp]>> = {
  'masks of 0 and 255': [masks.map((one) => one * 255), /error\[data\/value\]: t\.npy: 48 of 96 values of y are not between 0 and 1[^]*y\[0, 1\] is 255[^]*numpy: y \/ 255/],
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

const maps = {
  'm.fmw': 'model M {\n  input image: [2, 2, 1]\n  output mask = image |> conv(1, 1x1)\n  output seen = image |> conv(1, 1x1) |> sigmoid\n}\n',
  'd.npz': npz({ image: array([2, 2, 2, 1], [0, 0.5, 1, 0.25, 0, 0, 1, 0.5]), mask: array([2, 2, 2], [0, 255, 255, 0, 255, 0, 0, 0]) }),
}

const ofMaps = (folder: string, ...args: readonly string[]) => mainOf(['train', 'm.fmw', '--data', 'd.npz', '--epochs', '1', '--validation', '0', '--backend', 'cpu', ...args], folder)

s('a mask of 0 and 255 is not learned as numbers unless that is asked for', () =>
  withFiles(maps, async (folder) => {
    const { code, stderr } = await ofMaps(folder, '--target', 'mask')
    assert.is(code, 1)
    assert.match(stderr, 'error[data/value]: d.npz: 3 of 8 values of mask are 255, and the others are 0')
    assert.match(stderr, 'numpy: mask / 255 is zeros and ones')
    const asked = await ofMaps(folder, '--target', 'mask', '--loss', 'mse')
    assert.is(asked.code, 0, asked.stderr)
  }))

s('what is ignored leaves two classes, or is refused', () =>
  withFiles(maps, async (folder) => {
    const { code, stderr } = await ofMaps(folder, '--target', 'mask', '--ignore', '255')
    assert.is(code, 1)
    assert.match(stderr, 'error[data/label]: d.npz: 5 of 8 labels are 0 in mask, and the others are 255, which is ignored: one class is left')
  }))

s('pictures are of no class: they have no weights of classes, no accuracy and no table of confusions', () =>
  withFiles(maps, async (folder) => {
    const own = ['--target', 'seen:image', '--loss', 'binary_crossentropy']
    const { code, stderr } = await ofMaps(folder, ...own, '--class-weights', 'balanced')
    assert.is(code, 2)
    assert.match(stderr, '--class-weights is for classes, and image has values between 0 and 1 for seen')
    const trained = await ofMaps(folder, ...own, '-o', 'w')
    assert.is(trained.code, 0, trained.stderr)
    const measured = await mainOf(['eval', 'm.fmw', '--weights', 'w', '--data', 'd.npz', ...own, '--json'], folder)
    assert.is(measured.code, 0, measured.stderr)
    const { confusion, classes, metrics } = JSON.parse(measured.stdout)
    assert.equal([confusion, classes, metrics], [null, null, {}])
    assert.not.match(trained.stdout, 'accuracy')
    assert.match(trained.stdout, /^epoch 1\/\d+ {2}loss [\d.]+ {2}/m)
  }))

s('targets for validation that lie between 0 and 1 have no accuracy either, beside zeros and ones to learn from; values have their mae', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2]\n  output y = x |> dense(1) |> sigmoid\n}\n',
      'ones.npz': npz({ x: array([4, 2], [0, 1, 2, 3, 4, 5, 6, 7]), y: array([4, 1], [0, 1, 1, 0]) }),
      'parts.npz': npz({ x: array([2, 2], [0, 1, 2, 3]), y: array([2, 1], [0.25, 1]) }),
    },
    async (folder) => {
      const metricsOf = async (...args: readonly string[]): Promise<unknown> => {
        const { stdout, stderr } = await mainOf(['train', 'm.fmw', '--fresh', '--epochs', '1', '--json', ...args], folder)
        const epoch = stdout.trim().split('\n').map((line) => JSON.parse(line)).find(({ kind }) => kind === 'epoch')
        assert.ok(epoch, stderr)
        return [Object.keys(epoch.metrics), epoch.validation && Object.keys(epoch.validation.metrics)]
      }
      assert.equal(await metricsOf('--data', 'ones.npz', '--validation', '0'), [['accuracy'], undefined])
      assert.equal(await metricsOf('--data', 'ones.npz', '--validation', 'parts.npz'), [[], []])
      assert.equal(await metricsOf('--data', 'parts.npz', '--validation', 'ones.npz'), [[], []])
      assert.equal(await metricsOf('--data', 'parts.npz', '--validation', '0', '--loss', 'mse'), [['mae'], undefined])
    },
  ))

async function ofTable(rows: readonly string[], ...args: readonly string[]): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let ran: { readonly code: number | null; readonly stderr: string } | undefined
  const files = { 'm.fmw': 'model M {\n  input x: [2]\n  output y = dense(x, 2)\n  output z = dense(x, 1)\n}\n', 'x.csv': `a,b,label\n\n${rows.join('\n')}\n` }
  await withFiles(files, async (folder) => {
    ran = await mainOf(['train', 'm.fmw', '--data', 'x.csv', '--validation', '0', '--epochs', '1', '--backend', 'cpu', ...args], folder)
  })
  return ran!
}

s('values of a table that a loss cannot mean are named by line and column, and so are those of an input that is its own target', async () => {
  const wrong = await ofTable(['1,2,0', '', '3,4,-3'], '--target', 'z', '--loss', 'binary_crossentropy')
  assert.is(wrong.code, 1)
  assert.match(wrong.stderr, 'error[data/value]: x.csv: 1 of 2 values of label are not between 0 and 1')
  assert.match(wrong.stderr, '  = line 5: label is -3\n')
  const own = await ofTable(['1,0,0.5', '', '0,4,1'], '--target', 'y:x', '--target', 'z', '--loss', 'binary_crossentropy')
  assert.is(own.code, 1)
  assert.match(own.stderr, 'error[data/value]: x.csv: 1 of 4 values of x are not between 0 and 1')
  assert.match(own.stderr, '  = line 5: b is 4\n')
})

s('what is ignored is told where it is a class, or nothing at all', async () => {
  const names = ['1,2,ant', '2,3,bee', '3,4,ant', '4,5,bee']
  assert.match((await ofTable(names, '--target', 'y', '--ignore', '1')).stderr, '--ignore 1 leaves out the class bee of y\n')
  assert.match((await ofTable(names, '--target', 'y', '--ignore', '255')).stderr, '--ignore 255 leaves out nothing: no target is 255\n')
  const values = ['1,2,0.1', '2,3,4', '3,4,0.1', '4,5,6']
  const rounded = await ofTable(values, '--target', 'z=mse', '--ignore', '0.1')
  assert.is(rounded.code, 0, rounded.stderr)
  assert.not.match(rounded.stderr, 'leaves out')
  const all = await ofTable(values.map((row) => row.replace(/[^,]+$/, '0.1')), '--target', 'z=mse', '--ignore', '0.1')
  assert.match(all.stderr, 'error[data/ignored]: x.csv: all of label is 0.1')
})

s.run()
