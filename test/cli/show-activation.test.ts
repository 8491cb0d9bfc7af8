import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { availableBackends } from '../backends.ts'
import { pixelsOf } from '../runtime/drawing/pixels.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('what speaks for a class')

const normal = (name: string, count: number): readonly number[] => {
  const stream = randomStream(5, name)
  return Array.from({ length: count }, () => stream.normal())
}

/** Nothing is averaged: Grad-CAM. Between maps and logits are a convolution, a normalisation, pooling, dropout and two layers. */
const flat = `model Flat {
  input image: [7, 7, 1]
  a = image |> conv(2, 2x2) |> tanh
  b = a |> conv(3, 3x3, bias: false) |> norm.batch(epsilon: 0.000001) |> softplus
  c = b |> pool.max(2)
  output logits = c |> flatten |> dropout(0.4) |> dense(4) |> tanh |> dense(3)
  output probabilities = softmax(logits)
}
`
const w = {
  'a/conv/kernel': [[2, 2, 1, 2], normal('ak', 8)],
  'a/conv/bias': [[2], normal('ab', 2)],
  'b/conv/kernel': [[3, 3, 2, 3], normal('bk', 54)],
  'b/norm/scale': [[3], [1.5, -1, 0.5]],
  'b/norm/offset': [[3], [0.1, 0.2, -0.3]],
  'b/norm/mean': [[3], [0.3, -0.2, 0.1]],
  'b/norm/variance': [[3], [4, 0.25, 1]],
  'logits/dense/kernel': [[12, 4], normal('dk', 48).map((value) => value / 3)],
  'logits/dense/bias': [[4], normal('db', 4)],
  'logits/dense_2/kernel': [[4, 3], normal('ek', 12)],
  'logits/dense_2/bias': [[3], normal('eb', 3)],
} as const

const images = [normal('i0', 49), normal('i1', 49)]
const nested = (values: readonly number[], side: number): unknown =>
  Array.from({ length: side }, (_, row) => values.slice(side * row, side * (row + 1)).map((value) => [value]))
const files = { 'm.fmw': flat, 'x.json': JSON.stringify(images.map((image) => nested(image, 7))), 'w': weightsFile(w) }

interface Map {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly values: readonly number[]
}

/** A convolution without padding, written as loops. */
function conv({ height, width, channels, values }: Map, side: number, filters: number, kernel: readonly number[], bias: readonly number[]): Map {
  const [rows, columns] = [height - side + 1, width - side + 1]
  const found: number[] = []
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let f = 0; f < filters; f++) {
        let sum = bias[f] ?? 0
        for (let i = 0; i < side; i++)
          for (let j = 0; j < side; j++)
            for (let c = 0; c < channels; c++)
              sum += values[((y + i) * width + x + j) * channels + c]! * kernel[((i * side + j) * channels + c) * filters + f]!
        found.push(sum)
      }
  return { height: rows, width: columns, channels: filters, values: found }
}

const each = (map: Map, change: (value: number, channel: number) => number): Map => ({
  ...map,
  values: map.values.map((value, i) => change(value, i % map.channels)),
})

const dense = (x: readonly number[], kernel: readonly number[], bias: readonly number[]): readonly number[] =>
  bias.map((start, f) => x.reduce((sum, value, i) => sum + value * kernel[i * bias.length + f]!, start))

function pooled({ height, width, channels, values }: Map): Map {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)]
  const found = Array.from({ length: rows * columns * channels }, (_, at) => {
    const [channel, place] = [at % channels, Math.floor(at / channels)]
    const [top, left] = [2 * Math.floor(place / columns), 2 * (place % columns)]
    return Math.max(...[0, 1].flatMap((i) => [0, 1].map((j) => values[((top + i) * width + left + j) * channels + channel]!)))
  })
  return { height: rows, width: columns, channels, values: found }
}

const maps = {
  a: (image: readonly number[]): Map => each(conv({ height: 7, width: 7, channels: 1, values: image }, 2, 2, w['a/conv/kernel'][1], w['a/conv/bias'][1]), Math.tanh),
  c: (image: readonly number[]): Map => pooled(b(maps.a(image))),
}

function b(a: Map): Map {
  const of = (name: 'scale' | 'offset' | 'mean' | 'variance', channel: number): number => w[`b/norm/${name}`][1][channel]!
  const normed = each(conv(a, 3, 3, w['b/conv/kernel'][1], []), (value, c) => ((value - of('mean', c)) / Math.sqrt(of('variance', c))) * of('scale', c) + of('offset', c))
  return each(normed, (value) => Math.log(1 + Math.exp(value)))
}

