import { Buffer } from 'node:buffer'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readNpy, writeNpy } from '../../src/runtime/files/npy.ts'
import { availableBackends } from '../backends.ts'
import { fmw, root } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { anyPicture, tiny, twice, twoModels, unchecked } from './models.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw run')

interface RunJson {
  readonly backend: string
  readonly outputs: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values?: readonly number[]; readonly path?: string }>
  >
  readonly ms: number
}

async function json(folder: string, ...args: readonly string[]): Promise<RunJson> {
  const { code, stdout, stderr } = await mainOf(['run', '--json', '--backend', 'wasm', ...args], folder)
  assert.is(code, 0, stderr)
  return JSON.parse(stdout) as RunJson
}

const npy = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  writeNpy({ shape, values: Float32Array.from(values) })

/** A picture of two rows of two pixels: red, green; blue, white. */
const colours = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]

function png(width: number, height: number, rgba: readonly number[]): Uint8Array {
  const picture = new PNG({ width, height })
  picture.data = Buffer.from(rgba)
  return PNG.sync.write(picture)
}

s('prints each output with its shape and values on stdout; weights and backend are named on stderr', () =>
  withFiles({ 'twice.fmw': twice, 'tiny.fmw': tiny, 'x.json': '[[1, 2, 3], [4, 5, 6.5]]' }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['run', 'twice.fmw', '--input', 'x=x.json', '--backend', 'cpu'], { cwd: folder })
    assert.is(code, 0)
    assert.is(
      stdout,
      `doubled [1, 2, 3]
  2.0000  4.0000  6.0000  8.0000  10.0000  13.0000
shifted [1, 2, 3]
  0.0000  1.0000  2.0000  3.0000  4.0000  5.5000
`,
    )
    assert.is(stderr, 'backend: cpu\n')
    const weighted = await mainOf(['run', 'tiny.fmw', '--input', 'image=ones', '--backend', 'wasm'], folder)
    assert.match(weighted.stderr, 'weights: freshly initialised, seed 0')
    assert.match(weighted.stderr, 'backend: wasm\n')
  }))

s('--json is the object that scripts depend on', () =>
  withFiles({ 'twice.fmw': twice, 'x.json': '[[1, 2, 3], [4, 5, 6]]' }, async (folder) => {
    const { backend, outputs, ms } = await json(folder, 'twice.fmw', '--input', 'x=x.json', '--output', 'shifted=y.npy')
    assert.is(backend, 'wasm')
    assert.ok(ms > 0)
    assert.equal(outputs, {
      doubled: { shape: [1, 2, 3], values: [2, 4, 6, 8, 10, 12] },
      shifted: { shape: [1, 2, 3], path: 'y.npy' },
    })
  }))

s('--json holds at most 1,000 values of an output', () =>
  withFiles({ 'big.fmw': 'model Big {\n  input x: [40, 50]\n  output y = x * 2\n}\n' }, async (folder) => {
    const { y } = (await json(folder, 'big.fmw', '--input', 'x=ones')).outputs
    assert.equal([y!.shape, y!.values], [[1, 40, 50], Array.from({ length: 1000 }, () => 2)])
  }))

