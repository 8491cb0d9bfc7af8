import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inferno } from '../../src/runtime/drawing/color-scale.ts'
import { mostOpacity } from '../../src/runtime/drawing/overlay.ts'
import { light } from '../../src/runtime/drawing/theme.ts'
import { availableBackends } from '../backends.ts'
import { pixelsOf, runsOf, type Pixels } from '../runtime/drawing/pixels.ts'
import { assertSelfContained, assertWellFormed } from '../runtime/drawing/well-formed.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, twice } from './models.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw show')

const weighted = `model Weighted {
  input x: [2, 2, 4]
  a = weight.learned(x)
  b = fuse.average(a, x)
  c = fuse.static(a, x, [0.25, -0.5])
  d = weight.static(x, [1, 2, 3, 4])
  e = x + a
  output y = gather.mask(b, from: x)
}
`

/** Ends in global average pooling and a dense layer. */
const classifier = `model Classifier {
  input image: [4, 4, 1]
  maps = image |> conv(2, 1x1, bias: false) |> pool.max(2)
  output logits = maps |> pool.global |> dropout(0.5) |> dense(3)
  output probabilities = softmax(logits)
}
`
const picture = [0, 0.2, 0.4, 0.6, 0.1, 0.3, 0.5, 0.7, 1, 0, 1, 0, 0.5, 0.25, 0.75, 0.125]
const kernel = [[0.5, 2, -1], [-1.5, 1, 1.25]]
const classifierFiles = {
  'm.fmw': classifier,
  'image.json': JSON.stringify([0, 1, 2, 3].map((row) => picture.slice(4 * row, 4 * row + 4).map((value) => [value]))),
  'w.safetensors': weightsFile({
    'maps/conv/kernel': [
      [1, 1, 1, 2],
      [2, -3],
    ],
    'logits/dense/kernel': [[2, 3], kernel.flat()],
    'logits/dense/bias': [[3], [0, 0, 0.5]],
  }),
}
const given = ['--input', 'image=image.json', '--weights', 'w.safetensors', '--backend', 'wasm', '--quiet']

/** What the network computes, written as loops: pooled maps [2][2][2], class maps [2][2] and logits [3]. */
function expectedOf(): { readonly classMap: (chosen: number) => readonly number[]; readonly logits: readonly number[] } {
  const pooled = [0, 1, 2, 3].map((place) =>
    [2, -3].map((weight) => {
      const top = 2 * Math.floor(place / 2)
      const left = 2 * (place % 2)
      return Math.max(...[0, 1, 4, 5].map((step) => weight * picture[top * 4 + left + step]!))
    }),
  )
  const classMap = (chosen: number): readonly number[] =>
    pooled.map((channels) => channels[0]! * kernel[0]![chosen]! + channels[1]! * kernel[1]![chosen]!)
  const logits = [0, 1, 2].map((chosen) => classMap(chosen).reduce((sum, value) => sum + value / 4, 0) + (chosen === 2 ? 0.5 : 0))
  return { classMap, logits }
}

async function show(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await mainOf(['show', ...args], folder)
  assert.is(code, 0, stderr)
  return stdout
}

async function drawn(folder: string, ...args: readonly string[]): Promise<Pixels> {
  await show(folder, ...args, '-o', 'p.png', '--backend', 'wasm', '--quiet')
  return pixelsOf(await readFile(path.join(folder, 'p.png')))
}

/** The lengths of the bars of one colour, from above, of charts that stand alone or below maps without such colours. */
const barsOf = (pixels: Pixels, color: readonly (number | undefined)[]): readonly number[] =>
  runsOf(pixels, color).map((runs) => runs[0]!).filter((length, i, all) => length !== all[i - 1])

const near = (actual: readonly number[], expected: readonly number[], most: number): void => {
  for (const [i, value] of expected.entries()) assert.ok(Math.abs(actual[i]! - value) <= most, `${actual} instead of ${expected}`)
}

