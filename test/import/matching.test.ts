import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { contentOf, withFiles } from '../cli/folder.ts'
import { mainOf } from '../cli/main-of.ts'
import { weightsFile, type Tensors } from '../cli/weights-file.ts'
import { imported } from './networks.ts'

const s = suite('weights import: which is which')

/** A tensor of numbers that count on from a first one. */
const counted = (shape: readonly number[], first = 0): Tensors[string] => [shape, Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i)]

const resultOf = async (folder: string): Promise<ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>> =>
  readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w')

const two = 'model Two {\n  input x: [4]\n  output y = x |> dense(4, bias: false, activation: tanh) as first |> dense(4, bias: false) as second\n}\n'

s('what is equal in all that is known is refused with its candidates; a line of a map decides, and the rest follows', () =>
  withFiles(
    { 'two.fmw': two, 'sorted.safetensors': weightsFile({ 'alpha.weight': counted([4, 4]), 'beta.weight': counted([4, 4], 100) }), 'names.map': '# decided\nbeta.weight -> first/kernel  # by me\n' },
    async (folder) => {
      const before = await contentOf(folder)
      const refused = await imported(folder, 'sorted.safetensors', 'two.fmw', '-o', 'w.safetensors')
      assert.equal([refused.code, refused.pairs], [1, []])
      assert.match(
        refused.stderr,
        'error[weights/ambiguous]: sorted.safetensors: alpha.weight [4, 4] and beta.weight [4, 4] may be first/kernel [4, 4] or second/kernel [4, 4]: nothing says which is which\n',
      )
      assert.equal(await contentOf(folder), before)
      const { code, stderr, pairs } = await imported(folder, 'sorted.safetensors', 'two.fmw', '--map', 'names.map', '-o', 'w.safetensors')
      assert.is(code, 0, stderr)
      assert.equal(pairs, [
        { from: 'beta.weight', to: 'first/kernel', layout: 'oi', how: 'map' },
        { from: 'alpha.weight', to: 'second/kernel', layout: 'oi', how: 'shape' },
      ])
      // [out, in]: column o of the kernel is row o of the file
      assert.equal([...(await resultOf(folder)).get('first/kernel')!.values].slice(0, 5), [100, 104, 108, 112, 101])
    },
  ))

s('the order in which tensors were made decides between equal ones, which is said', () =>
  withFiles({ 'two.fmw': two, 'made.safetensors': weightsFile({ 'beta.weight': counted([4, 4], 100), 'alpha.weight': counted([4, 4]) }) }, async (folder) => {
    const { code, stderr, pairs } = await imported(folder, 'made.safetensors', 'two.fmw')
    assert.is(code, 0, stderr)
    assert.equal(pairs.map(({ from, to, how }) => [from, to, how]), [['beta.weight', 'first/kernel', 'order'], ['alpha.weight', 'second/kernel', 'order']])
    assert.match(stderr, 'told from others of their shape by their order alone: 2 of the weights')
  }))

const branches = `model Branches {
  input x: [6, 6, 8]
  y = x |> conv(8, 1x1, bias: false) as a |> relu |> conv(8, 3x3, padding: half, bias: false) as b |> relu |> conv(16, 1x1, bias: false) as c
  s = x |> conv(16, 1x1, bias: false) as last
  output z = relu(y + s)
}
`

s('an order that the model has otherwise decides nothing', () =>
  withFiles(
    {
      'branches.fmw': branches,
      'named.fmw': branches.replace('as last', 'as shortcut'),
      // the way past the block was made first
      'first.safetensors': weightsFile({ 'zero.weight': counted([16, 8, 1, 1]), 'one.weight': counted([8, 8, 1, 1]), 'two.weight': counted([8, 8, 3, 3]), 'three.weight': counted([16, 8, 1, 1]) }),
      'named.safetensors': weightsFile({ 'skip.weight': counted([16, 8, 1, 1]), 'one.weight': counted([8, 8, 1, 1]), 'two.weight': counted([8, 8, 3, 3]), 'three.weight': counted([16, 8, 1, 1]) }),
    },
    async (folder) => {
      const { code, stderr, pairs } = await imported(folder, 'first.safetensors', 'branches.fmw')
      assert.is(code, 1)
      assert.equal(pairs.map(({ to }) => to), ['a/kernel', 'b/kernel'])
      assert.match(stderr, 'zero.weight [16, 8, 1, 1] and three.weight [16, 8, 1, 1] may be c/kernel [1, 1, 8, 16] or last/kernel [1, 1, 8, 16]')
      const named = await imported(folder, 'named.safetensors', 'named.fmw')
      assert.is(named.code, 0, named.stderr)
      assert.equal(named.pairs.map(({ from, to, how }) => [from, to, how]).slice(2), [['three.weight', 'c/kernel', 'name'], ['skip.weight', 'shortcut/kernel', 'name']])
    },
  ))