s('an array without the batch is one sample, with it as many as it says', () => {
  const files = {
    'twice.fmw': twice,
    'one.npy': npy([2, 3], [1, 2, 3, 4, 5, 6]),
    'two.npy': npy([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  }
  return withFiles({ ...files, 'two.json': '[[[0,1,2],[3,4,5]],[[6,7,8],[9,10,11]]]' }, async (folder) => {
    const doubled = async (file: string): Promise<unknown> =>
      (await json(folder, 'twice.fmw', '--input', `x=${file}`)).outputs['doubled']
    assert.equal(await doubled('one.npy'), { shape: [1, 2, 3], values: [2, 4, 6, 8, 10, 12] })
    const both = { shape: [2, 2, 3], values: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22] }
    assert.equal(await doubled('two.npy'), both)
    assert.equal(await doubled('two.json'), both)
  })
})

s('arrays of another form are taken as train takes them: channels first, without the axis of a channel, as rows', () => {
  const models = {
    'm.fmw': 'model M {\n  input image: [2, 3, 2]\n  output y = image * 1\n}\n',
    'grey.fmw': 'model M {\n  input image: [2, 3, 1]\n  output y = image * 1\n}\n',
    'any.fmw': 'model M {\n  input image: [H, W, 2]\n  output y = image * 1\n}\n',
  }
  const twelve = Array.from({ length: 12 }, (_, i) => i)
  const turned = [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]
  const arrays = { 'first.npy': npy([2, 2, 3], twelve), 'many.npy': npy([1, 2, 2, 3], twelve), 'bare.npy': npy([2, 3], twelve.slice(0, 6)), 'rows.npy': npy([2, 6], twelve), 'row.npy': npy([1, 12], twelve), 'grey.npy': npy([2, 2, 3], twelve), 'wrong.npy': npy([2, 5, 2], Array(20).fill(1)) }
  return withFiles({ ...models, ...arrays }, async (folder) => {
    const ran = async (model: string, file: string, ...args: readonly string[]) => mainOf(['run', model, '--input', `image=${file}`, '--backend', 'cpu', '--json', ...args], folder)
    const values = async (model: string, file: string): Promise<unknown> => {
      const { code, stdout, stderr } = await ran(model, file)
      assert.is(code, 0, stderr)
      const { shape, values: found } = JSON.parse(stdout).outputs.y
      return [shape, found, stderr.split('\n')[0]]
    }
    const firsts = (file: string, shape: string): string => `${file}: image ${shape} has its channels first, and is taken as [1, 2, 3, 2]`
    assert.equal(await values('m.fmw', 'first.npy'), [[1, 2, 3, 2], turned, firsts('first.npy', '[1, 2, 2, 3]')])
    assert.equal(await values('m.fmw', 'many.npy'), [[1, 2, 3, 2], turned, firsts('many.npy', '[1, 2, 2, 3]')])
    assert.equal(await values('any.fmw', 'many.npy'), [[1, 2, 3, 2], turned, firsts('many.npy', '[1, 2, 2, 3]')])
    assert.equal(await values('grey.fmw', 'bare.npy'), [[1, 2, 3, 1], twelve.slice(0, 6), 'bare.npy: image [1, 2, 3] has no axis for its one channel, and is taken as [1, 2, 3, 1]'])
    assert.equal(await values('grey.fmw', 'rows.npy'), [[2, 2, 3, 1], twelve, 'rows.npy: image [2, 6] has a row for each sample, and is taken as [2, 2, 3, 1]'])
    assert.equal(await values('grey.fmw', 'grey.npy'), [[2, 2, 3, 1], twelve, 'grey.npy: image [2, 2, 3] has no axis for its one channel, and is taken as [2, 2, 3, 1]'])
    const several = await ran('m.fmw', 'row.npy')
    assert.is(several.code, 1)
    assert.match(several.stderr, 'error[data/shape]: row.npy: image [1, 12] fits the input image [2, 3, 2] in 2 ways')
    const wrong = await ran('m.fmw', 'wrong.npy')
    assert.is(wrong.code, 1)
    assert.match(wrong.stderr, 'wrong.npy is 2x5, and the input image is [2, 3, 2]: --resize brings it to its size')
    const resized = await ran('m.fmw', 'first.npy', '--resize')
    assert.match(resized.stderr, 'has its channels first')
  })
})

s('ones and random need no file; random is normal, of the seed and the name of the input', () =>
  withFiles(
    { 'x.fmw': 'model X {\n  input a: [30, 30]\n  input b: [30, 30]\n  output c = a * 1\n  output d = b * 1\n}\n' },
    async (folder) => {
      const ones = (await json(folder, 'x.fmw', '--input', 'a=ones', '--input', 'b=ones')).outputs
      assert.ok(ones['c']!.values!.every((value) => value === 1))
      const drawn = async (seed: string): Promise<readonly (readonly number[])[]> => {
        const { c, d } = (await json(folder, 'x.fmw', '--input', 'a=random', '--input', 'b=random', '--seed', seed)).outputs
        return [c!.values!, d!.values!]
      }
      const [first, again, other] = [await drawn('1'), await drawn('1'), await drawn('2')]
      assert.equal(first, again)
      assert.not.equal(first, other)
      assert.not.equal(first[0], first[1])
      const mean = first[0]!.reduce((sum, value) => sum + value, 0) / 900
      const variance = first[0]!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 900
      assert.ok(Math.abs(mean) < 0.15 && Math.abs(variance - 1) < 0.25, `mean ${mean}, variance ${variance}`)
    },
  ),
)

s('a picture becomes values from 0 to 1, row by row, [height, width, channels]', () =>
  withFiles(
    { 'any.fmw': 'model Any {\n  input image: [H, W, 3]\n  output same = image * 1\n}\n', 'p.png': png(2, 2, colours) },
    async (folder) => {
      const { outputs } = await json(folder, 'any.fmw', '--input', 'image=p.png')
      assert.equal(outputs['same'], { shape: [1, 2, 2, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1] })
    },
  ),
)

s('a colour picture for an input of one channel becomes grey', () =>
  withFiles(
    { 'grey.fmw': 'model Grey {\n  input image: [2, 2, 1]\n  output same = image * 1\n}\n', 'p.png': png(2, 2, colours) },
    async (folder) => {
      const { code, stdout, stderr } = await mainOf(['run', 'grey.fmw', '--input', 'image=p.png', '--backend', 'wasm'], folder)
      assert.is(code, 0)
      assert.match(stdout, '0.2990  0.5870  0.1140  1.0000')
      assert.match(stderr, 'p.png: its colours were turned into grey')
    },
  ),
)

s('a JPEG is read, whatever the case of its ending', () => {
  const grey = Buffer.alloc(8 * 8 * 4, 128)
  const jpeg = encodeJpeg({ width: 8, height: 8, data: grey }, 95).data
  return withFiles({ 'any.fmw': anyPicture, 'p.jpg': jpeg, 'P.JPEG': jpeg }, async (folder) => {
    for (const file of ['p.jpg', 'P.JPEG']) {
      const { small } = (await json(folder, 'any.fmw', '--input', `image=${file}`)).outputs
      assert.equal(small!.shape, [1, 4, 4, 3])
      assert.ok(small!.values!.every((value) => Math.abs(value - 128 / 255) < 0.01))
    }
  })
})

s('--output writes .npy, .json and .png, and prints where', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2, 2, 1]\n  output a = x * 2\n  output b = x * 4\n  output c = x * 1\n}\n',
      'x.json': '[[[0], [1]], [[2], [3]]]',
    },
    async (folder) => {
      const outputs = ['--output', 'a=a.npy', '--output', 'b=b.json', '--output', 'c=c.png']
      const { code, stdout } = await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--backend', 'wasm', ...outputs], folder)
      assert.is(code, 0)
      assert.is(stdout, 'a [1, 2, 2, 1] → a.npy\nb [1, 2, 2, 1] → b.json\nc [1, 2, 2, 1] → c.png\n')
      const bytes = (file: string): Promise<Buffer> => readFile(path.join(folder, file))
      assert.equal(readNpy(await bytes('a.npy'), 'a.npy'), { shape: [1, 2, 2, 1], values: Float32Array.of(0, 2, 4, 6) })
      assert.equal(JSON.parse(String(await bytes('b.json'))), [
        [
          [[0], [4]],
          [[8], [12]],
        ],
      ])
      const { width, height, data } = PNG.sync.read(await bytes('c.png'))
      assert.equal([width, height, [...data].filter((_, i) => i % 4 === 0)], [2, 2, [0, 85, 170, 255]])
      assert.equal(Object.keys(await contentOf(folder)), ['a.npy', 'b.json', 'c.png', 'm.fmw', 'x.json'])
    },
  ),
)

