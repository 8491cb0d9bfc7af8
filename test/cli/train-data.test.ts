import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { availableBackends } from '../backends.ts'
import { greyPng } from '../data/samples.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('command line: data as people have it')

/** Logits of 5 and 0 where a place is black, of 5 and 10 where it is white; class 2 is never said. */
const segment = 'model Segment {\n  input image: [2, 2, 1]\n  x = image |> conv(3, 1x1)\n  output classes = x\n}\n'
const segmentWeights = weightsFile({ 'x/conv/kernel': [[1, 1, 1, 3], [0, 10, 0]], 'x/conv/bias': [[3], [5, 0, -100]] })

const picture = (white: readonly number[]): Uint8Array => greyPng(2, 2, white.map((value) => 255 * value))
/** Each place of a mask, four times as large. */
const large = (values: readonly number[]): Uint8Array => greyPng(4, 4, Array.from({ length: 16 }, (_, i) => values[2 * Math.floor(i / 8) + Math.floor((i % 4) / 2)]!))

const masks: Files = {
  'm.fmw': segment,
  'w.safetensors': segmentWeights,
  'pictures/a.png': picture([0, 1, 1, 0]),
  'pictures/b.png': picture([1, 1, 1, 1]),
  'masks/a.png': greyPng(2, 2, [0, 1, 2, 255]),
  'masks/b.png': greyPng(2, 2, [1, 1, 0, 255]),
}

const near = (found: number, wanted: number): void => assert.ok(Math.abs(found - wanted) < 1e-5, `${found} is not ${wanted}`)

s('masks are measured place by place without those that are ignored, on every backend', () =>
  withFiles(masks, async (folder) => {
    for (const backend of await availableBackends()) {
      const { code, stdout, stderr } = await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'pictures', '--labels', 'masks', '--ignore', '255', '--json', '--backend', backend], folder)
      assert.is(code, 0, stderr)
      const { loss, confusion } = JSON.parse(stdout)
      assert.equal(confusion, [[1, 1, 0], [0, 3, 0], [0, 1, 0]])
      // six places; logits of 5 apart, and 110 from a class that is never said
      const [right, wrong] = [Math.log(1 + Math.exp(-5)), 5 + Math.log(1 + Math.exp(-5))]
      near(loss, (4 * right + wrong + (110 + right)) / 6)
    }
  }))