const head = 'model Head(classes: int = 3) {\n  input x: [4]\n  output y = x |> dense(5, activation: tanh) as body |> dense(classes) as head\n}\n'
const heads: Tensors = { 'body.weight': counted([5, 4]), 'body.bias': counted([5]), 'head.weight': counted([7, 5]), 'head.bias': counted([7]) }

s('equal names with other shapes are refused by name, and --skip leaves them out for a training to begin anew', () =>
  withFiles({ 'head.fmw': head, 't.safetensors': weightsFile(heads) }, async (folder) => {
    const refused = await imported(folder, 't.safetensors', 'head.fmw')
    assert.equal([refused.code, refused.missing, refused.unexpected], [1, [], []])
    assert.match(refused.stderr, 'error[weights/shape]: t.safetensors: the weight head/kernel is [5, 3] in the model and [7, 5] in the file\n  = the file calls it head.weight\n')
    const { code, stderr } = await imported(folder, 't.safetensors', 'head.fmw', '--skip', 'head/**', '--skip', 'head.*', '-o', 'w.safetensors')
    assert.is(code, 0, stderr)
    assert.equal([...(await resultOf(folder)).keys()], ['body/bias', 'body/kernel'])
    const idle = await imported(folder, 't.safetensors', 'head.fmw', '--skip', 'haed/**')
    assert.equal([idle.code, idle.stderr], [2, 'fmw: --skip haed/**: neither Head nor the file has such a name\n'])
  }))

s('what is missing and what is left over is said by name, in the words of other commands', () =>
  withFiles({ 'head.fmw': head, 't.safetensors': weightsFile({ ...heads, 'aux.weight': counted([9, 9]), 'head.weight': counted([3, 5]), 'head.bias': counted([3]) }), 'less.safetensors': weightsFile({ 'body.weight': counted([5, 4]), 'body.bias': counted([5]) }) }, async (folder) => {
    const more = await imported(folder, 't.safetensors', 'head.fmw')
    assert.equal([more.code, more.pairs.length, more.missing, more.unexpected], [1, 4, [], ['aux.weight']])
    assert.match(more.stderr, "error[weights/unexpected]: t.safetensors: the file has a tensor aux.weight [9, 9], which is no weight of the model\n  = --skip 'aux.weight' leaves it out\n")
    const less = await imported(folder, 'less.safetensors', 'head.fmw')
    assert.equal([less.code, less.pairs.length, less.missing, less.unexpected], [1, 2, ['head/kernel', 'head/bias'], []])
    assert.match(less.stderr, "error[weights/missing]: less.safetensors: the weight head/kernel [5, 3] of the model is not in the file\n  = --skip 'head/kernel' leaves it out")
  }))

s('of a layer that is there without its bias the bias alone is missing, by whatever the layer is found', () =>
  withFiles({ 'head.fmw': head, 'shapes.safetensors': weightsFile({ 'one.weight': counted([5, 4]), 'two.weight': counted([3, 5]) }), 'names.safetensors': weightsFile({ 'body.weight': counted([5, 4]), 'body.bias': counted([5]), 'head.weight': counted([3, 5]) }) }, async (folder) => {
    const shapes = await imported(folder, 'shapes.safetensors', 'head.fmw')
    assert.equal([shapes.code, shapes.pairs.map(({ from, to }) => `${from} ${to}`), shapes.missing, shapes.unexpected], [1, ['one.weight body/kernel', 'two.weight head/kernel'], ['body/bias', 'head/bias'], []])
    const names = await imported(folder, 'names.safetensors', 'head.fmw')
    assert.equal([names.code, names.pairs.length, names.missing, names.unexpected], [1, 3, ['head/bias'], []])
    assert.match(names.stderr, "error[weights/missing]: names.safetensors: the weight head/bias [3] of the model is not in the file\n  = the file has the layer, as head, without it: bias: false in the text leaves it out\n  = --skip 'head/bias' leaves it out")
  }))