s('--output writes any node, by its path or its scope, an input or a weight too', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2, 2, 1]\n  a = x |> conv(1, 1x1) |> relu\n  output y = a * 2\n}\n',
      'w': weightsFile({ 'a/conv/kernel': [[1, 1, 1, 1], [-3]], 'a/conv/bias': [[1], [4]] }),
      'x.json': '[[[0], [1]], [[2], [3]]]',
    },
    async (folder) => {
      const named = ['a=a.json', 'a/conv=c.json', 'x=x2.json', 'a/conv/kernel=k.json', 'y=y.json']
      const args = ['run', 'm.fmw', '--input', 'x=x.json', '--weights', 'w', '--backend', 'wasm', ...named.flatMap((one) => ['--output', one])]
      const { code, stdout, stderr } = await mainOf(args, folder)
      assert.is(code, 0, stderr)
      assert.is(
        stdout,
        `y [1, 2, 2, 1] → y.json
a (a/relu) [1, 2, 2, 1] → a.json
a/conv (a/conv/add) [1, 2, 2, 1] → c.json
x [1, 2, 2, 1] → x2.json
a/conv/kernel [1, 1, 1, 1] → k.json
`,
      )
      const flat = async (file: string): Promise<unknown> => (JSON.parse(String(await readFile(path.join(folder, file)))) as unknown[]).flat(4)
      assert.equal(
        [await flat('a.json'), await flat('c.json'), await flat('x2.json'), await flat('k.json'), await flat('y.json')],
        [[4, 1, 0, 0], [4, 1, -2, -5], [0, 1, 2, 3], [-3], [8, 2, 0, 0]],
      )
      const { outputs } = JSON.parse((await mainOf([...args, '--json'], folder)).stdout) as { outputs: unknown }
      assert.equal(outputs, {
        'y': { shape: [1, 2, 2, 1], path: 'y.json' },
        'a': { node: 'a/relu', shape: [1, 2, 2, 1], path: 'a.json' },
        'a/conv': { node: 'a/conv/add', shape: [1, 2, 2, 1], path: 'c.json' },
        'x': { shape: [1, 2, 2, 1], path: 'x2.json' },
        'a/conv/kernel': { shape: [1, 1, 1, 1], path: 'k.json' },
      })
    },
  ),
)

