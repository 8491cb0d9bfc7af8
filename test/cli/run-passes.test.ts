import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readNpy } from '../../src/runtime/files/npy.ts'
import { availableBackends } from '../backends.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw run --mode training')

const text = `model Dropped {
  input x: [4]
  n = x |> norm.batch
  output y = n |> dropout(0.25)
  output p = y |> softmax
}
`

/** With these, n = 4 · (x - 1) / √(4 + ε) + 0.5. */
const files = {
  'm.fmw': text,
  'w.safetensors': weightsFile({
    'n/norm/scale': [[4], [4, 4, 4, 4]],
    'n/norm/offset': [[4], [0.5, 0.5, 0.5, 0.5]],
    'n/norm/mean': [[4], [1, 1, 1, 1]],
    'n/norm/variance': [[4], [4, 4, 4, 4]],
  }),
  'x.json': '[[1, 2, 3, -1], [0, 1.5, 2, 4]]',
}
const x = [[1, 2, 3, -1], [0, 1.5, 2, 4]]
const normed = x.map((row) => row.map((value) => (4 * (value - 1)) / Math.sqrt(4 + 1e-3) + 0.5))

interface Values {
  readonly shape: readonly number[]
  readonly values: readonly number[]
  readonly deviation?: { readonly values: readonly number[] }
  readonly top?: readonly (readonly { readonly index: number; readonly probability: number; readonly deviation: number }[])[]
}

async function json(folder: string, ...args: readonly string[]): Promise<Readonly<Record<string, Values>>> {
  const given = ['--input', 'x=x.json', '--weights', 'w.safetensors', '--json', '--quiet']
  const { code, stdout, stderr } = await mainOf(['run', 'm.fmw', ...given, ...args], folder)
  assert.is(code, 0, stderr)
  return (JSON.parse(stdout) as { outputs: Readonly<Record<string, Values>> }).outputs
}

const near = (actual: number, expected: number, most: number): void =>
  assert.ok(Math.abs(actual - expected) <= most * Math.max(1, Math.abs(expected)), `${actual} instead of ${expected}`)

const passes = 40

s('each element is dropped or divided by what is left, in a part of the passes; mean and deviation are those of the passes', async () => {
  for (const backend of await availableBackends()) {
    await withFiles(files, async (folder) => {
      const { y, p } = await json(folder, '--mode', 'training', '--samples', String(passes), '--backend', backend)
      assert.equal([y!.shape, p!.shape], [[2, 4], [2, 4]])
      let dropped = 0
      for (const [i, value] of normed.flat().entries()) {
        const kept = value / 0.75
        // the mean says in how many passes an element was left, and this the deviation
        const left = Math.round((y!.values[i]! * passes) / kept)
        near(y!.values[i]!, (left * kept) / passes, 1e-5)
        const mean = (left * kept) / passes
        const squares = left * (kept - mean) ** 2 + (passes - left) * mean ** 2
        near(y!.deviation!.values[i]!, Math.sqrt(squares / (passes - 1)), 1e-5)
        dropped += passes - left
        assert.ok(left > passes / 3 && left < passes, `element ${i} is left ${left} times of ${passes}`)
      }
      // of 320 elements a quarter, within four deviations of a binomial
      near(dropped / (8 * passes), 0.25, 0.1)
    })
  }
})

s('normalisations and all that draws nothing stay as in inference', () =>
  withFiles(files, async (folder) => {
    await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--weights', 'w.safetensors', '--mode', 'training', '--samples', '3', '--output', 'n=n.npy', '--deviation', 'n=d.npy'], folder)
    const read = async (file: string) => readNpy(await readFile(path.join(folder, file)), file).values
    const found = await read('n.npy')
    for (const [i, value] of normed.flat().entries()) near(found[i]!, value, 1e-5)
    assert.equal(await read('d.npy'), new Float32Array(8))
  }))

s('one seed gives the same passes on every backend, another others', () =>
  withFiles(files, async (folder) => {
    const found = new Set<string>()
    for (const backend of await availableBackends()) {
      const { y } = await json(folder, '--mode', 'training', '--samples', '5', '--seed', '3', '--backend', backend)
      found.add(y!.values.map((value) => value.toFixed(4)).join())
    }
    assert.is(found.size, 1)
    const { y } = await json(folder, '--mode', 'training', '--samples', '5', '--seed', '4', '--backend', 'cpu')
    assert.not.ok(found.has(y!.values.map((value) => value.toFixed(4)).join()))
  }))