s('without a node it lists inputs, weights and ops with their shapes', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const stdout = await show(folder, 'tiny.fmw')
    assert.match(stdout, /^name +op +shape\n/)
    assert.match(stdout, /^image +input +\[8, 8, 3\]$/m)
    assert.match(stdout, /^x\/conv\/kernel +param +\[3, 3, 3, 4\]$/m)
    assert.match(stdout, /^maps\/pool\/max_pool +max_pool +\[3, 3, 4\]$/m)
    const { model, nodes } = JSON.parse(await show(folder, 'tiny.fmw', '--json')) as {
      model: string
      nodes: readonly { name: string; op: string; shape: readonly number[] }[]
    }
    assert.is(model, 'Tiny')
    assert.equal(nodes.at(-1), { name: 'maps/pool/max_pool', op: 'max_pool', shape: [3, 3, 4] })
  }))

s('each element of a matrix is a square whose grey is its value', () =>
  withFiles({ 'twice.fmw': twice, 'x.json': '[[0, 1, 2], [3, 4, 5]]' }, async (folder) => {
    const { at } = await drawn(folder, 'twice.fmw', 'doubled', '--input', 'x=x.json', '--colors', 'grey')
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 3; column++) {
        const grey = 51 * (3 * row + column)
        assert.equal(at(16 + 149 * column + 74, 68 + 149 * row + 74), [grey, grey, grey])
      }
    }
  }))

s('a scope stands for its last op, and a name of a node for itself', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const args = ['--input', 'image=ones', '-o', 'p.png', '--backend', 'wasm', '--quiet']
    assert.match(await show(folder, 'tiny.fmw', 'x', ...args), /^x \(x\/relu\): \[6, 6, 4\] from .* → p\.png\n$/)
    assert.match(await show(folder, 'tiny.fmw', 'x/conv/y/conv2d', ...args), /^x\/conv\/y\/conv2d: \[6, 6, 4\] from /)
  }))

s('weights are drawn without any input, as bars and as kernels', () => {
  const weights = weightsFile({
    'x/conv/kernel': [
      [1, 2, 1, 4],
      [-8, -4, 0, 4, 8, 4, 0, -4],
    ],
    'x/conv/bias': [[4], [1, 2, -0.5, 0.25]],
  })
  return withFiles(
    { 'm.fmw': 'model M {\n  input image: [8, 8, 1]\n  x = image |> conv(4, [1, 2])\n  output y = x\n}\n', w: weights },
    async (folder) => {
      const bars = await drawn(folder, 'm.fmw', 'x/conv/bias', '--weights', 'w')
      assert.equal([barsOf(bars, light.positive), barsOf(bars, light.negative)], [[79, 159, 19], [40]])
      const kernels = await drawn(folder, 'm.fmw', 'x/conv/kernel', '--weights', 'w', '--colors', 'grey')
      // four kernels of one row and two columns, each element 80 pixels wide, below a label
      for (let o = 0; o < 4; o++) {
        const [left, right] = [-8 + 4 * o, 8 - 4 * o].map((value) => Math.round((255 * (value + 8)) / 16))
        assert.equal(kernels.at(16 + 172 * o + 40, 68 + 20 + 40), [left, left, left])
        assert.equal(kernels.at(16 + 172 * o + 120, 68 + 20 + 40), [right, right, right])
      }
    },
  )
})

s('maps multiplied by a vector carry its numbers, as bars over the maps and in a chart below', () =>
  withFiles(
    {
      'm.fmw': weighted,
      w: weightsFile({
        'a/weight/scale': [[4], [0.5, 1, -0.25, 0.75]],
        'b/fuse/weight': [[], [0.25]],
        'y/gather/dense/kernel': [[4, 4], Array(16).fill(0)],
        'y/gather/dense/bias': [[4], [0, 0, 0, 0]],
      }),
    },
    async (folder) => {
      const args = ['--input', 'x=ones', '--weights', 'w']
      const a = await drawn(folder, 'm.fmw', 'a', ...args)
      const rows = runsOf(a, light.positive)
      assert.equal(
        rows.slice(0, 4),
        Array.from({ length: 4 }, () => [80, 160, 120]),
      )
      assert.equal([...new Set(rows.slice(4).flat())], [79, 159, 119])
      assert.equal([...new Set(runsOf(a, light.negative).flat())], [40])
      // σ(0) for every channel of every sample
      assert.equal(runsOf(await drawn(folder, 'm.fmw', 'y', ...args), light.positive)[0], [160, 160, 160, 160])
      assert.equal(runsOf(await drawn(folder, 'm.fmw', 'd', ...args), light.positive)[0], [40, 80, 120, 160])
    },
  ),
)

