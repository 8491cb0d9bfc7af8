import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { availableBackends } from '../backends.ts'
import { array, npz } from '../data/samples.ts'
import { near } from '../training/near.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: what is learned')

/** Four samples: a value for each element of x, and a number that is the sum of both. */
const x = [1, -2, 0.5, 3, -1, 1, 2, 0.25]
const scaled = [2, -1, 1, 2, 0, 1, 3, 0]
const total = [0.5, 3, -1, 2]
const start = [0.5, -0.25]

const files: Files = {
  'm.fmw': 'model M {\n  input x: [2]\n  param w: [2] = [0.5, -0.25]\n  output scaled = x * w\n  output total = reduce.sum(x * w)\n}\n',
  'd.npz': npz({ x: array([4, 2], x), scaled: array([4, 2], scaled), total: array([4], total) }),
}

/** One step, or several where the batch is smaller. */
const steps = (batch: number, rate: string): readonly string[] => ['--epochs', '1', '--batch', String(batch), '--validation', '0', '--optimizer', 'sgd', '--learning-rate', rate]

const once = steps(4, '0.1')

async function weightsOf(folder: string, file: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const read = readSafetensors(await readFile(path.join(folder, file)), file)
  return new Map([...read].map(([name, { values }]) => [name, [...values]]))
}

interface Epoch {
  readonly kind: string
  readonly loss: number
  readonly metrics: Readonly<Record<string, number>>
  readonly outputs?: Readonly<Record<string, { readonly loss: number; readonly metrics: Readonly<Record<string, number>> }>>
}

const lines = (stdout: string): readonly Epoch[] => stdout.trim().split('\n').map((line) => JSON.parse(line))
const epochOf = (stdout: string): Epoch => lines(stdout).find(({ kind }) => kind === 'epoch')!

s('two outputs are learned at once: a step follows the slope of the weighted sum of their losses, on every backend', () =>
  withFiles(files, async (folder) => {
    const targets = ['--target', 'scaled=mse', '--target', 'total=mse*0.5']
    // Σ (x w - s)² / 8 + 0.5 Σ (Σ x w - t)² / 4
    const slope = [0, 0]
    let [first, second] = [0, 0]
    for (let i = 0; i < 4; i++) {
      const [a, b] = [x[2 * i]!, x[2 * i + 1]!]
      const errors = [a * start[0]! - scaled[2 * i]!, b * start[1]! - scaled[2 * i + 1]!]
      const error = a * start[0]! + b * start[1]! - total[i]!
      for (const [k, value] of [a, b].entries()) slope[k]! += (2 * errors[k]! * value) / 8 + (0.5 * 2 * error * value) / 4
      first += (errors[0]! ** 2 + errors[1]! ** 2) / 8
      second += error ** 2 / 4
    }
    for (const backend of await availableBackends()) {
      const words = ['train', 'm.fmw', '--data', 'd.npz', ...once, ...targets, '--backend', backend, '--json', '-o', 'w.safetensors', '--fresh']
      const { code, stdout, stderr } = await mainOf(words, folder)
      assert.is(code, 0, stderr)
      near((await weightsOf(folder, 'w.safetensors')).get('w')!, start.map((w, k) => w - 0.1 * slope[k]!), 1e-6, backend)
      const { loss, outputs } = epochOf(stdout)
      near([loss, outputs!['scaled']!.loss, outputs!['total']!.loss], [first + 0.5 * second, first, second], 1e-5, backend)
      assert.equal(Object.keys(outputs!['total']!.metrics), ['mae'])
      const [begin] = lines(stdout) as unknown as readonly [{ readonly options: { readonly targets: unknown } }]
      assert.equal(begin.options.targets, [
        { output: 'scaled', loss: 'mse', weight: 1 },
        { output: 'total', loss: 'mse', weight: 0.5 },
      ])
    }
  }))

