import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDataset } from '../../src/runtime/data/open-dataset.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { graphOf } from '../compile-text.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'
import { array, complaints, counting, npz, opened, three, type Opening } from './samples.ts'

const s = suite('arrays of other forms')

const colour = graphOf('model Colour {\n  input image: [2, 3, 3]\n  output logits = image |> flatten |> dense(2)\n}')
const anySize = graphOf('model Any {\n  input image: [H, W, 3]\n  output logits = image |> conv(2, 1x1) |> pool.global\n}')
const segment = graphOf('model Segment {\n  input image: [4, 6, 1]\n  output classes = image |> conv(3, 1x1)\n}')
const vector = graphOf('model Vector {\n  input x: [6]\n  output y = x |> dense(2)\n}')

const labels = array([2], [0, 1])

/** Numbers up to 255 are no bytes of pictures where they are divided by as much. */
const normalization = { mean: [0], deviation: [255] }

/** The values of the only input as they are read, and what was said. */
async function readAs(image: ReturnType<typeof array>, graph = three, more: Partial<Opening> = {}) {
  const notes: string[] = []
  let read: unknown
  const [input] = graph.inputs.map(({ name }) => name)
  await opened({ 'x.npz': npz({ [input!]: image, labels }) }, graph, { data: 'x.npz', normalization, note: (text) => notes.push(text.replace(/^.*x\.npz/, 'x.npz')), ...more }, async (dataset) => {
    read = (await dataset.read([...Array(dataset.size).keys()])).inputs[input!]
  })
  return { read, notes }
}

s('pictures without an axis for their one channel are taken as what they can only be, and that is said', async () => {
  assert.equal(await readAs(counting([2, 2, 3])), {
    read: counting([2, 2, 3, 1]),
    notes: ['x.npz: image [2, 2, 3] has no axis for its one channel, and is taken as [2, 2, 3, 1]'],
  })
  assert.equal((await readAs(counting([2, 1, 2, 3]))).read, counting([2, 2, 3, 1]))
})

s('rows of one channel are taken row by row, as tables are', async () => {
  assert.equal(await readAs(counting([2, 6])), {
    read: counting([2, 2, 3, 1]),
    notes: ['x.npz: image [2, 6] has a row for each sample, and is taken as [2, 2, 3, 1]'],
  })
})

s('channels that come first are moved to the end, element by element', async () => {
  const first = counting([2, 3, 2, 3])
  const last = new Float32Array(36)
  for (let n = 0; n < 2; n++)
    for (let c = 0; c < 3; c++)
      for (let y = 0; y < 2; y++) for (let x = 0; x < 3; x++) last[((n * 2 + y) * 3 + x) * 3 + c] = first.values[((n * 3 + c) * 2 + y) * 3 + x]!
  assert.equal(await readAs(first, colour), {
    read: array([2, 2, 3, 3], last),
    notes: ['x.npz: image [2, 3, 2, 3] has its channels first, and is taken as [2, 2, 3, 3]'],
  })
  const large = await readAs(counting([2, 3, 4, 5]), anySize)
  assert.equal((large.read as typeof first).shape, [2, 4, 5, 3])
})

s('an array that fits two ways is refused with the line of NumPy for each', async () => {
  assert.equal(await complaints({ 'x.npz': npz({ image: counting([2, 18]), labels }) }, colour, { data: 'x.npz' }), [
    'data/shape: x.npz: image [2, 18] fits the input image [2, 3, 3] in 2 ways',
    '= if it has a row for each sample, place by place: image.reshape(-1, 2, 3, 3)',
    '= if it has a row for each sample, channel by channel: image.reshape(-1, 3, 2, 3).transpose(0, 2, 3, 1)',
  ])
})

const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0
if (!numpy) process.stderr.write('skipped: the lines of NumPy (no python3 with numpy here)\n')