s('of maps added by weights, each weight is a bar', () =>
  withFiles(
    {
      'm.fmw': weighted,
      w: weightsFile({
        'a/weight/scale': [[4], [1, 1, 1, 1]],
        'b/fuse/weight': [[], [0.25]],
        'y/gather/dense/kernel': [[4, 4], Array(16).fill(0)],
        'y/gather/dense/bias': [[4], [0, 0, 0, 0]],
      }),
    },
    async (folder) => {
      const args = ['--input', 'x=random', '--weights', 'w']
      assert.equal(barsOf(await drawn(folder, 'm.fmw', 'b', ...args), light.positive), [66, 199])
      const c = await drawn(folder, 'm.fmw', 'c', ...args)
      assert.equal([barsOf(c, light.positive), barsOf(c, light.negative)], [[66], [133]])
      assert.equal(barsOf(await drawn(folder, 'm.fmw', 'e', ...args), light.positive), [])
    },
  ),
)

s('the shares of convex and of dynamic convolution are bars', () => {
  const text = `model M {
  input x: [4, 4, 2]
  convex = fuse.convex(conv(x, 3, 1x1, bias: false), conv(x, 3, 1x1, bias: false))
  output dynamic = conv.dynamic(x, 3, 1x1, experts: 3, bias: false, activation: relu)
}
`
  const kernel = [[1, 1, 2, 3], [1, 2, 3, 4, 5, 6]] as const
  const weights = weightsFile({
    'convex/conv/kernel': kernel,
    'convex/conv_2/kernel': kernel,
    'convex/fuse/logits': [[2], [0, Math.log(3)]],
    'dynamic/conv/temperature': [[], [0.5]],
    'dynamic/conv/reduce/kernel': [[2, 1], [0.25, 0.25]],
    'dynamic/conv/expand/kernel': [[1, 3], [0, Math.log(2), Math.log(4)]],
    ...Object.fromEntries([0, 1, 2].map((k) => [`dynamic/conv/mixture/kernel/${k}`, kernel] as const)),
  })
  return withFiles({ 'm.fmw': text, 'w': weights }, async (folder) => {
    const args = ['--input', 'x=ones', '--weights', 'w']
    // 1 to 3; then, for ones: relu(0.5) / 0.5 is 1, so 1 to 2 to 4
    assert.equal(barsOf(await drawn(folder, 'm.fmw', 'convex', ...args), light.positive), [66, 199])
    assert.equal(barsOf(await drawn(folder, 'm.fmw', 'dynamic', ...args), light.positive), [49, 99, 199])
  })
})

s('--sample chooses one of a batch', () =>
  withFiles(
    { 'm.fmw': 'model M {\n  input x: [4]\n  output y = x * 1\n}\n', 'x.json': '[[1, 2, 4, 4], [4, 1, -4, 1]]' },
    async (folder) => {
      const bars = async (sample: string): Promise<unknown> => {
        const pixels = await drawn(folder, 'm.fmw', 'y', '--input', 'x=x.json', '--sample', sample)
        return [barsOf(pixels, light.positive), barsOf(pixels, light.negative)]
      }
      assert.equal(await bars('0'), [[49, 99, 199], []])
      assert.equal(await bars('1'), [[99, 24], [100]])
    },
  ),
)