s('people read the sum and a measure of each output, and a measure of the weights has them too', () =>
  withFiles(files, async (folder) => {
    const targets = ['--target', 'scaled=mse', '--target', 'total=mae*0.5']
    const { stdout, stderr } = await mainOf(['train', 'm.fmw', '--data', 'd.npz', ...once, ...targets, '-o', 'w.safetensors'], folder)
    assert.match(stderr, '; mse of scaled + 0.5 mae of total, backend ')
    assert.match(stdout, /^epoch 1\/1 {2}loss \d\.\d{4} {2}scaled mae \d\.\d{4} {2}total loss \d\.\d{4} /m)
    const measured = ['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'd.npz', ...targets]
    const shown = (await mainOf(measured, folder)).stdout
    assert.match(shown, /^M on d\.npz: 4 samples\nloss \d\.\d{4}\n\nscaled: loss \d\.\d{4} {2}mae \d\.\d{4} {2}\(mse\)\n\ntotal: loss \d\.\d{4} {2}\(mae\)$/m)
    const found = JSON.parse((await mainOf([...measured, '--json'], folder)).stdout)
    assert.is(found.lossName, 'mse')
    assert.ok(Math.abs(found.loss - found.outputs.scaled.loss - 0.5 * found.outputs.total.loss) < 1e-12)
  }))

s('a training of several outputs is resumed without naming them again, to the same bits', () =>
  withFiles(files, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'd.npz', '--target', 'total=mse', '--target', 'scaled*0.25', '--batch', '3', '--seed', '2', '--backend', 'cpu']
    assert.is((await mainOf([...words, '--epochs', '3', '--checkpoint', 'whole', '-o', 'whole.safetensors'], folder)).code, 0)
    assert.is((await mainOf([...words, '--epochs', '1', '--checkpoint', 'parts'], folder)).code, 0)
    const resumed = await mainOf(['train', 'm.fmw', '--resume', '--epochs', '3', '--checkpoint', 'parts', '-o', 'parts.safetensors'], folder)
    assert.is(resumed.code, 0, resumed.stderr)
    assert.equal(await readFile(path.join(folder, 'parts.safetensors')), await readFile(path.join(folder, 'whole.safetensors')))
    const other = await mainOf(['train', 'm.fmw', '--resume', '--epochs', '4', '--checkpoint', 'parts', '--target', 'total=mse', '--target', 'scaled'], folder)
    assert.is(other.code, 2)
    assert.match(other.stderr, /--target[^]*scaled\*0\.25/)
  }))

s('what an output should be that is not asked for is passed over, and that is said', () =>
  withFiles(files, async (folder) => {
    const { code, stderr } = await mainOf(['train', 'm.fmw', '--data', 'd.npz', ...once, '--target', 'total=mse'], folder)
    assert.is(code, 0)
    assert.match(stderr, 'd.npz: scaled is not looked at, as the output scaled is not asked for\n')
  }))

s('an input may be its own target, and an array of any name', () =>
  withFiles({ ...files, 'e.npz': npz({ x: array([4, 2], x), truth: array([4], total) }) }, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'e.npz', ...once, '--target', 'scaled=mse:x', '--target', 'total=mse:truth', '--json', '--backend', 'cpu']
    const { code, stdout, stderr } = await mainOf(words, folder)
    assert.is(code, 0, stderr)
    const own = x.reduce((sum, value, i) => sum + (value * start[i % 2]! - value) ** 2, 0) / 8
    near([epochOf(stdout).outputs!['scaled']!.loss], [own], 1e-6, 'own')
    const npy = { 'x.npy': writeNpy(array([4, 2], x)) }
    await withFiles({ ...files, ...npy }, async (other) => {
      const alone = await mainOf(['train', 'm.fmw', '--data', 'x.npy', ...once, '--target', 'scaled=mse:x', '--json', '--backend', 'cpu'], other)
      near([epochOf(alone.stdout).loss], [own], 1e-6, alone.stderr)
    })
  }))