s('pictures and masks of another size are brought to that of the model together, and a mask of another size than its picture is not', () =>
  withFiles({ ...masks, 'pictures/b.png': large([255, 255, 255, 255]), 'masks/b.png': large([1, 1, 0, 255]) }, async (folder) => {
    const args = ['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'pictures', '--labels', 'masks', '--ignore', '255', '--resize', '--json', '--backend', 'cpu']
    const { code, stdout, stderr } = await mainOf(args, folder)
    assert.is(code, 0, stderr)
    assert.equal(JSON.parse(stdout).confusion, [[1, 1, 0], [0, 3, 0], [0, 1, 0]])
    await writeFile(path.join(folder, 'masks/a.png'), greyPng(3, 2, Array(6).fill(0)))
    const refused = await mainOf(args, folder)
    assert.is(refused.code, 1)
    assert.match(refused.stderr, 'error[data/mask]: pictures: 1 of 2 masks cannot be used\n  = masks/a.png: it is 3x2, and its picture is 2x2, the output classes 2x2 (height x width)')
  }))

s('a table trains an output with several values beside one with names, is validated by another, and is measured by the same options', () =>
  withFiles(
    {
      'm.fmw': 'model Two {\n  input image: [2, 2, 1]\n  output mean = image |> flatten |> dense(2)\n  output kind = image |> flatten |> dense(3)\n}\n',
      ...Object.fromEntries([0, 1, 2, 3].map((n) => [`data/p/${n}.png`, picture([n & 1, n >> 1, 0, 1])])),
      'data/t.csv': `file,low,high,what\n${[0, 1, 2, 3].map((n) => `p/${n}.png,${n / 4},${n / 2},${['dark', 'left', 'right', 'left'][n]}`).join('\n')}\n`,
      'other/t.csv': 'file,low,high,what\n../data/p/2.png,0.5,1,right\n',
    },
    async (folder) => {
      const targets = ['--target', 'mean=mse:low,high', '--target', 'kind:what']
      const args = ['train', 'm.fmw', '--data', 'data/t.csv', '--validation', 'other/t.csv', ...targets, '--epochs', '1', '--backend', 'cpu']
      const { code, stderr } = await mainOf([...args, '--json'], folder)
      assert.is(code, 0, stderr)
      const { code: measured, stdout, stderr: said } = await mainOf(['eval', 'm.fmw', '--weights', 'Two.training/best.safetensors', '--data', 'other/t.csv', ...targets, '--json', '--backend', 'cpu'], folder)
      assert.is(measured, 0, said)
      const { outputs } = JSON.parse(stdout)
      assert.equal([outputs.mean.lossName, outputs.kind.classes], ['mse', ['dark', 'left', 'right']])
      assert.equal(outputs.kind.confusion[2].reduce((sum: number, count: number) => sum + count, 0), 1)
      await writeFile(path.join(folder, 'other/t.csv'), 'file,low,high,what\n../data/p/2.png,0.5,1,up\n')
      const unknown = await mainOf([...args, '--fresh'], folder)
      assert.is(unknown.code, 1)
      assert.match(unknown.stderr, 'error[data/other-classes]: other/t.csv: there are samples of up, and the classes are dark, left, right')
    },
  ))

s('classes that the weights do not name are said to be those of the data', () =>
  withFiles({ ...masks, 't.csv': 'file,label\npictures/a.png,ant\npictures/b.png,bee\n', 'm.fmw': 'model M {\n  input image: [2, 2, 1]\n  output y = image |> flatten |> dense(2)\n}\n', 'w.safetensors': weightsFile({ 'y/dense/kernel': [[4, 2], Array(8).fill(0)], 'y/dense/bias': [[2], [0, 1]] }) }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 't.csv', '--json', '--backend', 'cpu'], folder)
    assert.is(code, 0, stderr)
    assert.match(stderr, 'the weights do not name the classes of y: they are taken to be those of the data, ant, bee')
    assert.equal(JSON.parse(stdout).confusion, [[0, 1], [0, 1]])
  }))

s('weights that were learned with --resize resize the pictures of a table when they are measured, and no arrays', () =>
  withFiles(
    { 'm.fmw': 'model M {\n  input image: [2, 2, 1]\n  output y = image |> flatten |> dense(2)\n}\n', 'a.png': large([0, 0, 0, 0]), 'b.png': large([255, 255, 255, 255]), 't.csv': 'file,label\na.png,0\nb.png,1\n' },
    async (folder) => {
      assert.is((await mainOf(['train', 'm.fmw', '--data', 't.csv', '--resize', '--validation', '0', '--epochs', '1', '--backend', 'cpu'], folder)).code, 0)
      const weights = ['eval', 'm.fmw', '--weights', 'M.training/best.safetensors', '--backend', 'cpu']
      const { code, stderr } = await mainOf([...weights, '--data', 't.csv'], folder)
      assert.is(code, 0, stderr)
      assert.match(stderr, 'pictures of 2x2, others resized')
      assert.match((await mainOf([...weights, '--data', 't.csv', '--no-resize'], folder)).stderr, 'error[data/size]: t.csv: 2 of 2 pictures are not 2x2')
    },
  ))