s('only the inputs that a node depends on are needed', () =>
  withFiles(
    {
      'm.fmw':
        'model M {\n  input a: [3]\n  input b: [H, W, 2]\n  left = a * 2\n  output y = pool.global(b)\n  output z = left + 1\n}\n',
    },
    async (folder) => {
      const { width } = await drawn(folder, 'm.fmw', 'left', '--input', 'a=ones')
      assert.ok(width > 100)
      const { code, stderr } = await mainOf(['show', 'm.fmw', 'y', '--input', 'a=ones', '-o', 'p.png'], folder)
      assert.is(code, 2)
      assert.match(stderr, '--input b=FILE  for [H, W, 2]')
    },
  ),
)

s('--cam draws the class activation map of the paper, and lays it over the input', async () => {
  const { classMap, logits } = expectedOf()
  for (const backend of await availableBackends()) {
    await withFiles(classifierFiles, async (folder) => {
      for (const chosen of [0, 1, 2]) {
        const stdout = await show(folder, 'm.fmw', '--cam', String(chosen), ...given.with(5, backend), '-o', 'p.png')
        const said = Number(/logit (\S+),/.exec(stdout)![1])
        near([said], [logits[chosen]!], 0.01)
        const { at } = pixelsOf(await readFile(path.join(folder, 'p.png')))
        const map = classMap(chosen)
        const [min, max] = [Math.min(...map), Math.max(...map)]
        const share = (value: number): number => (value - min) / (max - min)
        const color = (value: number): readonly number[] => [...inferno(share(value))].map(Number)
        // three pictures of 320 pixels, 16 apart, below four lines of words; the map has two rows of two
        for (const [place, value] of map.entries()) {
          near(at(16 + 336 + 160 * (place % 2) + 80, 90 + 160 * Math.floor(place / 2) + 80), color(value), 1)
        }
        for (const [x, y] of [[5, 5], [100, 100], [159, 200], [250, 161], [318, 318]] as const) {
          const grey = 255 * picture[4 * Math.floor(y / 80) + Math.floor(x / 80)]!
          const [right, down] = [x, y].map((at) => Math.min(1, Math.max(0, (at + 0.5) / 160 - 0.5)))
          const value =
            (1 - down!) * ((1 - right!) * map[0]! + right! * map[1]!) + down! * ((1 - right!) * map[2]! + right! * map[3]!)
          const opacity = mostOpacity * share(value)
          near(at(16 + x, 90 + y), [grey, grey, grey], 1)
          near(at(16 + 672 + x, 90 + y), color(value).map((part) => grey * (1 - opacity) + part * opacity), 2)
        }
      }
    })
  }
})

s('--cam top takes the most likely class, and says so', () =>
  withFiles(classifierFiles, async (folder) => {
    const { logits } = expectedOf()
    const best = logits.indexOf(Math.max(...logits))
    assert.match(
      await show(folder, 'm.fmw', '--cam', 'top', ...given, '-o', 'p.png'),
      new RegExp(`^class ${best}, logit [\\d.]+, the largest of 3: `),
    )
    assert.match(
      await show(folder, 'm.fmw', 'probabilities', '--cam', String((best + 1) % 3), ...given, '-o', 'p.png'),
      /rank [23] of 3/,
    )
  }))

s('--html is a page of its own with every node of the scope, or of the model', () =>
  withFiles(classifierFiles, async (folder) => {
    const page = async (...args: readonly string[]): Promise<string> => {
      await show(folder, 'm.fmw', ...args, ...given, '--html', 'p.html')
      return readFile(path.join(folder, 'p.html'), 'utf8')
    }
    const titles = (html: string): readonly (string | undefined)[] =>
      [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title)
    const scope = await page('maps')
    assert.equal(titles(scope), ['maps/conv/kernel', 'maps/conv/y/conv2d', 'maps (maps/pool/max_pool)'])
    const whole = await page()
    assert.ok(titles(whole).includes('image') && titles(whole).includes('logits/dense/add') && titles(whole).length > 8)
    assert.match(scope, '[2, 2, 2] from')
    const cam = await page('--cam', '1')
    for (const html of [scope, whole, cam]) {
      assertWellFormed(html)
      assertSelfContained(html)
      for (const [img] of html.matchAll(/<img [^>]*>/g)) assert.match(img, /alt="[^"]{10,}"/)
    }
  }))