/** Logits of three classes that are the inputs, and labels of which the first class has most. */
const logits = [2, 0, 0, 0, 1, 0, 1, 0, 3, 0, 0, 1, 5, 0, 0, 0, 2, 1]
const labels = [0, 0, 2, 0, 1, 0]
const classes: Files = {
  'm.fmw': 'model M {\n  input x: [3]\n  param w: [3] = ones\n  output y = x * w\n}\n',
  'd.npz': npz({ x: array([6, 3], logits), labels: array([6], labels) }),
  'w.safetensors': writeSafetensors(new Map([['w', array([3], [1, 1, 1])]]), {}),
}
const losses = labels.map((label, i) => {
  const row = logits.slice(3 * i, 3 * i + 3)
  return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[label]!
})

/** Σ wₖ lₖ / Σ wₖ */
const weighted = (weights: readonly number[]): number =>
  losses.reduce((sum, loss, i) => sum + loss * weights[labels[i]!]!, 0) / labels.reduce((sum, label) => sum + weights[label]!, 0)

s('classes are weighed: balanced by how many samples each has, or by a file', () =>
  withFiles({ ...classes, 'c.json': '{"0": 1, "1": 0, "2": 4}' }, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'd.npz', '--json', '--fresh']
    for (const backend of await availableBackends()) {
      for (const [given, weights] of [['balanced', [6 / (3 * 4), 6 / 3, 6 / 3]], ['c.json', [1, 0, 4]]] as const) {
        const { code, stdout, stderr } = await mainOf([...words, ...steps(6, '0.1'), '--class-weights', given, '--backend', backend], folder)
        assert.is(code, 0, stderr)
        near([epochOf(stdout).loss], [weighted(weights)], 1e-6, `${backend}, ${given}`)
        // a measure is of the samples, and not of their weights
        near([epochOf(stdout).metrics['accuracy']!], [2 / 6], 1e-6, `${backend}, ${given}`)
      }
    }
    // batches of other sizes and weights add up to the mean over all
    const parts = await mainOf([...words, ...steps(4, '1e-30'), '--class-weights', 'c.json'], folder)
    near([epochOf(parts.stdout).loss], [weighted([1, 0, 4])], 1e-6, 'in parts')
  }))

s('of zeros and ones the two are the classes', () =>
  withFiles({ 'm.fmw': 'model M {\n  input x: [1]\n  param w: [1] = ones\n  output y = x * w\n}\n', 'd.npz': npz({ x: array([4, 1], [1, -1, 2, 0]), y: array([4], [1, 0, 0, 0]) }) }, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'd.npz', ...once, '--json', '--class-weights', 'balanced', '--loss', 'binary_crossentropy']
    const { stdout, stderr } = await mainOf(words, folder)
    const each = [Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(2)), Math.log(2)]
    const weights = [4 / 2, 4 / 6, 4 / 6, 4 / 6]
    near([epochOf(stdout).loss], [each.reduce((sum, loss, i) => sum + loss * weights[i]!, 0) / 4], 1e-6, stderr)
  }))

/** What is said of weights of classes that are none. */
const wrongWeights: Readonly<Record<string, RegExp>> = {
  '{"0": 1, "1": 2}': /data\/class-weights[^]*it has no number for 2/,
  '{"0": 1, "1": 2, "2": 1, "cat": 1}': /there is no class cat; the classes are 0, 1, 2/,
  '{"0": -1, "1": 2, "2": 1}': /the number of 0 is -1, and it is at least 0/,
  '{"0": 0, "1": 0, "2": 0}': /all of them are 0/,
  '[1, 2, 3]': /the file holds no object/,
  '{': /the file is not JSON/,
}

s('weights of classes that are none are refused with all that is wrong, before the first step', async () => {
  for (const [text, said] of Object.entries(wrongWeights)) {
    await withFiles({ ...classes, 'c.json': text }, async (folder) => {
      const { code, stderr } = await mainOf(['train', 'm.fmw', '--data', 'd.npz', ...once, '--class-weights', 'c.json'], folder)
      assert.is(code, 1, text)
      assert.match(stderr, said)
    })
  }
})

