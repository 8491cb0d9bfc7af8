import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { availableBackends } from '../backends.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw show as numbers')

const text = `model M {
  input x: [2, 2, 3]
  a = x |> relu
  chosen = a |> gather.channels([2, 0, 2])
  again = chosen |> gather.channels([1, 2]) |> pool.max(2)
  weighted = weight.static(chosen, [1, -2, 0.5])
  top = x |> gather.top(2, by: pool.global(x))
  mixed = chosen |> conv(3, 1x1, bias: false)
  output vector = top |> pool.global
  output y = again
  output z = weighted
  output w = mixed
}
`
/** Two samples; the means of channels are 1.5, 0, -1 and 0, 2, 1. */
const x = [
  [[[1, 0, 2], [3, -4, -5]], [[2, 4, 0], [0, 0, -1]]],
  [[[0, 8, 1], [0, 0, 1]], [[0, 0, 1], [0, 0, 1]]],
]
const files = {
  'm.fmw': text,
  'x.json': JSON.stringify(x),
  'w': weightsFile({ 'mixed/conv/kernel': [[1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]] }),
}
const given = ['--input', 'x=x.json', '--weights', 'w', '--quiet'] as const

async function show(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await mainOf(['show', 'm.fmw', ...args, ...given], folder)
  assert.is(code, 0, stderr)
  return stdout
}

interface Shown {
  readonly [key: string]: unknown
  readonly statistics: Readonly<Record<string, number>>
  readonly channels: readonly Readonly<Record<string, number>>[] | null
  readonly values: readonly (number | null)[]
}

const json = async (folder: string, ...args: readonly string[]): Promise<Shown> => JSON.parse(await show(folder, ...args, '--json', '--backend', 'cpu')) as Shown

const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6

/** By loops, from the values of a channel. */
function statistics(values: readonly number[]): Readonly<Record<string, number>> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    min: Math.min(...values),
    max: Math.max(...values),
    mean,
    deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    zeros: values.filter((value) => value === 0).length / values.length,
    notFinite: 0,
  }
}

s('a node without a picture is a table with a row for each channel, on every backend', async () => {
  for (const backend of await availableBackends()) {
    await withFiles(files, async (folder) => {
      assert.is(
        await show(folder, 'a', '--backend', backend),
        `a (a/relu) [2, 2, 3]
from 0 to 4, mean 1, deviation 1.35, 58.3 % zeros

channel  min  max   mean  deviation   zeros
───────  ───  ───  ─────  ─────────  ──────
      0    0    3   1.50       1.12  25.0 %
      1    0    4      1       1.73  75.0 %
      2    0    2  0.500      0.866  75.0 %
`,
      )
    })
  }
})

s('--json has statistics of the whole and of each channel, and all values', () =>
  withFiles(files, async (folder) => {
    const { statistics: whole, channels, values, ...about } = await json(folder, 'a')
    const relu = x[0]!.flat(2).map((value) => Math.max(0, value))
    assert.equal(about, { model: 'M', name: 'a', node: 'a/relu', op: 'relu', sample: 0, origins: null, shape: [2, 2, 3] })
    assert.equal(values, relu)
    for (const [name, value] of Object.entries(statistics(relu))) assert.ok(close(whole[name]!, value), name)
    assert.is(channels!.length, 3)
    for (const [i, { index, ...own }] of channels!.entries()) {
      assert.is(index, i)
      const wanted = statistics(relu.filter((_, at) => at % 3 === i))
      assert.equal(Object.keys(own), Object.keys(wanted))
      for (const [name, value] of Object.entries(wanted)) assert.ok(close(own[name]!, value), name)
    }
    assert.is((await json(folder, 'mixed/conv/kernel'))['sample'], null)
  }))

s('--csv has all digits, a row for each channel or for each place', () =>
  withFiles(files, async (folder) => {
    const lines = (csv: string): readonly (readonly string[])[] => csv.trimEnd().split('\n').map((line) => line.split(','))
    const [header, ...rows] = lines(await show(folder, 'a', '--csv', '--backend', 'cpu'))
    assert.equal(header, ['channel', 'min', 'max', 'mean', 'deviation', 'zeros'])
    assert.equal(rows.map((row) => row.map(Number).map((value) => Number(value.toFixed(6)))), [
      [0, 0, 3, 1.5, 1.118034, 0.25],
      [1, 0, 4, 1, 1.732051, 0.75],
      [2, 0, 2, 0.5, 0.866025, 0.75],
    ])
    assert.is(
      await show(folder, 'a', '--csv', '--by', 'place', '--sample', '1', '--backend', 'cpu'),
      'row,column,0,1,2\n0,0,0,8,1\n0,1,0,0,1\n1,0,0,0,1\n1,1,0,0,1\n',
    )
    assert.is(
      await show(folder, 'mixed/conv/kernel', '--csv', '--by', 'place', '--backend', 'cpu'),
      'row,column,input,0,1,2\n0,0,0,1,2,3\n0,0,1,4,5,6\n0,0,2,7,8,9\n',
    )
  }))

s('a vector has a row for each element', () =>
  withFiles(files, async (folder) => {
    assert.is(await show(folder, 'vector', '--csv', '--backend', 'cpu'), 'index,from,value\n0,0,1.5\n1,1,0\n')
    assert.is((await json(folder, 'vector')).channels, null)
  }))