s('--resize brings arrays of maps to the size of the input, one or many, as it does pictures', () => {
  const model = 'model M {\n  input image: [2, 3, 1]\n  output y = image * 1\n}\n'
  const bytes = [0, 51, 102, 153, 204, 255, 51, 0, 255, 102, 0, 153, 204, 51, 0, 255, 102, 51, 0, 204, 255, 0, 51, 153]
  const grey = png(6, 4, bytes.flatMap((byte) => [byte, byte, byte, 255]))
  const array = bytes.map((byte) => byte / 255)
  return withFiles({ 'm.fmw': model, 'p.png': grey, 'one.npy': npy([4, 6, 1], array), 'two.npy': npy([2, 4, 6, 1], [...array, ...array.map((value) => 1 - value)]) }, async (folder) => {
    const values = async (file: string): Promise<readonly number[]> => (await json(folder, 'm.fmw', '--input', `image=${file}`, '--resize')).outputs['y']!.values!
    const picture = await values('p.png')
    const near = (found: readonly number[], wanted: readonly number[]): void => {
      assert.is(found.length, wanted.length)
      for (const [i, value] of wanted.entries()) assert.ok(Math.abs(found[i]! - value) < 1e-6, `${found} instead of ${wanted}`)
    }
    near(await values('one.npy'), picture)
    near(await values('two.npy'), [...picture, ...picture.map((value) => 1 - value)])
    const { code, stderr } = await mainOf(['run', 'm.fmw', '--input', 'image=one.npy', '--backend', 'cpu'], folder)
    assert.is(code, 1)
    assert.match(stderr, 'one.npy is 4x6, and the input image is [2, 3, 1]: --resize brings it to its size\n')
    const { stderr: said } = await mainOf(['run', 'm.fmw', '--input', 'image=one.npy', '--backend', 'cpu', '--resize'], folder)
    assert.match(said, 'one.npy: resized from 4x6 to 2x3 (height x width)\n')
  })
})

s('--resize of what is no map, or of an input of any size, is wrong usage', () =>
  withFiles({ 'twice.fmw': twice, 'any.fmw': anyPicture, 'x.npy': npy([4, 4, 3], Array(48).fill(1)) }, async (folder) => {
    assert.equal(await mainOf(['run', 'twice.fmw', '--input', 'x=ones', '--resize'], folder), { code: 2, stdout: '', stderr: 'fmw: --resize: no input of Twice is a map [height, width, channels]\n' })
    const { code, stderr } = await mainOf(['run', 'any.fmw', '--input', 'image=x.npy', '--resize'], folder)
    assert.equal([code, stderr], [2, 'fmw: --resize: the input image [H, W, 3] has no fixed size to which anything could be brought\n'])
  }))

s('an array of the bytes of a picture is said to be one, unless it is divided', () =>
  withFiles({ 'm.fmw': 'model M {\n  input image: [1, 3, 1]\n  output y = image * 1\n}\n', 'x.npy': npy([1, 3, 1], [0, 200, 255]) }, async (folder) => {
    const said = async (...args: readonly string[]): Promise<string> => (await mainOf(['run', 'm.fmw', '--input', 'image=x.npy', '--backend', 'cpu', ...args], folder)).stderr
    assert.match(await said(), 'x.npy: it has whole numbers up to 255, and pictures are 0 to 1: --normalize 0/255 takes them as that\n')
    assert.is(await said('--normalize', '0/255'), 'backend: cpu\n')
  }))

