import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { availableBackends } from '../backends.ts'
import { array, npz } from '../data/samples.ts'
import { near } from '../training/near.ts'
import { withFiles, type Files } from './folder.ts'
import type { Ran } from './fmw.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: two phases of a training')

function files(): Files {
  const { normal } = randomStream(1, 'samples')
  const x = Array.from({ length: 64 }, normal)
  return {
    'm.fmw': 'model M {\n  input x: [4]\n  h = x |> dense(3) |> norm.batch |> tanh\n  output y = h |> dense(1)\n}\n',
    'd.npz': npz({ x: array([16, 4], x), y: array([16], Array.from({ length: 16 }, (_, i) => x[4 * i]! - x[4 * i + 3]! + 3)) }),
  }
}

const data = ['--data', 'd.npz', '--validation', '0', '--batch', '16'] as const

const train = (folder: string, ...args: readonly string[]): Promise<Ran> => mainOf(['train', 'm.fmw', ...args], folder)

async function weightsOf(folder: string, ...file: readonly string[]): Promise<Readonly<Record<string, readonly number[]>>> {
  const read = readSafetensors(await readFile(path.join(folder, ...file)), 'weights')
  return Object.fromEntries([...read].filter(([name]) => !/^(?:slots|best)/.test(name)).map(([name, { values }]) => [name.replace('weights/', ''), [...values]]))
}

/** By how much each element of a weight has moved. */
const moved = (before: readonly number[], after: readonly number[]): readonly number[] => after.map((value, i) => Math.abs(value - before[i]!))

s('weights that are frozen at first stay as they are, moving statistics among them, and then learn, on every backend', async () => {
  for (const backend of await availableBackends()) {
    await withFiles(files(), async (folder) => {
      await mainOf(['init', 'm.fmw', '-o', 'w.safetensors', '--seed', '4'], folder)
      const begun = ['--weights', 'w.safetensors', '--unfreeze', 'h/**@3', '--backend', backend, '--learning-rate', '0.01']
      const ran = await train(folder, ...data, ...begun, '--epochs', '2')
      assert.is(ran.code, 0, ran.stderr)
      assert.match(ran.stderr, 'weights: h/** is frozen to the end, as there are 2 epochs\n')
      const [start, frozen] = [await weightsOf(folder, 'w.safetensors'), await weightsOf(folder, 'M.training', 'checkpoint.safetensors')]
      const ofH = Object.keys(start).filter((name) => name.startsWith('h/'))
      assert.is(ofH.length, 6)
      for (const name of ofH) assert.equal(frozen[name], start[name], name)
      assert.not.equal(frozen['y/dense/kernel'], start['y/dense/kernel'])

      assert.match((await train(folder, '--resume', '--epochs', '3')).stderr, 'weights: h/** is frozen before epoch 3\n')
      const later = await weightsOf(folder, 'M.training', 'checkpoint.safetensors')
      for (const name of ofH.filter((each) => !each.endsWith('dense/bias'))) assert.not.equal(later[name], start[name], name)
      // the first step of Adam has the length of the rate, whichever step of the others it is
      near(moved(start['h/dense/kernel']!, later['h/dense/kernel']!), Array.from({ length: 12 }, () => 0.01), 1e-4, `${backend}: first step`)
    })
  }
})

s('a run that is stopped between two phases, or within one, gives the bits of one that is not', () =>
  withFiles(files(), async (folder) => {
    const begun = ['--data', 'd.npz', '--validation', '0', '--batch', '5', '--unfreeze', 'h/dense/**@2', '--unfreeze', 'h/**@4', '--rate', 'h/**=0.5', '--backend', 'cpu']
    await train(folder, ...begun, '--epochs', '5', '--checkpoint', 'whole', '-o', 'whole.safetensors')
    for (const epochs of [1, 2, 3]) {
      const parts = ['--checkpoint', `parts-${epochs}`]
      await train(folder, ...begun, '--epochs', String(epochs), ...parts)
      const resumed = await train(folder, '--resume', '--epochs', '5', ...parts, '-o', 'parts.safetensors')
      assert.is(resumed.code, 0, resumed.stderr)
      assert.equal(await readFile(path.join(folder, 'parts.safetensors')), await readFile(path.join(folder, 'whole.safetensors')), `after ${epochs}`)
    }
    const other = await train(folder, '--resume', '--epochs', '6', '--checkpoint', 'parts-1', '--unfreeze', 'h/**@3')
    assert.is(other.code, 2)
    assert.match(other.stderr, '--unfreeze was h/dense/**@2 h/**@4 and is h/**@3')
  }))