;(numpy ? s : s.skip)('the lines of NumPy give what their words say', () => {
  const run = (line: string): unknown => JSON.parse(execFileSync('python3', ['-c', `import numpy; image = numpy.arange(36).reshape(2, 18); print(${line}.ravel().tolist())`], { encoding: 'utf8' }))
  assert.equal(run('image.reshape(-1, 2, 3, 3)'), [...counting([36]).values])
  // each channel is a plane of 6: the first place has 0, 6 and 12
  assert.equal((run('image.reshape(-1, 3, 2, 3).transpose(0, 2, 3, 1)') as number[]).slice(0, 6), [0, 6, 12, 1, 7, 13])
})

s('a map where a vector is wanted, one sample, samples last and another size are refused with what mends them', async () => {
  const said = async (image: ReturnType<typeof array>, graph = three) => {
    const [input] = graph.inputs.map(({ name }) => name)
    return (await complaints({ 'x.npz': npz({ [input!]: image, labels }) }, graph, { data: 'x.npz' })).slice(0, 2)
  }
  assert.equal(await said(counting([2, 2, 3]), vector), [
    'data/shape: x.npz: x must have the axes [batch, 6], not [2, 2, 3]',
    '= x.reshape(len(x), -1) makes a row of each sample',
  ])
  assert.equal((await said(counting([2, 3, 1])))[1], '= one sample has the axis of samples too: image[None]')
  assert.equal((await said(counting([2, 3, 3, 7]), colour)).at(-1), '= where the samples are the last axis: numpy.moveaxis(image, -1, 0)')
  assert.equal(await said(counting([2, 4, 6, 1])), ['data/shape: x.npz: the height of image must be 2, not 4', '= --resize brings maps to the size of the model'])
  assert.equal(
    await complaints({ 'x.npz': npz({ image: counting([2, 2, 3, 1]), labels: counting([2, 2, 3]) }) }, three, { data: 'x.npz' }),
    [
      'data/shape: x.npz: labels must be [2] (labels) or [2, 3] (values) for the output logits, not [2, 2, 3]',
      '= what says something of each place is for an output that is a map, and logits says one thing of a sample',
    ],
  )
})

s('labels of a map may be rows, and values have their channels first', async () => {
  const files = (classes: ReturnType<typeof array>) => ({ 'x.npz': npz({ image: counting([1, 4, 6, 1]), classes }) })
  await opened(files(array([1, 24], counting([24]).values.map((n) => n % 3))), segment, { data: 'x.npz' }, ({ targets }) => {
    assert.equal([targets['classes']!.kind, targets['classes']!.data.shape], ['labels', [1, 4, 6]])
  })
  await opened(files(counting([1, 3, 4, 6])), segment, { data: 'x.npz' }, ({ targets }) => {
    const { kind, data } = targets['classes']!
    assert.equal([kind, data.shape, data.values.slice(0, 4)], ['values', [1, 4, 6, 3], Float32Array.of(0, 24, 48, 1)])
  })
})

s('--resize brings maps to the size of the input as pictures are, and labels to that of the output without new ones', async () => {
  const image = counting([1, 8, 12, 1])
  const classes = array([1, 8, 12], counting([96]).values.map((n) => n % 3))
  const notes: string[] = []
  await opened({ 'x.npz': npz({ image, classes }) }, segment, { data: 'x.npz', resize: true, normalization, note: (text) => notes.push(text) }, async ({ read, targets }) => {
    const batch = await read([0])
    // inside, a slope is at the centre of a new place what it was there
    const inside = [1, 2].flatMap((y) => [1, 2, 3, 4].map((x) => [y * 6 + x, 12 * (2 * y + 0.5) + 2 * x + 0.5] as const))
    const { shape, values } = batch.inputs['image']!
    assert.equal(shape, [1, 4, 6, 1])
    for (const [at, value] of inside) assert.ok(Math.abs(values[at]! - value) < 1e-4, `${at}: ${values[at]}`)
    // of two old places the one at or behind the centre
    const wanted = Array.from({ length: 24 }, (_, i) => classes.values[(2 * Math.floor(i / 6) + 1) * 12 + 2 * (i % 6) + 1]!)
    assert.equal(targets['classes']!.data, array([1, 4, 6], wanted))
  })
  assert.is(notes.length, 2)
  assert.match(notes[0]!, 'image is resized from 8x12 to 4x6 (height x width)')
  assert.match(notes[1]!, 'classes is resized from 8x12 to 4x6')
  assert.match((await complaints({ 'x.npz': npz({ image, classes }) }, segment, { data: 'x.npz' })).join(), '--resize brings maps')
  assert.match(
    (await complaints({ 'x.npz': npz({ image, classes: counting([1, 5, 5]) }) }, segment, { data: 'x.npz', resize: true })).join(),
    'classes must be [1, 4, 6] (labels) or [1, 4, 6, 3] (values) for the output classes, not [1, 5, 5]',
  )
})