s('what one run wrote as .json another reads', () =>
  withFiles({ 'twice.fmw': twice }, async (folder) => {
    await json(folder, 'twice.fmw', '--input', 'x=ones', '--output', 'doubled=d.json')
    assert.equal((await json(folder, 'twice.fmw', '--input', 'x=d.json')).outputs['doubled'], {
      shape: [1, 2, 3],
      values: [4, 4, 4, 4, 4, 4],
    })
  }))

s('a value that is no number is never the likeliest class', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [3]\n  output y = softmax(x / x)\n  output z = x / x\n}\n',
      'x.json': '[[0, 1, 2], [3, 1, 2]]',
    },
    async (folder) => {
      const args = ['run', 'm.fmw', '--input', 'x=x.json', '--top', '1', '--backend', 'cpu'] as const
      const { stdout } = await mainOf(args, folder)
      assert.is(stdout.match(/some of its values are no numbers \(NaN\), and no class is the likeliest/g)?.length, 2)
      const { outputs } = JSON.parse((await mainOf([...args, '--json'], folder)).stdout)
      assert.equal([outputs.y.top[0], outputs.z.top[0]], [[], []])
      assert.is(outputs.y.top[1].length, 1)
    },
  ),
)

s('--top prints the largest values with their indices, for each sample', () =>
  withFiles(
    { 'm.fmw': 'model M {\n  input x: [4]\n  output y = x * 1\n}\n', 'x.json': '[[3, 1, 4, 1], [5, 9, 2, 6]]' },
    async (folder) => {
      const { stdout } = await mainOf(['run', 'm.fmw', '--input', 'x=x.json', '--top', '2', '--backend', 'wasm'], folder)
      assert.is(stdout, 'y [2, 4]\n sample 0\n  2  4.0000\n  0  3.0000\n sample 1\n  1  9.0000\n  3  6.0000\n')
    },
  ),
)

s('--weights takes trained weights instead of fresh ones', () => {
  const weights = weightsFile({ 'x/conv/kernel': [[1, 1, 2, 1], [2, 3]], 'x/conv/bias': [[1], [10]] })
  return withFiles(
    {
      'm.fmw': 'model M {\n  input image: [1, 2, 2]\n  x = image |> conv(1, 1x1)\n  output y = x\n}\n',
      'w.safetensors': weights,
      'x.json': '[[[1, 1], [5, 7]]]',
    },
    async (folder) => {
      const ran = await mainOf(
        ['run', 'm.fmw', '--input', 'image=x.json', '--weights', 'w.safetensors', '--backend', 'wasm', '--json'],
        folder,
      )
      assert.is(ran.code, 0, ran.stderr)
      assert.not.match(ran.stderr, 'initialised')
      assert.equal((JSON.parse(ran.stdout) as RunJson).outputs['y'], { shape: [1, 1, 2, 1], values: [15, 41] })
    },
  )
})

s('a model inside of another takes its own file of weights, whether it is assigned or a layer, of this file or imported', () => {
  const base = 'model Base {\n  input image: [4, 4, 2]\n  x = image |> conv(3, 3x3) |> norm.batch\n  output y = x |> conv(2, 1x1)\n}\n'
  const head = (...body: readonly string[]): string => `model Head {\n  input image: [4, 4, 2]\n  ${body.join('\n  ')}\n}\n`
  const assigned = head('base = Base(image)', 'output y = base')
  const layers = ['Base', 'Base(_)'].map((value) => head(`layer base = ${value}`, 'output y = image |> base'))
  const called = head('layer base = Base', 'output y = base(image)')
  const forms = [assigned, ...layers, called].flatMap((text) => [`import { Base } from "base.fmw"\n${text}`, `${text}${base}`])
  const renamed = `import { Base as Features } from "base.fmw"\n${layers[1]!.replace('Base(', 'Features(')}`
  return withFiles({ 'base.fmw': base }, async (folder) => {
    await mainOf(['init', 'base.fmw', '-o', 'base.st', '--seed', '7'], folder)
    const alone = await json(folder, 'base.fmw', '--input', 'image=random', '--weights', 'base.st')
    for (const [i, text] of [...forms, renamed].entries()) {
      await writeFile(path.join(folder, `${i}.fmw`), text)
      const inside = await json(folder, `${i}.fmw`, '--model', 'Head', '--input', 'image=random', '--weights', 'base=base.st')
      assert.equal(inside.outputs, alone.outputs, text)
    }
  })
})