s('--top has the mean of the probabilities, and not the probabilities of the mean', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2]\n  output y = x |> dropout(0.5) |> softmax\n}\n',
      'x.json': '[[2, 0]]',
      'w.safetensors': weightsFile({}),
    },
    async (folder) => {
      const { code, stdout, stderr } = await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--mode', 'training', '--samples', '30', '--top', '2', '--json', '--backend', 'wasm'], folder)
      assert.is(code, 0, stderr)
      const { y } = (JSON.parse(stdout) as { outputs: Readonly<Record<string, Values>> }).outputs
      const kept = 1 / (1 + Math.exp(-4))
      const left = Math.round((30 * (y!.values[0]! - 0.5)) / (kept - 0.5))
      assert.ok(left > 5 && left < 25)
      const mean = (left * kept + (30 - left) / 2) / 30
      const deviation = Math.sqrt((left * (kept - mean) ** 2 + (30 - left) * (0.5 - mean) ** 2) / 29)
      const [first, second] = y!.top![0]!
      assert.equal([first!.index, second!.index], [0, 1])
      near(first!.probability, mean, 1e-5)
      near(second!.probability, 1 - mean, 1e-5)
      near(first!.deviation, deviation, 1e-5)
      const { stdout: said } = await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--mode', 'training', '--samples', '30', '--top', '1', '--backend', 'wasm'], folder)
      assert.is(said, `y [1, 2]: probabilities (it ends in a softmax): mean of 30 passes ± their deviation\n  0  ${(100 * mean).toFixed(2)} ± ${(100 * deviation).toFixed(2)} %  ${mean.toFixed(4)}\n`)
    },
  ),
)

s('the passes are said: how many, from which seed, and what stays as it is', () =>
  withFiles(files, async (folder) => {
    const args = ['run', 'm.fmw', '--input', 'x=x.json', '--weights', 'w.safetensors', '--mode', 'training', '--backend', 'cpu']
    const one = await mainOf(args, folder)
    assert.match(one.stderr, 'dropout as in training: one pass, seed 0; normalisations as in inference\n')
    assert.not.match(one.stdout, '±')
    const several = await mainOf([...args, '--samples', '3', '--seed', '7'], folder)
    assert.match(several.stderr, 'dropout as in training: 3 passes, seed 7; normalisations as in inference\n')
    assert.match(several.stdout, /^y \[2, 4\]: mean of 3 passes ± their deviation\n {2}\S.*\n {2}± /)
    const { mode, samples, seed } = JSON.parse((await mainOf([...args, '--samples', '3', '--json'], folder)).stdout) as Readonly<Record<string, unknown>>
    assert.equal([mode, samples, seed], ['training', 3, 0])
  }))

const wrongUsage: Readonly<Record<string, readonly [args: readonly string[], said: string]>> = {
  'samples without dropout': [['--samples', '3'], '--samples belongs to --mode training: without dropout every pass gives the same'],
  'a deviation of one pass': [
    ['--mode', 'training', '--deviation', 'y=d.npy'],
    '--deviation belongs to --mode training --samples N, where N is at least 2',
  ],
  'mean and deviation in one file': [
    ['--mode', 'training', '--samples', '2', '--output', 'y=d.npy', '--deviation', 'y=d.npy'],
    'two outputs would be written to d.npy',
  ],
}

for (const [what, [args, said]] of Object.entries(wrongUsage)) {
  s(`wrong usage: ${what}`, () =>
    withFiles(files, async (folder) => {
      const before = await contentOf(folder)
      assert.equal(await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--weights', 'w.safetensors', '--quiet', ...args], folder), { code: 2, stdout: '', stderr: `fmw: ${said}\n` })
      assert.equal(await contentOf(folder), before)
    }))
}

s('a model without dropout, or with a frozen one alone, has nothing to pass several times', () =>
  withFiles(
    {
      'none.fmw': 'model None {\n  input x: [4]\n  output y = x * 2\n}\n',
      'frozen.fmw': 'block B(x: [C]) -> [C] {\n  return x |> dropout(0.5) |> norm.batch\n}\nmodel Frozen {\n  input x: [4]\n  output y = freeze B(x)\n}\n',
      'zero.fmw': 'model Zero {\n  input x: [4]\n  output y = x |> dropout(0)\n}\n',
    },
    async (folder) => {
      for (const name of ['None', 'Frozen', 'Zero']) {
        const { code, stderr } = await mainOf(['run', `${name.toLowerCase()}.fmw`, '--input', 'x=ones', '--mode', 'training', '--quiet'], folder)
        assert.equal([code, stderr.split('\n').at(-2)], [2, `fmw: --mode training: ${name} has no dropout that trains, and every pass would give the same`])
      }
    },
  ),
)

s.run()