const wrongUsage: Readonly<Record<string, readonly [args: readonly string[], said: string]>> = {
  'a node that is not there': [
    ['maps/conv/kernal', '-o', 'p.png'],
    'Classifier has no node maps/conv/kernal (did you mean maps/conv/kernel?); without a node, fmw show lists them',
  ],
  'a picture of an unknown kind': [['maps', '-o', 'p.gif'], 'p.gif: a picture is written as .png'],
  'a page of an unknown kind': [['maps', '--html', 'p.pdf'], 'p.pdf: a page is written as .html'],
  'a picture of no node': [['-o', 'p.png'], 'which node? Without one and without -o, fmw show lists them'],
  'a sample that is not there': [['maps', '-o', 'p.png', '--sample', '1'], '--sample 1: there is 1 sample, counted from 0'],
  'a page that is not there': [['maps', '-o', 'p.png', '--page', '2'], '--page 2: maps/pool/max_pool [2, 2, 2] has fewer pages'],
  'a class that is not there': [['--cam', '3', '-o', 'p.png'], '--cam 3: a class is top or a number from 0 to 2'],
  'CSV of no node': [['--csv'], 'which node? Without one there is nothing to print as CSV'],
  'JSON of a page of all nodes': [['--json', '--html', 'p.html'], 'which node? Without one there is nothing to print as JSON'],
  'two forms of numbers': [['maps', '--json', '--csv'], 'one of --json and --csv'],
  'rows of JSON': [['maps', '--json', '--by', 'place'], '--by is for the table of a node and for --csv'],
  'rows of a picture': [['maps', '-o', 'p.png', '--by', 'place'], '--by is for the table of a node and for --csv'],
  'rows of the map of a class': [
    ['--cam', 'top', '--by', 'place'],
    '--by is for nodes: a class activation map has a row for each of its own',
  ],
  'colours of a table': [['maps', '--colors', 'grey'], '--colors is for pictures: -o picture.png, --html page.html, or both'],
  'the scale of a table': [['maps', '--scale', 'each'], '--scale is for pictures: -o picture.png, --html page.html, or both'],
  'the colours of the map of a class': [
    ['--cam', 'top', '-o', 'p.png', '--colors', 'grey'],
    '--colors is for nodes: a class activation map is one page in colours of its own',
  ],
  'a page of CSV': [['maps', '--csv', '--page', '2'], '--page is for pictures and for tables of places'],
  'a page of a table that is not there': [['maps', '--page', '2'], '--page 2: there is 1 page'],
  'maps without a class': [['logits', '--maps', 'maps'], '--maps belongs to --cam'],
  'maps that are none': [
    ['--cam', 'top', '--maps', 'logits/pool'],
    '--maps: maps [height, width, channels] of more than one place are looked for, and logits/pool/reduce_axes (reduce_axes) [2] at m.fmw:4:27 was found',
  ],
  'a class in words': [['--cam', 'cat', '-o', 'p.png'], '--cam cat: a class is top or a number from 0 to 2'],
  'a class activation map of maps': [
    ['maps', '--cam', 'top', '-o', 'p.png'],
    `--cam: a class is an element of a vector, and there is none:
  maps/pool/max_pool (max_pool) [2, 2, 2] at m.fmw:3:48`,
  ],
}

for (const [what, [args, said]] of Object.entries(wrongUsage)) {
  s(`wrong usage: ${what}`, () =>
    withFiles(classifierFiles, async (folder) => {
      const before = await contentOf(folder)
      assert.equal(await mainOf(['show', 'm.fmw', ...args, ...given], folder), { code: 2, stdout: '', stderr: `fmw: ${said}\n` })
      assert.equal(await contentOf(folder), before)
    }))
}

s('a model with errors is not drawn', () =>
  withFiles({ 'm.fmw': 'model M {\n  input x: [4]\n  output y = rleu(x)\n}\n' }, async (folder) => {
    const { code } = await mainOf(['show', 'm.fmw', 'y', '-o', 'p.png'], folder)
    assert.is(code, 1)
    assert.equal(Object.keys(await contentOf(folder)), ['m.fmw'])
  }))

s.run()
