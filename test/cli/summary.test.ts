import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StatsDiffJson, StatsJson } from '../../src/compiler/facts/stats-json.ts'
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

#  name                op        takes          shape      parameters   MACs
─  ──────────────────  ────────  ─────────────  ─────────  ──────────  ─────
1  x/conv/y/conv2d     conv2d    image, kernel  [6, 6, 4]         108  3,888
2  x/conv/add          add       1, bias        [6, 6, 4]           4      0
3  x/relu              relu      2              [6, 6, 4]           0      0
4  maps/pool/max_pool  max_pool  3              [3, 3, 4]           0      0

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
    assert.equal(convolution.takes, [
      { name: 'image', kind: 'input', shape: [8, 8, 3] },
      { name: 'x/conv/kernel', kind: 'param', shape: [3, 3, 3, 4] },
    ])
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

/** Two streams of one picture that meet; seven summands; a list of weights, and numbers. */
const streams = `model Streams {
  input image: [H, W, 2]
  input plain: [H, W, 2]
  left = image |> conv(2, 1x1)
  right = plain |> conv(2, 1x1)
  both = fuse.concat(left, right, left, right, left, right) |> relu
  output y = both * 2
  output m = conv.mixture(left, [0.5, 0.5], 2, 1x1, bias: false)
}
`

s('each row says what it takes: rows by their number, inputs by their name, weights by the end of their path', () =>
  withFiles({ 'm.fmw': streams }, async (folder) => {
    const rows = async (...args: readonly string[]) => {
      const { stdout } = await mainOf(['summary', 'm.fmw', ...args], folder)
      return stdout.split('\n').slice(4).map((line) => line.trim().split(/  +/))
    }
    const ops = await rows()
    const taken = (name: string): unknown => ops.find((cells) => cells.includes(name))?.[3]
    assert.is(taken('left/conv/y/conv2d'), 'image, kernel')
    assert.is(taken('both/fuse/concatenate'), '2, 4, 2, …, 4')
    assert.is(taken('y/mul'), '6, numbers')
    assert.is(taken('m/conv/kernels_2/0/reshape'), 'kernel/0')
    // of a scope: inputs and other scopes, once; of one with one op what that takes
    const scopes = await rows('--depth', '1')
    assert.equal(
      scopes.slice(0, 5).map(([number, name, , takes]) => [number, name, takes]),
      [['1', 'left', 'image'], ['2', 'right', 'plain'], ['3', 'both', '1, 2'], ['4', 'y', '3, numbers'], ['5', 'm', '1']],
    )
    const { nodes } = await json(folder, 'm.fmw', '--depth', '1', '--extent', 'H=4')
    assert.equal(nodes[2]!.takes, [
      { name: 'left', kind: 'op', shape: [4, 'W', 2] },
      { name: 'right', kind: 'op', shape: [4, 'W', 2] },
    ])
  }))

const wider = tiny.replace('conv(classes, 3x3) |> relu', 'conv(2 * classes, 3x3) |> sigmoid |> conv(classes, 1x1)').replace('Tiny', 'Wider')

async function diff(folder: string, ...args: readonly string[]): Promise<StatsDiffJson> {
  const { code, stdout, stderr } = await mainOf(['summary', '--json', ...args], folder)
  assert.is(code, 0, stderr)
  return JSON.parse(stdout) as StatsDiffJson
}

