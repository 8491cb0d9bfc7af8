import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { zipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { availableBackends } from '../backends.ts'
import { greyPng } from '../data/samples.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: eval')

const npy = (shape: readonly number[], values: readonly number[]): Uint8Array => writeNpy({ shape, values: Float32Array.from(values) })
const ones = (count: number): Uint8Array => writeSafetensors(new Map([['w', { shape: [count], values: new Float32Array(count).fill(1) }]]), {})

/** A model whose logits are its inputs, and six samples of which four are told right. */
const files: Files = {
  'm.fmw': 'model M {\n  input x: [3]\n  param w: [3] = zeros\n  output y = x * w\n}\n',
  'w.safetensors': ones(3),
  'x.npy': npy([6, 3], [5, 0, 0, 0, 5, 0, 0, 5, 0, 0, 0, 5, 5, 0, 0, 0, 0, 5]),
  't.npy': npy([6], [0, 1, 2, 2, 1, 2]),
}
const data = ['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'x.npy', '--labels', 't.npy'] as const

s('loss, accuracy and what is taken for what, on every backend', () =>
  withFiles(files, async (folder) => {
    for (const backend of await availableBackends()) {
      const { code, stdout } = await mainOf([...data, '--json', '--backend', backend, '--batch', '4'], folder)
      assert.is(code, 0)
      const found = JSON.parse(stdout)
      const right = Math.log(1 + 2 * Math.exp(-5))
      assert.ok(Math.abs(found.loss - (4 * right + 2 * (5 + right)) / 6) < 1e-5, `${backend}: ${found.loss}`)
      assert.ok(Math.abs(found.metrics.accuracy - 4 / 6) < 1e-6)
      assert.equal(found.confusion, [[1, 0, 0], [1, 1, 0], [0, 1, 2]])
      assert.equal([found.classes, found.samples, found.backend], [['0', '1', '2'], 6, backend])
    }
  }))

s('what people read: the loss and its name, a table of confusions, or a row for each class', () =>
  withFiles(files, async (folder) => {
    assert.is(
      (await mainOf([...data, '--backend', 'cpu'], folder)).stdout,
      [
        'M on x.npy: 6 samples',
        'loss 1.6801  accuracy 66.67 %  (categorical_crossentropy)',
        '',
        'targets in rows, what was said in columns',
        '   0  1  2',
        '─  ─  ─  ─',
        '0  1  0  0',
        '1  1  1  0',
        '2  0  1  2',
        '',
      ].join('\n'),
    )
    const { stdout } = await mainOf([...data, '--backend', 'cpu', '--by', 'class'], folder)
    assert.match(stdout, 'class  targets     found  right where said\n')
    assert.match(stdout, '2            3   66.67 %          100.00 %\n')
    const { byClass } = JSON.parse((await mainOf([...data, '--backend', 'cpu', '--by', 'class', '--json'], folder)).stdout)
    assert.equal(byClass[2], { class: '2', targets: 3, found: 2 / 3, rightWhereSaid: 1 })
    const values = await mainOf([...data.slice(0, -2), '--target', 'y=mse:x', '--by', 'class'], folder)
    assert.is(values.code, 2)
    assert.match(values.stderr, '--by class: y is measured by mse, which tells no classes apart')
  }))

s('an accuracy that is the share of the commonest class is said to be that', () =>
  withFiles({ ...files, 't.npy': npy([6], [0, 0, 0, 0, 1, 0]), 'x.npy': npy([6, 3], Array.from({ length: 18 }, (_, i) => Number(i % 3 === 0))) }, async (folder) => {
    const { stdout } = await mainOf([...data, '--backend', 'cpu'], folder)
    assert.match(stdout, 'always saying 0 would be right as often: it is 83.33 % of the samples')
  }))

s('values that are no numbers are no class', () =>
  withFiles({ ...files, 'w.safetensors': writeSafetensors(new Map([['w', { shape: [3], values: Float32Array.of(NaN, 1, 1) }]]), {}) }, async (folder) => {
    const { stdout, stderr } = await mainOf([...data, '--json', '--backend', 'cpu'], folder)
    assert.equal(JSON.parse(stdout).confusion, [[0, 0, 0], [0, 0, 0], [0, 0, 0]])
    assert.match(stderr, 'w.safetensors: 1 of 3 numbers of w are not finite, so what is measured means nothing\n')
  }))

s('zeros and ones are told apart by the sign of a logit, values are measured by their distance', () =>
  withFiles({ ...files, 't.npy': npy([6, 3], Array.from({ length: 18 }, (_, i) => Number(i < 9))) }, async (folder) => {
    const binary = JSON.parse((await mainOf([...data, '--json', '--backend', 'cpu'], folder)).stdout)
    assert.equal([binary.lossName, binary.confusion], ['binary_crossentropy', [[6, 3], [6, 3]]])
    const values = JSON.parse((await mainOf([...data, '--loss', 'mse', '--json', '--backend', 'cpu'], folder)).stdout)
    assert.equal([values.lossName, values.classes, values.confusion], ['mse', null, null])
  }))

s('probabilities are told apart by a half, and what is no number is neither', () =>
  withFiles(
    {
      ...files,
      'm.fmw': 'model M {\n  input x: [3]\n  param w: [3] = zeros\n  output y = fuse.mean(sigmoid(x * w - 1), sigmoid(x * w - 1))\n}\n',
      'x.npy': npy([2, 3], [0, 2, 5, 0.5, 1.5, 3]),
      't.npy': npy([2, 3], [0, 1, 1, 0, 0, 1]),
    },
    async (folder) => {
      const found = JSON.parse((await mainOf([...data, '--json', '--backend', 'cpu'], folder)).stdout)
      assert.equal([found.lossName, found.confusion], ['binary_nll', [[2, 1], [0, 3]]])
    },
  ))

s('a logit that is no number is neither of two classes', () =>
  withFiles(
    { ...files, 'w.safetensors': writeSafetensors(new Map([['w', { shape: [3], values: Float32Array.of(NaN, 1, 1) }]]), {}), 't.npy': npy([6, 3], Array.from({ length: 18 }, () => 1)) },
    async (folder) => {
      const { confusion } = JSON.parse((await mainOf([...data, '--json', '--backend', 'cpu'], folder)).stdout)
      assert.is(confusion.flat().reduce((sum: number, count: number) => sum + count, 0), 12)
    },
  ))

const shade = (value: number): Uint8Array => greyPng(2, 2, [value, value, value, value])
const described = { fmw: '0.1.0', output: 'y', classes: '["ant","bee","cat"]', probabilities: 'softmax', normalize: '{"mean":[0.5],"deviation":[0.5]}' }

/** Pictures of two of the three classes that the weights name. */
const pictures: Files = {
  'm.fmw': 'model M {\n  input x: [2, 2, 1]\n  param w: [3] = zeros\n  output y = pool.global(x) * w\n}\n',
  'w.safetensors': writeSafetensors(new Map([['w', { shape: [3], values: Float32Array.of(1, 0, -1) }]]), described),
  'data/cat/0.png': shade(0),
  'data/cat/1.png': shade(255),
  'data/ant/0.png': shade(255),
}
const ofPictures = ['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'data', '--json', '--backend', 'cpu'] as const

s('what the weights say of classes and inputs is done and said, and a class may be absent', () =>
  withFiles(pictures, async (folder) => {
    const { code, stdout, stderr } = await mainOf(ofPictures, folder)
    assert.is(code, 0, stderr)
    const { classes, confusion } = JSON.parse(stdout)
    assert.equal([classes, confusion], [['ant', 'bee', 'cat'], [[1, 0, 0], [0, 0, 0], [1, 0, 1]]])
    assert.match(stderr, 'w.safetensors says: classes ant, bee, cat; inputs normalised by 0.5/0.5')
  }))

s('a class that the weights do not know is refused by name', () =>
  withFiles({ ...pictures, 'data/dog/0.png': shade(9) }, async (folder) => {
    const { code, stderr } = await mainOf(ofPictures, folder)
    assert.is(code, 1)
    assert.match(stderr, 'error[data/other-classes]: data: there are samples of dog, and the classes are ant, bee, cat')
  }))

s('data to validate with may lack a class too', () =>
  withFiles({ ...pictures, 'data/bee/0.png': shade(100), 'other/cat/0.png': shade(3) }, async (folder) => {
    const args = ['train', 'm.fmw', '--data', 'data', '--validation', 'other', '--epochs', '1', '--backend', 'cpu']
    const { code, stderr } = await mainOf(args, folder)
    assert.is(code, 0, stderr)
  }))

/** Rows of text as NumPy stores them. */
function texts(names: readonly string[]): Uint8Array {
  const header = `{'descr': '<U5', 'fortran_order': False, 'shape': (${names.length},), }\n`
  const codes = Uint32Array.from(names.flatMap((name) => [0, 1, 2, 3, 4].map((i) => name.codePointAt(i) ?? 0)))
  return Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0, ...new TextEncoder().encode(header), ...new Uint8Array(codes.buffer)])
}