const logitsFrom = {
  c: (c: Map): readonly number[] => dense(dense(c.values, w['logits/dense/kernel'][1], w['logits/dense/bias'][1]).map(Math.tanh), w['logits/dense_2/kernel'][1], w['logits/dense_2/bias'][1]),
  a: (a: Map): readonly number[] => logitsFrom.c(pooled(b(a))),
}

/** By finite differences of the loops above: the mean of each channel's gradient weighs it, and what is negative is left out. */
function gradCam(name: 'a' | 'c', image: readonly number[], chosen: number): readonly number[] {
  const map = maps[name](image)
  const { height, width, channels, values } = map
  const step = 1e-5
  const logitAt = (at: number, by: number): number => logitsFrom[name]({ ...map, values: values.map((value, i) => (i === at ? value + by : value)) })[chosen]!
  const weights: number[] = Array.from({ length: channels }, () => 0)
  for (let at = 0; at < values.length; at++) weights[at % channels]! += (logitAt(at, step) - logitAt(at, -step)) / (2 * step) / (height * width)
  return Array.from({ length: height * width }, (_, place) =>
    Math.max(0, weights.reduce((sum, weight, c) => sum + weight * values[place * channels + c]!, 0)),
  )
}

interface Shown {
  readonly method: string
  readonly class: { readonly index: number; readonly logit: number; readonly rank: number; readonly of: number }
  readonly maps: readonly { readonly nodes: readonly string[]; readonly inputs: readonly string[]; readonly shape: readonly number[]; readonly values: readonly number[] }[]
}

async function shown(folder: string, ...args: readonly string[]): Promise<Shown> {
  const { code, stdout, stderr } = await mainOf(['show', 'm.fmw', ...args, '--json', '--quiet'], folder)
  assert.is(code, 0, stderr)
  return JSON.parse(stdout) as Shown
}

function near(found: readonly number[], wanted: readonly number[]): void {
  assert.is(found.length, wanted.length)
  const most = Math.max(...wanted.map(Math.abs))
  for (const [i, value] of wanted.entries()) assert.ok(Math.abs(found[i]! - value) <= 2e-4 * most, `${found} instead of ${wanted}`)
}

const given = ['--input', 'x=x.json', '--weights', 'w']
const ofFlat = ['--input', 'image=x.json', '--weights', 'w']

s('without averages it is Grad-CAM: of the last maps or of chosen ones, on every backend as by finite differences', async () => {
  for (const backend of await availableBackends()) {
    await withFiles(files, async (folder) => {
      for (const [sample, image] of images.entries()) {
        for (const chosen of [0, 1, 2]) {
          const args = ['--cam', String(chosen), ...ofFlat, '--sample', String(sample), '--backend', backend]
          const last = await shown(folder, ...args)
          assert.equal([last.method, last.maps.map(({ nodes, inputs, shape }) => [nodes, inputs, shape])], ['grad-cam', [[['c/pool/max_pool'], ['image'], [2, 2]]]])
          near(last.maps[0]!.values, gradCam('c', image, chosen))
          near([last.class.logit], [logitsFrom.c(maps.c(image))[chosen]!])
          const early = await shown(folder, 'probabilities', ...args, '--maps', 'a')
          assert.equal(early.maps.map(({ nodes, shape }) => [nodes, shape]), [[['a/tanh'], [6, 6]]])
          near(early.maps[0]!.values, gradCam('a', image, chosen))
        }
      }
      const all = [0, 1].flatMap((sample) => [0, 1, 2].map((chosen) => gradCam('c', images[sample]!, chosen)))
      assert.ok(all.some((map) => map.some((value) => value > 0)) && all.flat().includes(0), 'the loops show both signs')
    })
  }
})

s('it says that it is Grad-CAM, and why, and prints or draws the map', () =>
  withFiles(files, async (folder) => {
    const args = ['show', 'm.fmw', '--cam', 'top', ...ofFlat, '--backend', 'cpu']
    const { stdout, stderr } = await mainOf(args, folder)
    assert.match(stderr, '--cam: Grad-CAM of c/pool/max_pool (--maps NODE chooses others): the global average of maps (pool.global) was looked for, and logits/')
    assert.match(stdout, /^class \d, logit \S+, the largest of 3: Grad-CAM of c\/pool\/max_pool \[2, 2\]\n.*\n\nrow +0 +1\n/)
    const drawn = await mainOf([...args, '-o', 'p.png'], folder)
    assert.match(drawn.stdout, /: Grad-CAM of c\/pool\/max_pool \[2, 2\] from .* → p\.png\n$/)
    assert.ok(pixelsOf(await readFile(path.join(folder, 'p.png'))).width > 900)
  }))