s('the same seed gives the same output, as do the weights that init writes for it', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const values = async (...args: readonly string[]): Promise<unknown> =>
      (await json(folder, 'tiny.fmw', '--input', 'image=ones', ...args)).outputs['maps']!.values
    await mainOf(['init', 'tiny.fmw', '-o', 'w', '--seed', '5'], folder)
    const [first, again, file, other] = [
      await values('--seed', '5'),
      await values('--seed', '5'),
      await values('--weights', 'w'),
      await values('--seed', '6'),
    ]
    assert.equal(first, again)
    assert.equal(first, file)
    assert.not.equal(first, other)
  }))

s('every backend that loads gives the same values within 1e-4 of the largest', async () => {
  const backends = await availableBackends()
  assert.ok(backends.includes('wasm') && backends.includes('cpu'))
  await withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const values = await Promise.all(
      backends.map(async (backend) => {
        const { code, stdout, stderr } = await fmw(
          ['run', 'tiny.fmw', '--input', 'image=random', '--backend', backend, '--json'],
          { cwd: folder },
        )
        assert.is(code, 0, stderr)
        assert.match(stderr, `backend: ${backend}\n`)
        const ran = JSON.parse(stdout) as RunJson
        assert.is(ran.backend, backend)
        return ran.outputs['maps']!.values!
      }),
    )
    const largest = Math.max(...values[0]!.map(Math.abs))
    for (const other of values)
      for (const [i, value] of other.entries()) assert.ok(Math.abs(value - values[0]![i]!) <= 1e-4 * largest)
  })
})

s('without --backend the fastest that loads is used', async () => {
  const fastest = (await availableBackends()).at(-1)
  const { code, stdout, stderr } = await fmw(['run', '-', '--input', 'x=ones', '--json'], { stdin: twice })
  assert.is(code, 0, stderr)
  assert.is((JSON.parse(stdout) as RunJson).backend, fastest)
})

s('a real digit goes through LeNet-5', async () => {
  const { code, stdout, stderr } = await fmw([
    'run',
    'examples/lenet5.fmw',
    '--input',
    'image=examples/data/7.png',
    '--top',
    '3',
    '--backend',
    'wasm',
  ])
  assert.is(code, 0, stderr)
  assert.match(stdout, /^logits \[1, 10\]\n( {2}\d {2}-?\d+\.\d{4}\n){3}$/)
})

s('an input may be called as what every object has', () =>
  withFiles({ 'm.fmw': 'model M {\n  input constructor: [2]\n  output y = constructor * 2\n}\n' }, async (folder) => {
    const without = await mainOf(['run', 'm.fmw', '--backend', 'cpu'], folder)
    assert.is(without.code, 2, without.stderr)
    assert.match(without.stderr, '--input constructor=FILE  for [2]')
    const { code, stdout, stderr } = await mainOf(['run', 'm.fmw', '--input', 'constructor=ones', '--backend', 'cpu'], folder)
    assert.is(code, 0, stderr)
    assert.match(stdout, 'y [1, 2]')
  }))

s('--set and --model choose what runs', () =>
  withFiles({ 'part.fmw': unchecked, 'two.fmw': twoModels }, async (folder) => {
    const part = await json(folder, 'part.fmw', '--input', 'image=ones', '--set', 'width=2')
    assert.equal(part.outputs['y']!.shape, [1, 6, 6, 2])
    assert.equal((await json(folder, 'two.fmw', '--model', 'Second', '--input', 'x=ones')).outputs['y']!.values, [3, 3, 3, 3, 3])
  }))

s('--quiet says nothing but the result', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { stdout, stderr } = await fmw(['run', 'tiny.fmw', '--input', 'image=ones', '--quiet', '--backend', 'wasm'], {
      cwd: folder,
    })
    assert.match(stdout, 'maps [1, 3, 3, 4]')
    assert.is(stderr, '')
  }))