const twoKinds = (kind: readonly string[], size: readonly string[]): Uint8Array =>
  zipSync({ 'x.npy': npy([kind.length, 2], kind.flatMap((_, i) => [i, 1])), 'kind.npy': texts(kind), 'size.npy': texts(size) })

s('weights name the classes of each output, and each is measured by its own', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2]\n  output kind = x |> dense(2)\n  output size = x |> dense(3)\n}\n',
      'd.npz': twoKinds(['cat', 'dog', 'cat', 'dog'], ['large', 'small', 'tiny', 'tiny']),
      'absent.npz': twoKinds(['cat', 'cat', 'cat'], ['tiny', 'small', 'small']),
      'renamed.npz': twoKinds(['cat', 'dog', 'cat'], ['big', 'small', 'tiny']),
    },
    async (folder) => {
      const both = ['--target', 'kind', '--target', 'size', '--backend', 'cpu']
      const trained = await mainOf(['train', 'm.fmw', '--data', 'd.npz', '--epochs', '1', '--validation', '0', '-o', 'w.safetensors', ...both], folder)
      assert.is(trained.code, 0, trained.stderr)
      const evaluated = (data: string, args: readonly string[] = both) => mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', data, '--json', ...args], folder)
      const same = await evaluated('d.npz')
      assert.is(same.code, 0, same.stderr)
      const { outputs } = JSON.parse(same.stdout)
      assert.equal([outputs.kind.classes, outputs.size.classes], [['cat', 'dog'], ['large', 'small', 'tiny']])
      const absent = JSON.parse((await evaluated('absent.npz', ['--target', 'size', '--backend', 'cpu'])).stdout)
      const targets = absent.confusion.map((row: readonly number[]) => row.reduce((sum, count) => sum + count))
      assert.equal([absent.classes, targets], [['large', 'small', 'tiny'], [0, 2, 1]])
      const renamed = await evaluated('renamed.npz', ['--target', 'size'])
      assert.is(renamed.code, 1)
      assert.match(renamed.stderr, 'renamed.npz: there are samples of big, and the classes are large, small, tiny')
    },
  ))