s('where averages are weighed, named maps have Grad-CAM: what is positive of the class activation map, by the number of places', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [3, 4, 1]\n  m = x |> conv(2, 1x1)\n  output y = m |> pool.global |> dense(3)\n}\n',
      'x.json': JSON.stringify(Array.from({ length: 3 }, (_, row) => normal(`r${row}`, 4).map((value) => [value]))),
      'w': weightsFile({ 'm/conv/kernel': [[1, 1, 1, 2], [1, -2]], 'm/conv/bias': [[2], [0.1, 0.2]], 'y/dense/kernel': [[2, 3], [1, -1, 0.5, 2, 0.5, -1]], 'y/dense/bias': [[3], [0, 0, 0]] }),
    },
    async (folder) => {
      for (const chosen of ['0', '1', '2']) {
        const [cam, grad] = [await shown(folder, '--cam', chosen, ...given, '--backend', 'cpu'), await shown(folder, '--cam', chosen, '--maps', 'm', ...given, '--backend', 'cpu')]
        assert.equal([cam.method, grad.method], ['cam', 'grad-cam'])
        near(grad.maps[0]!.values, cam.maps[0]!.values.map((value) => Math.max(0, value / 12)))
      }
    },
  ),
)

/** Two streams of two pictures, and a second scale of the first. */
const streams = `model Streams {
  input x: [4, 4, 1]
  input z: [2, 2, 3]
  a = x |> conv(2, 1x1)
  b = x |> conv(3, 1x1) |> relu
  c = a |> pool.max(2)
  d = z |> conv(2, 1x1)
  all = fuse.concat(pool.global(a), pool.global(c), pool.global(b), pool.global(d))
  output y = all |> dropout(0.5) |> dense(3)
}
`
const kernel = normal('kernel', 27)
const streamFiles = {
  'm.fmw': streams,
  'x.json': JSON.stringify(nested(normal('x', 16), 4)),
  'z.json': JSON.stringify([0, 1].map((row) => [0, 1].map((column) => normal(`z${row}${column}`, 3)))),
  'w': weightsFile({
    'a/conv/kernel': [[1, 1, 1, 2], [1, -0.5]],
    'a/conv/bias': [[2], [0.5, 0.25]],
    'b/conv/kernel': [[1, 1, 1, 3], [1, -1, 2]],
    'b/conv/bias': [[3], [0, 0, 0.5]],
    'd/conv/kernel': [[1, 1, 3, 2], [1, -1, 0.5, 0.5, 2, 1]],
    'd/conv/bias': [[2], [0, 1]],
    'y/dense/kernel': [[9, 3], kernel],
    'y/dense/bias': [[3], [0.5, -0.5, 1]],
  }),
}

s('averages side by side have maps by the same formula, one for all of a size and a picture, on every backend', async () => {
  for (const backend of await availableBackends()) {
    await withFiles(streamFiles, async (folder) => {
      const inputs = ['--input', 'x=x.json', '--input', 'z=z.json', '--weights', 'w', '--backend', backend]
      const valuesOf = async (node: string): Promise<readonly number[]> => {
        const { stdout, stderr } = await mainOf(['run', 'm.fmw', ...inputs, '--output', `${node}=n.json`, '--quiet'], folder)
        assert.ok(stdout, stderr)
        return (JSON.parse(String(await readFile(path.join(folder, 'n.json')))) as number[]).flat(4)
      }
      const [a, b, c, d] = [await valuesOf('a'), await valuesOf('b'), await valuesOf('c'), await valuesOf('d')]
      /** Σ kernel[first + c, class] · maps[place, c] */
      const weighed = (values: readonly number[], channels: number, first: number, chosen: number): readonly number[] =>
        Array.from({ length: values.length / channels }, (_, place) =>
          Array.from({ length: channels }, (_one, channel) => kernel[(first + channel) * 3 + chosen]! * values[place * channels + channel]!).reduce((sum, value) => sum + value),
        )
      for (const chosen of [0, 1, 2]) {
        const found = await shown(folder, '--cam', String(chosen), ...inputs)
        assert.is(found.method, 'cam')
        assert.equal(found.maps.map(({ nodes, inputs: pictures, shape }) => [nodes, pictures, shape]), [
          [['a/conv/add', 'b/relu'], ['x'], [4, 4]],
          [['c/pool/max_pool'], ['x'], [2, 2]],
          [['d/conv/add'], ['z'], [2, 2]],
        ])
        const ofA = weighed(a, 2, 0, chosen)
        near(found.maps[0]!.values, weighed(b, 3, 4, chosen).map((value, place) => value + ofA[place]!))
        near(found.maps[1]!.values, weighed(c, 2, 2, chosen))
        near(found.maps[2]!.values, weighed(d, 2, 7, chosen))
        // the means of all maps make the logit
        const means = found.maps.map(({ values }) => values.reduce((sum, value) => sum + value, 0) / values.length)
        near([found.class.logit], [means.reduce((sum, mean) => sum + mean, [0.5, -0.5, 1][chosen]!)])
      }
    })
  }
})