/** Maps of two classes for 2x2 places, of which those of 255 are of none. */
const places: Files = {
  'm.fmw': 'model M {\n  input x: [2, 2, 2]\n  param w: [2] = ones\n  output y = x * w\n}\n',
  'd.npz': npz({ x: array([2, 2, 2, 2], [3, 0, 0, 1, 0, 2, 9, 0, 1, 0, 0, 0, 5, 0, 0, 4]), labels: array([2, 2, 2], [0, 1, 0, 255, 1, 255, 255, 1]) }),
  'none.npz': npz({ x: array([1, 2, 2, 2], new Float32Array(8)), y: array([1, 2, 2, 2], new Float32Array(8).fill(NaN)) }),
  'all.npz': npz({ x: array([1, 2, 2, 2], new Float32Array(8)), labels: array([1, 2, 2], [255, 255, 255, 255]) }),
  'w.safetensors': writeSafetensors(new Map([['w', array([2], [1, 1])]]), {}),
}

s('a label that says nothing counts neither in the loss nor in a measure, on every backend', () =>
  withFiles(places, async (folder) => {
    const softplus = (value: number): number => Math.log1p(Math.exp(value))
    const loss = (softplus(-3) + softplus(-1) + softplus(2) + softplus(1) + softplus(-4)) / 5
    for (const backend of await availableBackends()) {
      const words = ['--data', 'd.npz', '--ignore', '255', '--backend', backend, '--json']
      const trained = epochOf((await mainOf(['train', 'm.fmw', ...steps(1, '1e-30'), ...words, '--fresh'], folder)).stdout)
      const found = JSON.parse((await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', ...words], folder)).stdout)
      for (const score of [trained, found]) near([score.loss, score.metrics.accuracy], [loss, 3 / 5], 1e-6, backend)
      assert.equal(found.confusion, [[1, 1], [1, 2]])
    }
    const without = await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'd.npz'], folder)
    assert.is(without.code, 1)
    assert.match(without.stderr, /3 of 8 labels are outside 0 to 1[^]*--ignore 255/)
    const nothing = await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'all.npz', '--ignore', '255'], folder)
    assert.is(nothing.code, 1)
    assert.match(nothing.stderr, 'data/ignored')
    const noNumber = await mainOf(['eval', 'm.fmw', '--weights', 'w.safetensors', '--data', 'none.npz', '--ignore', 'nan', '--loss', 'mse'], folder)
    assert.is(noNumber.code, 1)
    assert.match(noNumber.stderr, 'all of y is NaN, which is ignored')
  }))

s('values that say nothing may be NaN', () =>
  withFiles({ ...files, 'n.npz': npz({ x: array([4, 2], x), total: array([4], [0.5, NaN, -1, NaN]) }) }, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'n.npz', ...once, '--target', 'total=mse', '--json', '--ignore', 'nan', '--backend', 'cpu']
    const { stdout, stderr } = await mainOf(words, folder)
    const errors = [0, 2].map((i) => x[2 * i]! * start[0]! + x[2 * i + 1]! * start[1]! - total[i]!)
    near([epochOf(stdout).loss], [(errors[0]! ** 2 + errors[1]! ** 2) / 2], 1e-6, stderr)
  }))