const wrongUsage: Readonly<Record<string, readonly [args: readonly string[], said: string]>> = {
  'an input without a value': [
    ['twice.fmw'],
    'every input needs a value (.npy, .png, .jpg, .json, random or ones):\n  --input x=FILE  for [2, 3]',
  ],
  'an unknown input': [['twice.fmw', '--input', 'x=ones', '--input', 'z=ones'], 'Twice has no input z; it has x'],
  'an unknown output': [
    ['twice.fmw', '--input', 'x=ones', '--output', 'y=y.npy'],
    'Twice has no node y; its outputs are doubled, shifted, and fmw show twice.fmw lists all nodes',
  ],
  'an input of an unknown kind': [
    ['twice.fmw', '--input', 'x=x.csv'],
    '--input x=x.csv: an input is read from .npy, .png, .jpg or .json, or is random or ones',
  ],
  'an output of an unknown kind': [
    ['twice.fmw', '--input', 'x=ones', '--output', 'doubled=y.csv'],
    'y.csv: an output is written as .npy, .json, .png',
  ],
  'two outputs in one file': [
    ['twice.fmw', '--input', 'x=ones', '--output', 'doubled=y.npy', '--output', 'shifted=y.npy'],
    'two outputs would be written to y.npy',
  ],
  'ones for an input of any size': [
    ['any.fmw', '--input', 'image=ones'],
    '--input image=ones: [H, W, 3] has no fixed size; give a file',
  ],
}

for (const [what, [args, said]] of Object.entries(wrongUsage)) {
  s(`wrong usage: ${what}`, () =>
    withFiles({ 'twice.fmw': twice, 'any.fmw': anyPicture }, async (folder) => {
      const before = await contentOf(folder)
      const ran = await mainOf(['run', ...args], folder)
      assert.equal(ran, { code: 2, stdout: '', stderr: `fmw: ${said}\n` })
      assert.equal(await contentOf(folder), before)
    }))
}

s('nothing is written when one of several outputs cannot be', () =>
  withFiles({ 'twice.fmw': twice }, async (folder) => {
    const before = await contentOf(folder)
    const failing = async (shifted: string): Promise<unknown> => {
      const args = [
        '--input',
        'x=ones',
        '--output',
        'doubled=d.npy',
        '--output',
        `shifted=${shifted}`,
        '--backend',
        'wasm',
        '--quiet',
      ]
      const { code, stdout, stderr } = await mainOf(['run', 'twice.fmw', ...args], folder)
      assert.is(stdout, '')
      assert.equal(await contentOf(folder), before)
      return [code, stderr.split('\n')[0]]
    }
    assert.equal(await failing('none/s.npy'), [
      2,
      'error[output/unwritable]: none/s.npy: the file cannot be written: the folder none does not exist',
    ])
    assert.equal(await failing('d.csv'), [2, 'fmw: d.csv: an output is written as .npy, .json, .png'])
  }))

s('a value that is no picture is not written as one, and neither are the other outputs', () =>
  withFiles({ 'm.fmw': 'model M {\n  input x: [2, 2, 4]\n  output a = x * 2\n  output b = x\n}\n' }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stdout, stderr } = await mainOf(
      ['run', 'm.fmw', '--input', 'x=ones', '--output', 'a=a.npy', '--output', 'b=b.png', '--backend', 'wasm'],
      folder,
    )
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, 'error[output/picture]: b.png: this cannot be written as a picture')
    assert.equal(await contentOf(folder), before)
  }))

s('a matrix is a grey picture, a batch of several is none', () =>
  withFiles(
    { 'twice.fmw': twice, 'x.json': '[[0, 1, 2], [3, 4, 5]]', 'xx.json': '[[[0, 1, 2], [3, 4, 5]], [[0, 1, 2], [3, 4, 5]]]' },
    async (folder) => {
      await json(folder, 'twice.fmw', '--input', 'x=x.json', '--output', 'doubled=d.png')
      const { width, height, data } = PNG.sync.read(await readFile(path.join(folder, 'd.png')))
      assert.equal([width, height, [...data].filter((_, i) => i % 4 === 1)], [3, 2, [0, 51, 102, 153, 204, 255]])
      const { code, stderr } = await mainOf(
        ['run', 'twice.fmw', '--input', 'x=xx.json', '--output', 'doubled=e.png', '--backend', 'wasm', '--quiet'],
        folder,
      )
      assert.equal([code, stderr], [2, 'fmw: e.png: a picture holds one sample, and there are 2\n'])
    },
  ),
)

s('the examples folder holds a picture of every digit', async () => {
  for (let digit = 0; digit < 10; digit++) {
    const { width, height } = PNG.sync.read(await readFile(path.join(root, `examples/data/${digit}.png`)))
    assert.equal([width, height], [32, 32])
  }
})

s.run()