s('a map of one value stays one', async () => {
  const { read } = await readAs(array([2, 4, 6, 1], counting([48]).values.map(() => 7)), three, { resize: true })
  assert.equal(read, array([2, 2, 3, 1], Array(12).fill(7)))
})

s('nothing can be resized where no input is a map, or one has no fixed size', async () => {
  const refused = async (graph: typeof three, input: string) =>
    (await complaints({ 'x.npz': npz({ [input]: counting([2, 6]), labels }) }, graph, { data: 'x.npz', resize: true })).join()
  assert.match(await refused(vector, 'x'), '--resize is for maps [height, width, channels], and no input of Vector is one')
  assert.match(await refused(anySize, 'image'), 'the input image [H, W, 3] has no fixed size to which maps could be resized')
})

s('bytes of pictures are said to be such, where nothing divides by 255 afterwards', async () => {
  const bytes = array([2, 2, 3, 1], counting([12]).values.map((n) => 20 * n))
  const notes = async (more: Partial<Opening>): Promise<readonly string[]> => (await readAs(bytes, three, more)).notes
  assert.equal(await notes({ normalization: undefined }), ['x.npz: image: it has whole numbers up to 220, and pictures are 0 to 1: --normalize 0/255 takes them as that'])
  assert.equal(await notes({}), [])
})

s('labels that are counted from 1 are told how they are counted from 0', async () => {
  const files = (values: readonly number[]) => ({ 'x.npz': npz({ image: counting([3, 2, 3, 1]), labels: array([3], values) }) })
  assert.equal(await complaints(files([1, 2, 3]), three, { data: 'x.npz' }), [
    'data/label: x.npz: 1 of 3 labels are outside 0 to 2, the classes of the output logits',
    '= labels[2] is 3',
    '= counted from 1? subtract one: labels - 1',
  ])
  assert.is((await complaints(files([0, 2, 3]), three, { data: 'x.npz' })).length, 2)
})

s('rows of zeros with a one are values, of every type, and a map of them may have its channels first', async () => {
  await opened({ 'x.npz': npz({ image: counting([2, 2, 3, 1]), labels: array([2, 3], [0, 1, 0, 1, 0, 0]) }) }, three, { data: 'x.npz' }, ({ targets }) => {
    assert.equal(targets['logits'], { kind: 'values', name: 'labels', data: array([2, 3], [0, 1, 0, 1, 0, 0]) })
  })
})