s('pairs are told apart by the distance of what one network makes of them', () =>
  withFiles(
    {
      'm.fmw':
        'model Embed {\n  input x: [2]\n  output y = x |> dense(8) |> tanh |> dense(2)\n}\n\nmodel Pair {\n  input left: [2]\n  input right: [2]\n  embed = Embed\n  d = embed(left) - embed(right)\n  output distance = sqrt(reduce.sum(d * d, axis: 0, keep: true) + 1e-6)\n}\n',
      'd.npz': pairs(64),
    },
    async (folder) => {
      const words = ['train', 'm.fmw', '--model', 'Pair', '--data', 'd.npz', '--loss', 'contrastive', '--epochs', '60', '--learning-rate', '0.02', '--validation', '0', '--json']
      const { code, stdout, stderr } = await mainOf(words, folder)
      assert.is(code, 0, stderr)
      const [first, last] = [epochOf(stdout), lines(stdout).findLast(({ kind }) => kind === 'epoch')!]
      assert.ok(last.metrics['accuracy']! > 0.95 && last.loss < first.loss / 3, `${first.loss} → ${last.loss}, ${last.metrics['accuracy']}`)
    },
  ),
)

/** Points on either side of a line: pairs of one side are alike, 0, others are not, 1. */
function pairs(count: number): Uint8Array {
  const at = (i: number, k: number): number => Math.sin(12.9898 * (i + 1) + 78.233 * k)
  const left = Array.from({ length: 2 * count }, (_, i) => at(i, 1))
  const right = Array.from({ length: 2 * count }, (_, i) => at(i, 2))
  const side = (list: readonly number[], i: number): boolean => list[2 * i]! + list[2 * i + 1]! > 0
  const differ = Array.from({ length: count }, (_, i) => Number(side(left, i) !== side(right, i)))
  return npz({ left: array([count, 2], left), right: array([count, 2], right), labels: array([count], differ) })
}

/** What is refused before the first step: the words of the options, and what is said. */
const refused: readonly (readonly [args: readonly string[], code: number, said: RegExp])[] = [
  [['--target', 'total', '--target', 'total=mae'], 2, /--target total is given twice/],
  [['--target', 'totl'], 2, /M has no output totl \(did you mean total\?\); it has scaled, total/],
  [['--target', 'total=mes'], 2, /There is no loss mes \(did you mean mse\?\)/],
  [['--target', 'total=mse*0', '--target', 'scaled'], 2, /A weight is a number above 0, and not 0/],
  [['--target', 'total*0.5'], 2, /the weight of total weighs its loss against others/],
  [['--target', '=mse'], 2, /It is OUTPUT/],
  [['--target', 'total:'], 2, /Behind the colon/],
  [['--target', 'total=mse', '--loss', 'mae'], 2, /--target total=mse has another loss than --loss mae/],
  [['--target', 'total=mse', '--target', 'scaled=mse', '--loss', 'mae'], 2, /each --target names its own/],
  [['--target', 'total:nothing'], 1, /an array nothing with what total should be is missing: it has x, scaled, total/],
  [['--target', 'scaled=contrastive', '--target', 'total'], 1, /training\/loss[^]*it takes distances, and nothing keeps these from being negative/],
  [['--target', 'scaled', '--target', 'total', '--class-weights', 'balanced'], 2, /--class-weights is for classes, and scaled is learned by mse, total is learned by mse/],
  [['--target', 'scaled', '--target', 'total', '--ignore', 'none'], 2, /It is a number, or nan/],
  [[], 2, /M has several outputs: choose with --target scaled or --target total, or give several of them/],
]

for (const [args, expected, said] of refused) {
  s(`refused: ${args.join(' ') || 'several outputs, and no word of which'}`, () =>
    withFiles(files, async (folder) => {
      const { code, stdout, stderr } = await mainOf(['train', 'm.fmw', '--data', 'd.npz', ...once, ...args], folder)
      assert.is(code, expected, stderr)
      assert.match(stderr, said)
      assert.is(stdout, '')
    }))
}

s('an accuracy that is the share of the commonest class is said at the end', () =>
  withFiles(classes, async (folder) => {
    const words = ['train', 'm.fmw', '--data', 'd.npz', ...steps(6, '1e-30')]
    assert.match((await mainOf(words, folder)).stdout, 'always saying 0 would be right more often: it is 66.67 % of the samples')
  }))

s.run()