s('of a layer that has no bias here the bias alone is left over', () =>
  withFiles({ 'two.fmw': two, 'names.safetensors': weightsFile({ 'first.weight': counted([4, 4]), 'second.weight': counted([4, 4]), 'second.bias': counted([4]) }) }, async (folder) => {
    const { code, stderr, pairs, missing, unexpected } = await imported(folder, 'names.safetensors', 'two.fmw')
    assert.equal([code, pairs.length, missing, unexpected], [1, 2, [], ['second.bias']])
    assert.match(stderr, '  = the model has the layer, as second, without it: bias: true in the text gives it one\n')
  }))

s('nothing but what is skipped is no import', () =>
  withFiles({ 'two.fmw': two, 't.safetensors': weightsFile({ 'first.weight': counted([4, 4]), 'second.weight': counted([4, 4]) }) }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stderr } = await imported(folder, 't.safetensors', 'two.fmw', '--skip', '**', '-o', 'w.safetensors')
    assert.equal([code, stderr], [2, 'fmw: --skip leaves no weight of Two\n'])
    assert.equal(await contentOf(folder), before)
  }))

s('one line about one of two decides the other, and with them their normalisations', () => {
  const norm = (name: string, size: number): Tensors => Object.fromEntries(['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => [`${name}/${part}`, counted([size])]))
  const kernel = (name: string, ...shape: readonly number[]): Tensors => ({ [`${name}/kernel`]: counted(shape) })
  const unit = (name: string) => (layer: string, padding = '') => `|> conv(${name}, ${layer}${padding}, bias: false)`
  const text = `model Unit {
  input x: [6, 6, 8]
  y = x ${unit('8')('1x1')} as a |> norm.batch as an ${unit('8')('3x3', ', padding: half')} as b |> norm.batch as bn ${unit('16')('1x1')} as c |> norm.batch as cn
  s = x ${unit('16')('1x1')} as d |> norm.batch as dn
  output z = relu(y + s)
}
`
  const tensors = {
    ...kernel('block1_0_conv', 1, 1, 8, 16),
    ...norm('block1_0_bn', 16),
    ...kernel('block1_1_conv', 1, 1, 8, 8),
    ...norm('block1_1_bn', 8),
    ...kernel('block1_2_conv', 3, 3, 8, 8),
    ...norm('block1_2_bn', 8),
    ...kernel('block1_3_conv', 1, 1, 8, 16),
    ...norm('block1_3_bn', 16),
  }
  return withFiles({ 'unit.fmw': text, 'k.safetensors': weightsFile(tensors), 'names.map': 'block1_0_conv/kernel -> d/kernel' }, async (folder) => {
    const open = await imported(folder, 'k.safetensors', 'unit.fmw')
    assert.is(open.code, 1)
    assert.match(open.stderr, 'block1_0_conv/kernel [1, 1, 8, 16] and block1_3_conv/kernel [1, 1, 8, 16] may be c/kernel [1, 1, 8, 16] or d/kernel [1, 1, 8, 16]')
    const { code, stderr, pairs } = await imported(folder, 'k.safetensors', 'unit.fmw', '--map', 'names.map')
    assert.is(code, 0, stderr)
    const places = new Map(pairs.map(({ from, to }) => [from, to]))
    assert.equal(['block1_0_conv/kernel', 'block1_0_bn/gamma', 'block1_3_conv/kernel', 'block1_3_bn/beta'].map((name) => places.get(name)), ['d/kernel', 'dn/scale', 'c/kernel', 'cn/offset'])
  })
})

s('whose layouts a file has is said by its names, or must be said: a square kernel fits both ways', () =>
  withFiles({ 'two.fmw': two, 'plain.safetensors': weightsFile({ w1: counted([4, 4]), w2: counted([4, 4], 100) }), 'mixed.safetensors': weightsFile({ 'a.weight': counted([4, 4]), 'b/gamma': counted([4]) }), 'names.map': 'w1 -> first/kernel\nw2 -> second/kernel\n' }, async (folder) => {
    const plain = await imported(folder, 'plain.safetensors', 'two.fmw')
    assert.is(plain.code, 1)
    assert.match(plain.stderr, "error[weights/convention]: plain.safetensors: the names in the file do not say whose layouts it has: they are neither PyTorch's nor Keras's\n  = it has w1 [4, 4], w2 [4, 4]\n")
    assert.match((await imported(folder, 'mixed.safetensors', 'two.fmw')).stderr, "some are as PyTorch's, some as Keras's")
    for (const [layout, second] of [['torch', 4], ['keras', 1], ['fmw', 1]] as const) {
      const { code, stderr } = await imported(folder, 'plain.safetensors', 'two.fmw', '--layout', layout, '--map', 'names.map', '-o', 'w.safetensors')
      assert.is(code, 0, stderr)
      assert.is((await resultOf(folder)).get('first/kernel')!.values[1], second)
    }
  }))

s('under the wrong layout it is said which fits', () =>
  withFiles({ 'head.fmw': head, 'k.safetensors': weightsFile({ 'body/kernel': counted([4, 5]), 'body/bias': counted([5]), 'head/kernel': counted([5, 3]), 'head/bias': counted([3]) }) }, async (folder) => {
    assert.is((await imported(folder, 'k.safetensors', 'head.fmw')).code, 0)
    const { code, stderr } = await imported(folder, 'k.safetensors', 'head.fmw', '--layout', 'torch')
    assert.is(code, 1)
    assert.match(stderr, 'the weight body/kernel is [4, 5] in the model and [4, 5] in the file')
    assert.match(stderr, 'as same it fits: --layout says whose layouts the file has')
  }))

s('a map that is saved is read again, says the same, and can be edited', () =>
  withFiles({ 'head.fmw': head, 't.safetensors': weightsFile({ ...heads, 'head.weight': counted([3, 5]), 'head.bias': counted([3]) }) }, async (folder) => {
    const first = await imported(folder, 't.safetensors', 'head.fmw', '--save-map', 'names.map')
    assert.is(first.code, 0, first.stderr)
    const text = await readFile(path.join(folder, 'names.map'), 'utf8')
    assert.match(text, /^body\.weight -> body\/kernel oi {6}# name$/m)
    const again = await imported(folder, 't.safetensors', 'head.fmw', '--map', 'names.map')
    assert.equal(again.pairs, first.pairs.map((pair) => ({ ...pair, how: 'map' })))
  }))

s('every mistake in a map is said with its line', () =>
  withFiles(
    {
      'head.fmw': head,
      't.safetensors': weightsFile(heads),
      'bad.map': ['body.weight = body/kernel', 'body.wieght -> body/kernel', 'body.bias -> body/bais', '', '# a comment', 'body.weight -> body/kernel chwn', 'head.weight -> head/kernel oi', 'body.bias -> body/bias', 'head.bias -> body/bias', 'encoder/** -> body/**', 'body.** -> bady/**', 'body.weight -> body/kernel oi-chw'].join('\r\n'),
    },
    async (folder) => {
      const { code, stderr } = await mainOf(['weights', 'import', 't.safetensors', 'head.fmw', '--map', 'bad.map'], folder)
      assert.is(code, 1)
      assert.equal(
        stderr.split('\n').filter((line) => line.startsWith('error')).map((line) => line.replace('error[weights/map]: bad.map: ', '')),
        [
          'line 1: "body.weight = body/kernel" is not of the form: tensor -> weight, or: tensor -> weight layout',
          'line 2: the file has no tensor body.wieght (did you mean body.weight?)',
          'line 3: the model has no weight body/bais (did you mean body/bias?)',
          'line 6: chwn is no layout: they are same, oihw, iohw, o1hw, oi, oi-chw, chw-oi, chw-oi-chw, chw',
          'line 7: head.weight [7, 5] is not head/kernel [5, 3] as oi',
          'line 9: body/bias is given a tensor in line 8 already',
          'line 10: the file has no tensors under encoder',
          'line 11: the model has no weights under bady',
          'line 12: body/kernel is given a tensor in line 6 already',
        ],
      )
    },
  ))

const towers = `block Pair(x: [C]) -> [_] { return x |> dense(4, activation: tanh) as a |> dense(4) as b }
model Towers {
  input x: [4]
  left = Pair(x) as _
  right = Pair(x) as _
  output y = left + right
}
`

s('a part that is renamed is mapped as a whole: by the same names within it, or by what is left to it', () => {
  const tower = (part: string, names: readonly string[], first: number): Tensors =>
    Object.fromEntries(names.flatMap((name, i) => [[`${part}.${name}.bias`, counted([4], first + 50 * i)], [`${part}.${name}.weight`, counted([4, 4], first + 50 * i)]]))
  const files = {
    'towers.fmw': towers,
    'same.safetensors': weightsFile({ ...tower('encoder', ['a', 'b'], 0), ...tower('tower', ['a', 'b'], 100) }),
    'numbered.safetensors': weightsFile({ ...tower('encoder', ['1', '2'], 0), ...tower('tower', ['1', '2'], 100) }),
    'parts.map': 'encoder.** -> right/**\n',
  }
  return withFiles(files, async (folder) => {
    for (const weights of ['same', 'numbered']) {
      const open = await imported(folder, `${weights}.safetensors`, 'towers.fmw', '--layout', 'torch')
      // a file that is sorted says nothing of the order of its parts
      assert.equal([open.code, open.pairs], [1, []])
      const { code, stderr, pairs } = await imported(folder, `${weights}.safetensors`, 'towers.fmw', '--map', 'parts.map')
      assert.is(code, 0, stderr)
      assert.equal(
        pairs.filter(({ to }) => to.endsWith('kernel')).map(({ from, to }) => `${from} ${to}`),
        weights === 'same'
          ? ['tower.a.weight left/a/kernel', 'tower.b.weight left/b/kernel', 'encoder.a.weight right/a/kernel', 'encoder.b.weight right/b/kernel']
          : ['tower.1.weight left/a/kernel', 'tower.2.weight left/b/kernel', 'encoder.1.weight right/a/kernel', 'encoder.2.weight right/b/kernel'],
      )
    }
  })
})

const merged = `model Merged {
  input x: [2, 3, 4]
  input y: [2, 2, 2]
  rows = fuse.concat(x |> flatten, y |> flatten)
  output z = rows |> relu |> dense(2, bias: false) as last
}
`

s('rows behind flattened maps that are joined stand in the order of each', () =>
  withFiles({ 'merged.fmw': merged, 't.safetensors': weightsFile({ 'last.weight': counted([2, 32]), 'other.running_mean': counted([1]) }) }, async (folder) => {
    const { code, stderr, pairs } = await imported(folder, 't.safetensors', 'merged.fmw', '--skip', 'other.*', '-o', 'w.safetensors')
    assert.is(code, 0, stderr)
    assert.is(pairs[0]!.layout, 'oi-chw')
    const { values } = (await resultOf(folder)).get('last/kernel')!
    let row = 0
    for (const [start, height, width, channels] of [[0, 2, 3, 4], [24, 2, 2, 2]] as const)
      for (let h = 0; h < height; h++)
        for (let w = 0; w < width; w++)
          for (let c = 0; c < channels; c++, row++)
            for (const out of [0, 1]) assert.is(values[2 * row + out], 32 * out + start + (c * height + h) * width + w)
  }))

s('an order that is not followed is not guessed', () =>
  withFiles({ 'lost.fmw': 'model Lost {\n  input x: [2, 2, 3]\n  output y = x |> flatten |> gather.channels([5, 3, 1]) |> dense(2, bias: false) as last\n}\n', 't.safetensors': weightsFile({ 'last.weight': counted([2, 3]) }), 'oi.map': 'last.weight -> last/kernel oi' }, async (folder) => {
    const refused = await imported(folder, 't.safetensors', 'lost.fmw')
    assert.is(refused.code, 1)
    assert.match(refused.stderr, /error\[weights\/flattened\]: t\.safetensors: the order of the elements of last\/kernel is not known at \S+\n {2}= where a vector becomes a map, .*\n {2}= a line of a map decides: last\.weight -> last\/kernel oi/)
    assert.is((await imported(folder, 't.safetensors', 'lost.fmw', '--map', 'oi.map')).code, 0)
  }))

s('a 1x1 convolution may be a dense layer there, and the other way round', () =>
  withFiles({ 'ones.fmw': 'model Ones {\n  input x: [3, 3, 4]\n  output y = x |> conv(6, 1x1, bias: false) as mix |> pool.global |> dense(2, bias: false) as last\n}\n', 't.safetensors': weightsFile({ 'mix.weight': counted([6, 4]), 'last.weight': counted([2, 6, 1, 1]) }) }, async (folder) => {
    const { code, stderr } = await imported(folder, 't.safetensors', 'ones.fmw', '-o', 'w.safetensors')
    assert.is(code, 0, stderr)
    const written = await resultOf(folder)
    assert.equal([...written.get('mix/kernel')!.values].slice(0, 7), [0, 4, 8, 12, 16, 20, 1])
    assert.equal([...written.get('last/kernel')!.values].slice(0, 3), [0, 6, 1])
  }))

s('weights of fmw itself are taken by their names, and say of classes and inputs what they did', () =>
  withFiles({ 'head.fmw': head, 'f.safetensors': writeSafetensors(new Map(['body/kernel', 'head/kernel', 'body/bias', 'head/bias'].map((name, i) => [name, { shape: [[4, 5], [5, 3], [5], [3]][i]!, values: new Float32Array([20, 15, 5, 3][i]!).fill(i) }])), { fmw: '0.1.0', classes: '["a","b","c"]' }) }, async (folder) => {
    const { code, stderr, pairs } = await imported(folder, 'f.safetensors', 'head.fmw', '-o', 'w.safetensors')
    assert.is(code, 0, stderr)
    assert.equal([...new Set(pairs.map(({ how, layout }) => `${how} ${layout}`))], ['name same'])
    assert.match((await mainOf(['weights', 'ls', 'w.safetensors'], folder)).stdout, 'classes: ["a","b","c"]')
  }))

s('a proof needs all that it runs on, in the extents of the model', () =>
  withFiles({ 'head.fmw': head, 't.safetensors': weightsFile({ ...heads, 'head.weight': counted([3, 5]), 'head.bias': counted([3]) }), 'x.npy': writeNpy({ shape: [2, 4], values: new Float32Array(8) }), 'y.npy': writeNpy({ shape: [2, 3], values: Float32Array.from([0, 1, 2, 0, 1, 2]) }) }, async (folder) => {
    const say = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await imported(folder, 't.safetensors', 'head.fmw', ...args)
      return [code, stderr.trimEnd().split('\n').at(-1)!]
    }
    assert.equal(await say('--input', 'x.npy'), [2, 'fmw: a proof needs every input and what is expected: --expect FILE.npy'])
    assert.equal(await say('--expect', 'y.npy'), [2, 'fmw: a proof needs every input and what is expected: --input x=FILE.npy'])
    assert.equal(await say('--input', 'z=x.npy', '--expect', 'y.npy'), [2, 'fmw: --input z=x.npy: it has the form name=file.npy, and the names are x'])
    assert.equal(await say('--input', 'y.npy', '--expect', 'y.npy'), [2, 'fmw: y.npy is [2, 3], and the model has [4]'])
    assert.equal(await say('--input', 'x.npy', '--expect', 'x.npy'), [2, 'fmw: x.npy is [2, 4], and the model has [2, 3]'])
    assert.equal((await say('--input', 'x.npy', '--expect', 'y.npy', '--skip', 'head/bias', '--skip', 'head.bias'))[0], 2)
  }))

const square = 'conv(4, 3x3, padding: half)'

s('a scope that both sides name says more than the order of the file', () => {
  const stem = (first: string, second: string, count = 1) =>
    `block Stem(x: [H, W, 4]) -> like x { return x ${Array.from({ length: count }, (_, i) => `|> ${square} as k${i}`).join(' ')} }\nmodel T {\n  input a: [6, 6, 4]\n  input b: [6, 6, 4]\n  output y = (a |> Stem as ${first}) + (b |> Stem as ${second})\n}\n`
  const layer = (name: string): Tensors => ({ [`${name}.weight`]: counted([4, 4, 3, 3]), [`${name}.bias`]: counted([4]) })
  return withFiles(
    {
      't.fmw': stem('colour', 'depth'),
      'more.fmw': stem('colour', 'depth', 2),
      // the other one was made first, alone and within a module
      't.safetensors': weightsFile({ ...layer('net.depth.0'), ...layer('net.colour.0') }),
      'more.safetensors': weightsFile({ ...layer('depth.0'), ...layer('depth.2'), ...layer('colour.0'), ...layer('colour.2') }),
      'odd.safetensors': weightsFile({ ...layer('depth.0'), ...layer('depth.2'), ...layer('depth.4'), ...layer('colour.0') }),
    },
    async (folder) => {
      const kernels = async (file: string, model: string) => {
        const { code, pairs, stderr } = await imported(folder, file, model)
        return [code, Object.fromEntries(pairs.filter(({ to }) => to.endsWith('kernel')).map(({ from, to }) => [from, to])), stderr] as const
      }
      const [code, pairs, stderr] = await kernels('t.safetensors', 't.fmw')
      assert.equal([code, pairs], [0, { 'net.depth.0.weight': 'depth/k0/kernel', 'net.colour.0.weight': 'colour/k0/kernel' }], stderr)
      const [, four] = await kernels('more.safetensors', 'more.fmw')
      assert.equal(four, { 'depth.0.weight': 'depth/k0/kernel', 'depth.2.weight': 'depth/k1/kernel', 'colour.0.weight': 'colour/k0/kernel', 'colour.2.weight': 'colour/k1/kernel' })
      // three against two: an order would take one of depth for colour
      const [odd, none, said] = await kernels('odd.safetensors', 'more.fmw')
      assert.equal([odd, none], [1, {}])
      assert.match(said, 'error[weights/ambiguous]')
    },
  )
})

s('where numbers count otherwise on both sides, an equal number is no evidence', () => {
  const layers = (...names: readonly string[]): Tensors => Object.fromEntries(names.flatMap((name) => [[`${name}.weight`, counted([4, 4, 3, 3])], [`${name}.bias`, counted([4])]]))
  const model = (...names: readonly string[]) => `model C {\n  input x: [6, 6, 4]\n  output y = x ${names.map((name) => `|> ${square} as ${name}`).join(' ')}\n}\n`
  return withFiles(
    {
      'zero.fmw': model('conv0', 'conv1', 'conv2'),
      'loop.fmw': `model L {\n  input x: [6, 6, 4]\n  y = x\n  for i in range(5) { y = y |> ${square} as stages |> relu }\n  output z = y\n}\n`,
      'one.safetensors': weightsFile(layers('conv1', 'conv2', 'conv3')),
      // sorted as text, so that the order is that of the numbers
      'steps.safetensors': weightsFile(layers('stages.0', 'stages.2', 'stages.4', 'stages.6', 'stages.8')),
      'same.safetensors': weightsFile(layers('conv2', 'conv0', 'conv1')),
      'four.safetensors': weightsFile(layers('conv1', 'conv2', 'conv3', 'conv4')),
    },
    async (folder) => {
      const kernels = async (file: string, text: string) => {
        const { code, pairs, stderr } = await imported(folder, file, text)
        return { code, stderr, kernels: pairs.filter(({ to }) => to.endsWith('kernel')).map(({ from, to, how }) => [from, to, how]) }
      }
      const one = await kernels('one.safetensors', 'zero.fmw')
      assert.equal(one.kernels, [0, 1, 2].map((i) => [`conv${i + 1}.weight`, `conv${i}/kernel`, 'order']), one.stderr)
      assert.match(one.stderr, 'told from others of their shape by their order alone: 6 of the weights')
      const steps = await kernels('steps.safetensors', 'loop.fmw')
      assert.equal(steps.kernels, [0, 1, 2, 3, 4].map((i) => [`stages.${2 * i}.weight`, `stages/${i}/kernel`, 'order']), steps.stderr)
      const same = await kernels('same.safetensors', 'zero.fmw')
      assert.equal(same.kernels, [0, 1, 2].map((i) => [`conv${i}.weight`, `conv${i}/kernel`, 'name']), same.stderr)
      const four = await kernels('four.safetensors', 'zero.fmw')
      assert.equal([four.code, four.kernels], [1, []])
    },
  )
})

s('names of another program than --layout says are noted', () =>
  withFiles({ 'two.fmw': two, 't.safetensors': weightsFile({ 'm.0.weight': counted([4, 4]), 'm.2.weight': counted([4, 4]) }) }, async (folder) => {
    const { code, stderr } = await imported(folder, 't.safetensors', 'two.fmw', '--layout', 'keras')
    assert.is(code, 0, stderr)
    assert.match(stderr, "t.safetensors: layouts of Keras, as --layout says; its names are PyTorch's\n")
    assert.match((await imported(folder, 't.safetensors', 'two.fmw', '--layout', 'torch')).stderr, 't.safetensors: names and layouts of PyTorch\n')
  }))

s.run()