s('pictures alone are learned as what they should become, without folders of classes', () =>
  withFiles(
    { 'm.fmw': 'model Auto {\n  input image: [2, 2, 1]\n  output decoded = image |> flatten |> dense(4) |> reshape([2, 2, 1])\n}\n', 'p/a.png': picture([0, 1, 1, 0]), 'p/b.png': picture([1, 1, 0, 0]) },
    async (folder) => {
      const { code, stdout, stderr } = await mainOf(['train', 'm.fmw', '--data', 'p', '--target', 'decoded=mse:image', '--validation', 'p', '--epochs', '2', '--backend', 'cpu'], folder)
      assert.is(code, 0, stderr)
      assert.match(stdout, 'best is epoch')
    },
  ))

s('labels of --data and of --validation belong together', () =>
  withFiles(masks, async (folder) => {
    const args = ['train', 'm.fmw', '--data', 'pictures', '--labels', 'masks', '--ignore', '255', '--epochs', '1', '--backend', 'cpu']
    const without = await mainOf([...args, '--validation', 'pictures'], folder)
    assert.is(without.code, 2)
    assert.match(without.stderr, 'fmw: --validation pictures: the labels of --data are in masks, and --validation-labels names those of these pictures')
    const both = await mainOf([...args, '--validation', 'pictures', '--validation-labels', 'masks'], folder)
    assert.is(both.code, 0, both.stderr)
    assert.match((await mainOf([...args, '--validation', 'pictures', '--validation-labels', 'none', '--fresh'], folder)).stderr, 'error[input/unreadable]: none')
  }))

s('a training does not go on with another mask, or with a mask for another picture', () =>
  withFiles(masks, async (folder) => {
    const args = ['--data', 'pictures', '--labels', 'masks', '--ignore', '255', '--validation', '0', '--backend', 'cpu']
    assert.is((await mainOf(['train', 'm.fmw', ...args, '--epochs', '1'], folder)).code, 0)
    const file = (name: string): string => path.join(folder, 'masks', name)
    await rename(file('a.png'), file('c.png'))
    await rename(file('b.png'), file('a.png'))
    await rename(file('c.png'), file('b.png'))
    const { code, stderr } = await mainOf(['train', 'm.fmw', '--resume', '--epochs', '2'], folder)
    assert.is(code, 2)
    assert.match(stderr, 'the digest of the samples was')
  }))

const wrong: Readonly<Record<string, readonly [files: Files, args: readonly string[], said: string]>> = {
  'a missing picture, by its line': [{ 't.csv': 'file,classes\npictures/a.png,masks/a.png\npictures/z.png,masks/b.png\n' }, ['--data', 't.csv'], 'error[data/csv]: t.csv: this is no table of samples: 1 of its 2 rows do not fit\n  = line 3: pictures/z.png: the file cannot be read'],
  'a mask that a table names and that is not there': [{ 't.csv': 'file,classes\npictures/a.png,masks/z.png\n' }, ['--data', 't.csv'], 'error[data/mask]: t.csv: 1 of 1 masks cannot be used\n  = line 2: masks/z.png: the file cannot be read'],
  'a number that is no class': [{}, ['--data', 'pictures', '--labels', 'masks'], 'masks/a.png: 255 in row 1, column 1'],
  'a label for a sample where one for each place is wanted': [{ 't.csv': 'file,label\npictures/a.png,1\n' }, ['--data', 't.csv'], 'error[data/shape]: t.csv: label must be [1, 2, 2] (labels) or [1, 2, 2, 3] (values) for the output classes, not [1]'],
  'a picture without a mask': [{ 'pictures/c.png': picture([0, 0, 0, 0]) }, ['--data', 'pictures', '--labels', 'masks'], 'error[data/unpaired]: pictures'],
}

for (const [what, [files, args, said]] of Object.entries(wrong)) {
  s(`${what} is an error before anything is computed`, () =>
    withFiles({ ...masks, ...files }, async (folder) => {
      const { code, stdout, stderr } = await mainOf(['train', 'm.fmw', ...args, '--backend', 'cpu'], folder)
      assert.equal([code, stdout], [1, ''], stderr)
      assert.match(stderr, said)
      assert.not.match(stderr, /^\s+at |epoch/m)
    }))
}

s.run()