s('--diff has what another model has more, less and otherwise, and the totals', () =>
  withFiles({ 'a.fmw': tiny, 'b.fmw': wider }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['summary', 'a.fmw', '--diff', 'b.fmw'], folder)
    assert.equal([code, stderr], [0, ''])
    // 3·3·3·8 + 8 + 8·4 + 4 weights; 36 places of 216 and 32 products
    assert.is(
      stdout,
      `- a.fmw: model Tiny: image [8, 8, 3] → maps [3, 3, 4]
+ b.fmw: model Wider: image [8, 8, 3] → maps [3, 3, 4]

   name                op        shape                  parameters           MACs
─  ──────────────────  ────────  ─────────────────────  ──────────  ─────────────
~  x/conv/y/conv2d     conv2d    [6, 6, 4] → [6, 6, 8]   108 → 216  3,888 → 7,776
~  x/conv/add          add       [6, 6, 4] → [6, 6, 8]       4 → 8              0
-  x/relu              relu      [6, 6, 4]                       0              0
+  x/sigmoid           sigmoid   [6, 6, 8]                       0              0
+  x/conv_2/y/conv2d   conv2d    [6, 6, 4]                      32          1,152
+  x/conv_2/add        add       [6, 6, 4]                       4              0
~  maps/pool/max_pool  max_pool  [3, 3, 4]                       0              0
     takes: x/relu → x/conv_2/add

0 rows are the same
parameters  112 → 260 (+148)
MACs        3,888 → 8,928 (+5,040) per sample
`,
    )
    const { before, after, added, removed, changed, same } = await diff(folder, 'b.fmw', '--diff', 'a.fmw')
    assert.equal([before.model, before.parameters.total, after.model, after.parameters.total, same], ['Wider', 260, 'Tiny', 112, 0])
    assert.equal(added.map(({ name }) => name), ['x/relu'])
    assert.equal(removed.map(({ name }) => name), ['x/sigmoid', 'x/conv_2/y/conv2d', 'x/conv_2/add'])
    assert.equal(
      changed.map((row) => [row.name, row.before.shape, row.after.shape, row.before.parameters, row.after.macs]),
      [
        ['x/conv/y/conv2d', [6, 6, 8], [6, 6, 4], 216, 3888],
        ['x/conv/add', [6, 6, 8], [6, 6, 4], 8, 0],
        ['maps/pool/max_pool', [3, 3, 4], [3, 3, 4], 0, 0],
      ],
    )
  }))

s('--diff compares scopes, sizes, models of one file and parameters', () =>
  withFiles({ 'a.fmw': tiny, 'two.fmw': twoModels, 'any.fmw': symbolic }, async (folder) => {
    const set = await diff(folder, 'a.fmw', '--diff', 'a.fmw', '--depth', '1', '--diff-set', 'classes=5')
    assert.equal(set.changed.map(({ name, before, after }) => [name, before.parameters, after.parameters]), [['x', 112, 140], ['maps', 0, 0]])
    const models = await diff(folder, 'two.fmw', '--model', 'First', '--diff', 'two.fmw', '--diff-model', 'Second')
    assert.equal([models.before.model, models.after.model, models.changed.length], ['First', 'Second', 1])
    const equal = await diff(folder, 'any.fmw', '--diff', 'any.fmw', '--extent', 'H=8')
    assert.equal([equal.changed, equal.added, equal.removed, equal.after.macs], [[], [], [], '864*W'])
    assert.ok(equal.same > 2)
    for (const option of ['--diff-model=Second', '--diff-set=classes=5']) {
      const { code, stderr } = await mainOf(['summary', 'a.fmw', option], folder)
      assert.equal([code, stderr], [2, `fmw: ${option.split('=')[0]} belongs to --diff FILE\n`])
    }
  }))

/** Nothing of it changes a name, a shape or a cost but what is replaced. */
const settled = `model M {
  input x: [8, 8, 4]
  a = x |> conv(4, 3x3, padding: same) |> norm.batch(epsilon: 1e-3)
  b = pool.max(a, 2) * 2
  output y = b |> pool.global
}
`
const unsettled = settled
  .replace('padding: same', 'padding: [[2, 2], [2, 2]], dilation: 2')
  .replace('1e-3', '1e-5')
  .replace('pool.max(a, 2) * 2', 'freeze pool.avg(a, 2) * 3')
  .replace('pool.global', 'pool.global_max')