s('a table of numbers means the folders of that name that were learned from', () =>
  withFiles(
    {
      ...Object.fromEntries([1, 2, 3].map((name) => [`data/${name}/0.png`, shade(40 * name)])),
      'm.fmw': pictures['m.fmw']!,
      't/a.png': shade(80),
      't/b.png': shade(120),
      't/t.csv': 'file,label\na.png,2\nb.png,3\n',
      't/zero.csv': 'file,label\na.png,0\nb.png,1\n',
    },
    async (folder) => {
      const trained = await mainOf(['train', 'm.fmw', '--data', 'data', '--epochs', '1', '--validation', '0', '--backend', 'cpu', '-o', 'w'], folder)
      assert.is(trained.code, 0, trained.stderr)
      const words = (table: string) => ['eval', 'm.fmw', '--weights', 'w', '--backend', 'cpu', '--json', '--data', table]
      const { confusion, classes } = JSON.parse((await mainOf(words('t/t.csv'), folder)).stdout)
      const targets = confusion.map((row: readonly number[]) => row.reduce((sum, count) => sum + count))
      assert.equal([classes, targets], [['1', '2', '3'], [0, 1, 1]])
      assert.match((await mainOf(words('t/zero.csv'), folder)).stderr, 'there are samples of 0, and the classes are 1, 2, 3')
      const validated = await mainOf(['train', 'm.fmw', '--data', 'data', '--validation', 't/zero.csv', '--epochs', '1', '--backend', 'cpu', '--fresh'], folder)
      assert.match(validated.stderr, 'there are samples of 0, and the classes are 1, 2, 3')
    },
  ))

s('nothing to measure, or nothing to measure on, is said before anything is computed', () =>
  withFiles(files, async (folder) => {
    assert.match((await mainOf(['eval', 'm.fmw', '--data', 'x.npy'], folder)).stderr, /^fmw: there is nothing to measure: --weights/)
    assert.match((await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors'], folder)).stderr, /^fmw: there is nothing to measure on: --data/)
  }))

s('the LeNet-5 of the examples has 98 % of the held-out digits right, counted digit by digit', () =>
  inTemporaryFolder(async (folder) => {
    execFileSync(process.execPath, ['scripts/mnist-arrays.mjs', folder], { stdio: 'ignore' })
    const args = ['eval', 'examples/lenet5.fmw', '--weights', 'examples/lenet5.safetensors', '--data', path.join(folder, 'held-out.npz')]
    const { code, stdout, stderr } = await mainOf([...args, '--json', '--backend', 'wasm'], '.')
    assert.is(code, 0, stderr)
    const { metrics, confusion, samples } = JSON.parse(stdout) as { metrics: { accuracy: number }; confusion: number[][]; samples: number }
    const right = confusion.reduce((sum, row, digit) => sum + row[digit]!, 0)
    assert.equal([samples, confusion.flat().reduce((sum, count) => sum + count, 0)], [2000, 2000])
    assert.ok(right >= 1960 && Math.abs(right / 2000 - metrics.accuracy) < 1e-6, `${right} right, ${metrics.accuracy}`)
  }))

s.run()