;(numpy ? s : s.skip)('texts of NumPy name classes, in a .npz and beside a .npy, and numbers of every type are labels', () =>
  inTemporaryFolder(async (folder) => {
    const script = `
import numpy, sys
image = numpy.zeros((4, 2, 3, 1), 'f4')
names = numpy.array(['wren', 'ant', 'wren', 'b\\u00e4r'])
numpy.savez(sys.argv[1] + '/u.npz', image=image, labels=names)
numpy.savez(sys.argv[1] + '/s.npz', image=image, labels=numpy.array([n.encode() for n in names]))
numpy.savez(sys.argv[1] + '/o.npz', image=image, labels=names.astype(object))
numpy.save(sys.argv[1] + '/image.npy', image)
numpy.save(sys.argv[1] + '/big.npy', names.astype('>U9'))
numpy.savez(sys.argv[1] + '/empty.npz', image=image, labels=numpy.array(['a', '', 'b', 'c']))
for dtype in ['f8', 'i8', 'u1', '?']:
    numpy.savez(sys.argv[1] + '/' + dtype.replace('?', 'bool') + '.npz', image=image, labels=numpy.array([1, 0, 1, 1], dtype))
`
    execFileSync('python3', ['-c', script, folder])
    const open = (data: string, labelFile?: string) =>
      openDataset({ data: path.join(folder, data), ...(labelFile !== undefined && { labels: path.join(folder, labelFile) }) }, three, { targets: [{ output: 'logits' }], resize: false, note: () => {} })
    for (const dataset of [await open('u.npz'), await open('s.npz'), await open('image.npy', 'big.npy')]) {
      const { kind, classes, data } = dataset.targets['logits']!
      assert.equal([kind, classes, [...data.values]], ['labels', ['ant', 'bär', 'wren'], [2, 0, 2, 1]])
    }
    for (const dtype of ['f8', 'i8', 'u1', 'bool']) {
      const { kind, classes, data } = (await open(`${dtype}.npz`)).targets['logits']!
      assert.equal([kind, classes, [...data.values]], ['labels', undefined, [1, 0, 1, 1]], dtype)
    }
    const said = async (data: string): Promise<string> => {
      try {
        await open(data)
        return 'nothing'
      } catch (error) {
        return error instanceof Error ? error.message : 'nothing'
      }
    }
    assert.match(await said('o.npz'), 'the array holds elements of type |O')
    assert.match(await said('empty.npz'), '1 of 4 labels are missing')
  }))

s('grey and transparent pictures for three channels are refused with the line of NumPy', async () => {
  const colours = graphOf('model Colours {\n  input image: [2, 3, 3]\n  output kind = image |> flatten |> dense(2)\n}')
  const mend = async (shape: readonly number[]) => (await complaints({ 'x.npz': npz({ image: counting(shape), labels: array([2], [0, 1]) }) }, colours, { data: 'x.npz' })).filter((line) => line.startsWith('= '))
  assert.equal(await mend([2, 2, 3]), ['= grey for three channels: numpy.repeat(image[..., None], 3, axis=-1)'])
  assert.equal(await mend([2, 2, 3, 1]), ['= grey for three channels: numpy.repeat(image, 3, axis=-1)'])
  assert.equal(await mend([2, 2, 3, 4]), ['= without the channel alpha: image[..., :3]'])
})

s('of classes that are known some may be absent', () =>
  opened({ 'x.npy': writeNpy(counting([2, 2, 3, 1])), 't.npy': textsNpy(['cat', 'ant']) }, three, { data: 'x.npy', labels: 't.npy', targets: [{ output: 'logits', classes: ['ant', 'bee', 'cat'] }] }, ({ targets }) => {
    assert.equal([targets['logits']!.classes, targets['logits']!.data], [['ant', 'bee', 'cat'], array([2], [2, 0])])
  }))

s('texts where the number of classes is another, or that no class has, are refused with the names', async () => {
  const pair = { 'x.npy': writeNpy(counting([2, 2, 3, 1])), 't.npy': textsNpy(['cat', 'dog']) }
  assert.equal(await complaints(pair, three, { data: 'x.npy', labels: 't.npy' }), ['data/classes: t.npy: it has 2 classes, and the output logits tells 3 apart', '= the classes are cat, dog'])
  const known = { data: 'x.npy', labels: 't.npy', targets: [{ output: 'logits', classes: ['ant', 'bee', 'cat'] }] }
  assert.equal(await complaints(pair, three, known), ['data/other-classes: t.npy: there are samples of dog, and the classes are ant, bee, cat', '= t.npy[1] is "dog"'])
  assert.match((await complaints({ 'x.npz': npz({ labels }) , 'x.npy': textsNpy(['a']), 't.npy': writeNpy(labels) }, three, { data: 'x.npy', labels: 't.npy' })).join(), 'input/dtype')
})

/** Texts of three letters as NumPy stores them. */
function textsNpy(texts: readonly string[]): Uint8Array {
  const header = `{'descr': '<U3', 'fortran_order': False, 'shape': (${texts.length},), }\n`
  const codes = Uint32Array.from(texts.flatMap((text) => [0, 1, 2].map((i) => text.codePointAt(i) ?? 0)))
  return Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0, ...new TextEncoder().encode(header), ...new Uint8Array(codes.buffer)])
}

s.run()