s('places of many channels are pages of a table that fits 80 columns', () =>
  withFiles({ 'm.fmw': 'model M {\n  input x: [2, 1, 16]\n  output y = x * 1\n}\n', 'x.json': JSON.stringify([[Array.from({ length: 16 }, (_, i) => i)], [Array.from({ length: 16 }, (_, i) => -1000 * i - 0.5)]]), 'w': weightsFile({}) }, async (folder) => {
    const args = ['show', 'm.fmw', 'y', '--input', 'x=x.json', '--by', 'place', '--backend', 'cpu']
    const first = await mainOf(args, folder)
    assert.match(first.stderr, 'page 1 of 3; --page 2 shows the next, --csv all\n')
    const last = await mainOf([...args, '--page', '3'], folder)
    assert.not.match(last.stderr, 'page')
    const rows = last.stdout.split('\n').slice(3).map((line) => line.trim().split(/ +/))
    assert.equal([rows[0], rows[2], rows[3]], [['row', 'column', '14', '15'], ['0', '0', '14', '15'], ['1', '0', '-14000.5', '-15000.5']])
    for (const line of first.stdout.split('\n')) assert.ok(line.length <= 80, line)
  }))

s('channels that a list chose carry their original indices, through what leaves them at their place', () =>
  withFiles(files, async (folder) => {
    const { origins } = await json(folder, 'chosen')
    assert.equal(origins, { of: 'a/relu', channels: [2, 0, 2] })
    // of [2, 0, 2] those at 1 and 2
    assert.equal((await json(folder, 'again'))['origins'], { of: 'a/relu', channels: [0, 2] })
    assert.equal((await json(folder, 'a'))['origins'], null)
    assert.equal((await json(folder, 'mixed'))['origins'], null)
    assert.match(await show(folder, 'again', '--backend', 'cpu'), /^again \(again\/pool\/max_pool\), from channels of a\/relu, \[1, 1, 2\]\n.*\n\nindex +from +value\n.*\n +0 +0 .*\n +1 +2 /)
  }))

s('channels that each sample chooses carry those of the sample', () =>
  withFiles(files, async (folder) => {
    assert.equal((await json(folder, 'top'))['origins'], { of: 'x', channels: [0, 1] })
    assert.equal((await json(folder, 'top', '--sample', '1'))['origins'], { of: 'x', channels: [1, 2] })
    assert.equal((await json(folder, 'vector', '--sample', '1'))['origins'], { of: 'x', channels: [1, 2] })
  }))

s('maps that were multiplied have a column of their weights', () =>
  withFiles(files, async (folder) => {
    const { channels, origins } = await json(folder, 'weighted')
    assert.equal(channels!.map(({ weight }) => weight), [1, -2, 0.5])
    assert.equal(origins, { of: 'a/relu', channels: [2, 0, 2] })
    assert.match(await show(folder, 'weighted', '--backend', 'cpu'), /^channel +from +weight +min /m)
  }))

s('the figure has the original index over each map, and says of what', () =>
  withFiles(files, async (folder) => {
    const said = await show(folder, 'again', '--html', 'p.html', '--backend', 'wasm')
    assert.is(said, '2 nodes → p.html\n')
    const page = await readFile(path.join(folder, 'p.html'), 'utf8')
    assert.match(page, 'each: channel of a→channel here')
    assert.match(page, 'each: channel of a→channel here: 0→0, 2→1')
  }))

s('numbers beside a picture stand on stdout alone', () =>
  withFiles(files, async (folder) => {
    const { stdout, stderr } = await mainOf(['show', 'm.fmw', 'a', '--input', 'x=x.json', '--weights', 'w', '--csv', '-o', 'p.png', '--backend', 'cpu'], folder)
    assert.match(stdout, /^channel,min.*\n0,/)
    assert.match(stderr, /^a \(a\/relu\): .* → p\.png$/m)
    assert.ok((await readFile(path.join(folder, 'p.png'))).length > 100)
  }))

s('values that are no numbers are counted, and are null in JSON', () =>
  withFiles({ 'm.fmw': 'model M {\n  input x: [1, 2, 2]\n  output y = x / x\n}\n', 'x.json': '[[[0, 2], [3, 4]]]', 'w': weightsFile({}) }, async (folder) => {
    const { values, channels, statistics: whole } = await json(folder, 'y')
    assert.equal([values, whole['notFinite'], channels!.map(({ notFinite }) => notFinite)], [[null, 1, 1, 1], 1, [1, 0]])
    assert.match(await show(folder, 'y', '--backend', 'cpu'), /zeros +not finite\n/)
  }))

s('the name of an output means that output, also where its last op has a label and the scope of its name ends in another value', () =>
  withFiles(
    {
      'm.fmw': 'model M {\n  input x: [2, 2, 3]\n  output logits = x |> pool.global |> dense(3, bias: false) as last\n}\n',
      'x.json': JSON.stringify(x),
      'w': weightsFile({ 'last/kernel': [[3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 10]] }),
    },
    async (folder) => {
      // the means of channels are 1.5, 0, -1 and 0, 2, 1
      const logits = [[1.5 - 7, 3 - 8, 4.5 - 10], [8 + 7, 10 + 8, 12 + 10]]
      for (const [sample, values] of logits.entries())
        assert.equal(JSON.parse(await show(folder, 'logits', '--json', '--sample', String(sample))).values, values)
      const { stdout } = await mainOf(['why', 'm.fmw', 'logits'], folder)
      assert.match(stdout, /^last[^\n]*: matmul \[3\]/)
    },
  ))

s.run()