s('--diff has attributes, numbers and what training does with weights, also within scopes', () =>
  withFiles({ 'a.fmw': settled, 'b.fmw': unsettled, 'c.fmw': settled.replace('= x |> conv(4, 3x3, padding: same)', '= x |> freeze conv(4, 3x3, padding: same, init: zeros)') }, async (folder) => {
    const differences = async (...args: readonly string[]): Promise<unknown> =>
      (await diff(folder, 'a.fmw', '--diff', ...args)).changed.flatMap((row) => row.differences.map((each) => [row.name, each.name, each.what, each.before, each.after]))
    const inside = [
      ['a/conv/y/conv2d', 'padding', 'same', '[[2, 2], [2, 2]]'],
      ['a/conv/y/conv2d', 'dilation', '[1, 1]', '[2, 2]'],
      ['a/norm/batch_norm', 'epsilon', '0.001', '0.00001'],
      ['b/mul', 'takes', 'b/pool/max_pool', 'b/pool/avg_pool'],
      ['b/mul', 'b', '2', '3'],
      ['y/pool/reduce_axes', 'how', 'mean', 'max'],
    ]
    assert.equal(await differences('b.fmw'), inside.map((each) => [each[0], ...each]))
    const pools = [['b/pool/max_pool', 'op', 'max_pool', null], ['b/pool/avg_pool', 'op', null, 'avg_pool']]
    const byScope = [...inside.slice(0, 3), ...pools, ...inside.slice(3)].filter(([name]) => !name!.startsWith('y/'))
    assert.equal(await differences('b.fmw', '--depth', '1'), [...byScope.map((each) => [each[0]![0], ...each]), ['y', 'y', 'how', 'mean', 'max']])
    assert.equal(await differences('c.fmw'), [
      ['a/conv/y/conv2d', 'a/conv/y/conv2d', 'kernel init', 'glorot_uniform', 'zeros'],
      ['a/conv/y/conv2d', 'a/conv/y/conv2d', 'kernel training', 'trained', 'not trained'],
      ['a/conv/y/conv2d', 'a/conv/y/conv2d', 'frozen', null, 'true'],
      ['a/conv/add', 'a/conv/add', 'b training', 'trained', 'not trained'],
      ['a/conv/add', 'a/conv/add', 'frozen', null, 'true'],
    ])
    const { stdout } = await mainOf(['summary', 'a.fmw', '--diff', 'b.fmw', '--depth', '1'], folder)
    assert.is(
      stdout,
      `- a.fmw: model M: x [8, 8, 4] → y [4]
+ b.fmw: model M: x [8, 8, 4] → y [4]

   name  op           shape      parameters   MACs
─  ────  ───────────  ─────────  ──────────  ─────
~  a     3 ops        [8, 8, 4]         164  9,216
     conv/y/conv2d padding: same → [[2, 2], [2, 2]]
     conv/y/conv2d dilation: [1, 1] → [2, 2]
     norm/batch_norm epsilon: 0.001 → 0.00001
~  b     2 ops        [4, 4, 4]           0      0
     - pool/max_pool (max_pool)
     + pool/avg_pool (avg_pool)
     mul takes: b/pool/max_pool → b/pool/avg_pool
     mul b: 2 → 3
~  y     reduce_axes  [4]                 0      0
     how: mean → max

0 rows are the same
parameters  164
MACs        9,216 per sample
`,
    )
    const frozen = (await mainOf(['summary', 'a.fmw', '--diff', 'c.fmw'], folder)).stdout
    assert.match(frozen, 'trainable   156 → 8 (-148)\n')
  }))

s('--diff says where an output of one name is another node, and what was set where both are in one file', () =>
  withFiles({ 'a.fmw': settled, 'b.fmw': settled.replace('output y = b |> pool.global', 'z = b |> pool.global\n  output y = b |> pool.global_max'), 't.fmw': tiny }, async (folder) => {
    const { outputs, changed } = await diff(folder, 'a.fmw', '--diff', 'b.fmw')
    assert.equal([outputs, changed.length], [[], 1])
    const two = settled.replace('output y = b |> pool.global', 'c = relu(b)\n  d = sigmoid(b)\n  output y = c')
    await writeFile(path.join(folder, 'c.fmw'), two)
    await writeFile(path.join(folder, 'd.fmw'), two.replace('output y = c', 'output y = d'))
    assert.equal((await diff(folder, 'c.fmw', '--diff', 'd.fmw')).outputs, [{ name: 'y', before: 'c/relu', after: 'd/sigmoid' }])
    const { stdout } = await mainOf(['summary', 'c.fmw', '--diff', 'd.fmw'], folder)
    assert.match(stdout, 'output y  c/relu → d/sigmoid\n')
    const set = await mainOf(['summary', 't.fmw', '--diff', 't.fmw', '--diff-set', 'classes=5'], folder)
    assert.equal(set.stdout.split('\n').slice(0, 2).map((line) => line.split(': ')[0]), ['- t.fmw', '+ t.fmw, classes=5'])
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