s('a factor of the rate makes the steps of its weights that much longer; of several the last that names a weight', () =>
  withFiles(files(), async (folder) => {
    await mainOf(['init', 'm.fmw', '-o', 'w.safetensors'], folder)
    const before = await weightsOf(folder, 'w.safetensors')
    const step = async (...args: readonly string[]) => {
      const { code, stderr } = await train(folder, ...data, '--weights', 'w.safetensors', '--optimizer', 'sgd', '--epochs', '1', '--fresh', ...args)
      assert.is(code, 0, stderr)
      const after = await weightsOf(folder, 'M.training', 'checkpoint.safetensors')
      return Object.fromEntries(Object.entries(after).map(([name, values]) => [name, moved(before[name]!, values)]))
    }
    const [plain, rated] = [await step(), await step('--rate', 'h/**=3', '--rate', 'h/dense/kernel=0.25')]
    const times = (name: string, factor: number): void =>
      near(rated[name]!, plain[name]!.map((value) => factor * value), 1e-6, name)
    times('h/dense/kernel', 0.25)
    times('h/norm/offset', 3)
    times('y/dense/kernel', 1)
    assert.ok(Math.max(...plain['h/dense/kernel']!, ...plain['h/norm/offset']!) > 1e-3)
  }))

s('a schedule falls where the loss no longer does', () =>
  withFiles(files(), async (folder) => {
    // nothing moves, so no epoch is better than the first
    const words = [...data, '--optimizer', 'sgd', '--learning-rate', '1e-30', '--freeze', 'h/**', '--schedule', 'plateau=2,0.5', '--epochs', '6', '--json']
    const { stdout, stderr } = await train(folder, ...words)
    const rates = stdout.trim().split('\n').map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'epoch').map(({ rate }) => rate / 1e-30)
    near(rates, [1, 1, 1, 0.5, 0.5, 0.25], 1e-6, stderr)
  }))

/** What is refused before the first step. */
const refused: readonly (readonly [args: readonly string[], said: RegExp])[] = [
  [['--unfreeze', 'h/**'], /It is GLOB@EPOCH, such as 'left/],
  [['--unfreeze', 'h/**@1'], /a whole number from 2, and not 1/],
  [['--unfreeze', 'h/**@soon'], /a whole number from 2, and not soon/],
  [['--unfreeze', 'k/**@2'], /--unfreeze k\/\*\*: no weight of M has such a path/],
  [['--rate', 'h/**'], /It is GLOB=FACTOR/],
  [['--rate', 'h/**=0'], /named by --freeze 'h\/\*\*'/],
  [['--rate', 'h/**=-1'], /a number above 0, and not -1/],
  [['--rate', 'dense/**=2'], /--rate dense\/\*\*: no weight of M has such a path/],
  [['--schedule', 'plateau'], /This schedule is written plateau=EPOCHS,FACTOR, not plateau/],
  [['--schedule', 'plateau=0,0.5'], /The epochs of plateau=0,0\.5 are a whole number from 1/],
]

for (const [args, said] of refused) {
  s(`refused: ${args.join(' ')}`, () =>
    withFiles(files(), async (folder) => {
      const { code, stderr } = await train(folder, ...data, ...args)
      assert.is(code, 2, stderr)
      assert.match(stderr, said)
    }))
}

s.run()