s('several maps are one picture, and a figure each on a page; CSV holds one', () =>
  withFiles(streamFiles, async (folder) => {
    const args = ['show', 'm.fmw', '--cam', 'top', '--input', 'x=x.json', '--input', 'z=z.json', '--weights', 'w', '--backend', 'cpu', '--quiet']
    const { stdout, stderr } = await mainOf([...args, '-o', 'p.png', '--html', 'p.html'], folder)
    assert.match(stdout, /^class \d, logit \S+, the largest of 3: 3 pictures → p\.png\n3 pictures → p\.html\n$/, stderr)
    const { height } = pixelsOf(await readFile(path.join(folder, 'p.png')))
    assert.ok(height > 3 * 340, `${height} pixels`)
    const page = await readFile(path.join(folder, 'p.html'), 'utf8')
    for (const what of ['a/conv/add and b/relu [4, 4]', 'c/pool/max_pool [2, 2]', 'd/conv/add [2, 2]']) assert.match(page, `class activation map of ${what}`)
    const csv = await mainOf([...args, '--csv'], folder)
    assert.equal([csv.code, csv.stderr], [2, 'fmw: --csv holds one map, and there are 3: --json has all of them\n'])
  }))

const refused: Readonly<Record<string, readonly [body: string, args: readonly string[], said: string]>> = {
  'several vectors': [
    'm = x |> conv(2, 3x3)\n  output y = m |> flatten |> dense(2)\n  output z = m |> flatten |> dense(3)',
    [],
    '--cam: several outputs have class activation maps: name one of y, z',
  ],
  'no maps before the vector': [
    'output y = x |> flatten |> dense(2)',
    [],
    '--cam: no maps [height, width, channels] of more than one place lead to y/dense/add',
  ],
  'maps that the class does not depend on': [
    'm = x |> conv(2, 3x3)\n  output n = m |> relu\n  output y = m |> flatten |> dense(2)',
    ['y', '--maps', 'n'],
    '--maps: no gradient of y/dense/add reaches n/relu',
  ],
  'maps behind a choice, through which no gradient comes': [
    'm = x |> conv(2, 3x3)\n  output y = (m > 0) |> flatten |> dense(2)',
    ['--maps', 'm'],
    '--maps: no gradient of y/dense/add reaches m/conv/add',
  ],
}

for (const [what, [body, args, said]] of Object.entries(refused)) {
  s(`wrong usage: ${what}`, () =>
    withFiles({ 'm.fmw': `model M {\n  input x: [4, 4, 1]\n  ${body}\n}\n` }, async (folder) => {
      const { code, stderr } = await mainOf(['show', 'm.fmw', ...args, '--cam', '0', '--input', 'x=ones', '--quiet'], folder)
      assert.equal([code, stderr], [2, `fmw: ${said}\n`])
    }))
}

s('a map of zeros is said to be one', () =>
  withFiles(
    { 'm.fmw': 'model M {\n  input x: [2, 2, 1]\n  m = x |> conv(1, 1x1)\n  output y = m |> flatten |> relu |> dense(1)\n}\n', 'w': weightsFile({ 'm/conv/kernel': [[1, 1, 1, 1], [-1]], 'm/conv/bias': [[1], [0]], 'y/dense/kernel': [[4, 1], [1, 1, 1, 1]], 'y/dense/bias': [[1], [0]] }) },
    async (folder) => {
      const { stderr } = await mainOf(['show', 'm.fmw', '--cam', '0', '--input', 'x=ones', '--weights', 'w', '--backend', 'cpu'], folder)
      assert.match(stderr, 'm/conv/add: nothing speaks for class 0: the map is 0 everywhere\n')
    },
  ),
)

s.run()
