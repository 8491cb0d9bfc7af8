import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StatsJson } from '../../src/compiler/facts/stats-json.ts'
import { fmw, root } from './fmw.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { anyPicture, tiny, twoModels, unchecked, wrong } from './models.ts'

const s = suite('fmw summary')

const symbolic = anyPicture.replace('pool.max(image, 2)', 'image |> conv(4, 3x3, padding: same) |> pool.max(2)')

async function json(folder: string, ...args: readonly string[]): Promise<StatsJson> {
  const { code, stdout, stderr } = await mainOf(['summary', '--json', ...args], folder)
  assert.is(code, 0, stderr)
  return JSON.parse(stdout) as StatsJson
}

s('is a table of nodes with shapes, parameters and multiply-adds, and the totals', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['summary', 'tiny.fmw'], { cwd: folder })
    assert.equal([code, stderr], [0, ''])
    assert.is(
      stdout,
      `model Tiny: image [8, 8, 3] → maps [3, 3, 4]

name                op        shape      parameters   MACs
──────────────────  ────────  ─────────  ──────────  ─────
x/conv/y/conv2d     conv2d    [6, 6, 4]         108  3,888
x/conv/add          add       [6, 6, 4]           4      0
x/relu              relu      [6, 6, 4]           0      0
maps/pool/max_pool  max_pool  [3, 3, 4]           0      0

parameters  112 (112 trainable, 0 not)
MACs        3,888 per sample
`,
    )
  }))

s('--json is the object that scripts depend on', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { nodes, ...rest } = await json(folder, 'tiny.fmw')
    assert.equal(rest, {
      model: 'Tiny',
      inputs: [{ name: 'image', shape: [8, 8, 3] }],
      outputs: [{ name: 'maps', shape: [3, 3, 4] }],
      parameters: { trainable: 112, nonTrainable: 0, total: 112 },
      macs: 3888,
    })
    const convolution = nodes.find(({ op }) => op === 'conv2d')!
    assert.equal([convolution.shape, convolution.parameters, convolution.macs], [[6, 6, 4], 108, 3888])
    assert.is(nodes.reduce((sum, { parameters }) => sum + parameters, 0), 112)
    assert.is(new Set(nodes.map(({ name }) => name)).size, nodes.length, 'names tell nodes apart')
  }))

s('--depth groups by scope and keeps the totals', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { nodes, ...totals } = await json(folder, 'tiny.fmw', '--depth', '1')
    assert.equal(nodes.map(({ name, parameters, macs }) => [name, parameters, macs]), [['x', 112, 3888], ['maps', 0, 0]])
    const { nodes: all, ...same } = await json(folder, 'tiny.fmw')
    assert.equal(totals, same)
    assert.equal((await json(folder, 'tiny.fmw', '--depth', '9')).nodes, all)
  }))

s('a symbolic extent is a string, until --extent gives it a size', () =>
  withFiles({ 'any.fmw': symbolic }, async (folder) => {
    const open = await json(folder, 'any.fmw')
    assert.equal([open.inputs[0]!.shape, open.outputs[0]!.shape, open.macs], [['H', 'W', 3], ['H / 2', 'W / 2', 4], '108*H*W'])
    const half = await json(folder, 'any.fmw', '--extent', 'H=8')
    assert.equal([half.outputs[0]!.shape, half.macs], [[4, 'W / 2', 4], '864*W'])
    const closed = await json(folder, 'any.fmw', '--extent', 'H=8', '--extent', 'W=10')
    assert.equal([closed.outputs[0]!.shape, closed.macs], [[4, 5, 4], 8640])
  }))

s('an extent that the model does not have or that a where excludes is wrong usage', () =>
  withFiles({ 'any.fmw': symbolic }, async (folder) => {
    const said = async (extent: string): Promise<unknown> => {
      const { code, stdout, stderr } = await mainOf(['summary', 'any.fmw', '--extent', extent], folder)
      return [code, stdout, stderr]
    }
    assert.equal(await said('H=7'), [2, '', 'fmw: H must be a multiple of 2, not 7\n'])
    assert.equal(await said('height=8'), [2, '', 'fmw: AnyPicture has no extent height\n'])
    assert.equal(await said('H=-8'), [2, '', 'fmw: --extent H=-8: an extent is a whole number\n'])
  }))

s('--set changes the model', () =>
  withFiles({ 'tiny.fmw': tiny, 'part.fmw': unchecked }, async (folder) => {
    assert.is((await json(folder, 'tiny.fmw', '--set', 'classes=5')).parameters.total, 140)
    assert.is((await json(folder, 'part.fmw', '--set', 'width=2')).parameters.total, 56)
  }))

s('a file with several models needs --model, and says which there are', () =>
  withFiles({ 'two.fmw': twoModels }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['summary', 'two.fmw'], folder)
    assert.equal([code, stdout], [2, ''])
    assert.is(stderr, 'fmw: two.fmw has several models: choose with --model First or --model Second\n')
    assert.is((await json(folder, 'two.fmw', '--model', 'Second')).model, 'Second')
  }))

s('a file without a model, or whose model needs a parameter, is wrong usage', () =>
  withFiles({ 'none.fmw': 'const A = 1\n', 'part.fmw': unchecked }, async (folder) => {
    assert.equal(await mainOf(['summary', 'none.fmw'], folder), { code: 2, stdout: '', stderr: 'fmw: none.fmw has no model\n' })
    const { code, stdout, stderr } = await mainOf(['summary', 'part.fmw'], folder)
    assert.equal([code, stdout], [2, ''])
    assert.match(stderr, 'its parameter width has no value')
  }))

s('the mistakes of a model go to stderr, and nothing to stdout', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['summary', 'wrong.fmw', '--json'], folder)
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, 'error[shape/channel-mismatch]')
    assert.match(stderr, 'error[name/unknown]')
  }))

s('a model comes from standard input too', async () => {
  const { code, stdout } = await fmw(['summary', '-', '--json'], { stdin: tiny })
  assert.is(code, 0)
  assert.is((JSON.parse(stdout) as StatsJson).macs, 3888)
})

const published: Readonly<Record<string, readonly [trainable: number, nonTrainable: number, macs: number, ...args: string[]]>> = {
  lenet5: [60_000, 0, 325_680],
  resnet50: [25_557_032, 53_120, 4_089_184_256],
  'se-resnet50': [28_088_024, 53_120, 4_091_699_200],
  'mobilenet-v2': [3_504_872, 34_112, 300_774_272],
  unet: [31_030_658, 0, 48_096_083_968, '--extent', 'H=256', '--extent', 'W=256'],
}

for (const [name, [trainable, nonTrainable, macs, ...args]] of Object.entries(published)) {
  s(`examples/${name}.fmw has the published counts`, async () => {
    const counted = await json(root, `examples/${name}.fmw`, ...args)
    assert.equal([counted.parameters, counted.macs], [{ trainable, nonTrainable, total: trainable + nonTrainable }, macs])
  })
}

s.run()
