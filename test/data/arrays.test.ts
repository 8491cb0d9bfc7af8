import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { zipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDataset } from '../../src/runtime/data/open-dataset.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { graphOf } from '../compile-text.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'
import { answers, array, complaints, counting, npz, opened, sum, three } from './samples.ts'

const s = suite('samples in arrays')

const image = counting([4, 2, 3, 1])
const labels = array([4], [2, 0, 1, 2])

s('a .npz has an array for each input and one called labels', () =>
  opened({ 'x.npz': npz({ image, labels }) }, three, { data: 'x.npz' }, async (dataset) => {
    assert.is(dataset.size, 4)
    assert.equal(answers(dataset), { kind: 'labels', data: labels, name: 'labels' })
    assert.equal(await dataset.read([2, 0]), {
      inputs: { image: array([2, 2, 3, 1], [12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5]) },
      targets: { logits: array([2], [1, 2]) },
    })
  }))

s('an array called as the trained output holds its targets too, and symbolic extents take the size of the data', () =>
  opened(
    { 'x.npz': npz({ a: counting([3, 2]), b: counting([3, 2, 5, 1]), y: array([3], [0.5, 1, -1]) }) },
    sum,
    { data: 'x.npz' },
    async (dataset) => {
      assert.is(answers(dataset).kind, 'values')
      const batch = await dataset.read([1])
      assert.equal(batch.inputs['a'], array([1, 2], [2, 3]))
      assert.equal(batch.inputs['b']!.shape, [1, 2, 5, 1])
      assert.equal(batch.targets, { y: array([1, 1], [1]) })
    },
  ),
)

s('values for every element of an output are not labels', () =>
  opened({ 'x.npz': npz({ image, logits: counting([4, 3]) }) }, three, { data: 'x.npz' }, async (dataset) => {
    assert.is(answers(dataset).kind, 'values')
    assert.equal((await dataset.read([3])).targets, { logits: array([1, 3], [9, 10, 11]) })
  }))

s('labels may have an axis of one element', () =>
  opened({ 'x.npz': npz({ image, labels: array([4, 1], labels.values) }) }, three, { data: 'x.npz' }, (dataset) =>
    assert.equal(answers(dataset).data, labels),
  ),
)

s('an output that is a map has a label for each pixel', () => {
  const segment = graphOf('model Segment {\n  input x: [H, W, 1]\n  output y = x |> conv(2, 1x1)\n}')
  return opened(
    { 'x.npz': npz({ x: counting([1, 2, 2, 1]), labels: array([1, 2, 2], [0, 1, 1, 0]) }) },
    segment,
    { data: 'x.npz' },
    (dataset) => {
      assert.is(answers(dataset).kind, 'labels')
      assert.equal(answers(dataset).data.shape, [1, 2, 2])
    },
  )
})

s('a .npy file has its labels in another', () =>
  opened({ 'x.npy': writeNpy(image), 'y.npy': writeNpy(labels) }, three, { data: 'x.npy', labels: 'y.npy' }, async ({ read }) => {
    assert.equal((await read([1])).targets, { logits: array([1], [0]) })
    assert.equal((await read([1])).inputs['image']!.values, Float32Array.from([6, 7, 8, 9, 10, 11]))
  }))

const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0
if (!numpy) process.stderr.write('skipped: .npz files of NumPy (no python3 with numpy here)\n')

;(numpy ? s : s.skip)('what numpy.savez and savez_compressed write is read, integers as the numbers they are', () =>
  inTemporaryFolder(async (folder) => {
    await mkdir(folder, { recursive: true })
    for (const save of ['savez', 'savez_compressed']) {
      const script = `import numpy, sys; numpy.${save}(sys.argv[1], image=numpy.arange(24, dtype='u1').reshape(4, 2, 3, 1), labels=numpy.array([2, 0, 1, 2]))`
      const file = path.join(folder, `${save}.npz`)
      assert.is(spawnSync('python3', ['-c', script, file]).status, 0)
      const { read } = await openDataset({ data: file }, three, { targets: [{ output: 'logits' }], resize: false, note: () => {} })
      assert.equal(await read([0, 1, 2, 3]), { inputs: { image }, targets: { logits: labels } })
    }
  }))

s('missing, unknown and superfluous arrays are all reported, with the name that was meant', async () => {
  assert.equal(await complaints({ 'x.npz': npz({ imgae: image, label: labels }) }, three, { data: 'x.npz' }), [
    'data/array: x.npz: the array image for the input of that name is missing (did you mean imgae?): it has imgae, label',
    '= numpy.savez(file, image=imgae, labels=...) gives arrays their names; imgae has the shape of the input image',
    'data/array: x.npz: an array logits or labels with what logits should be is missing: it has imgae, label',
    'data/array: x.npz: Three has no use for the array imgae (did you mean image?)',
    'data/array: x.npz: Three has no use for the array label (did you mean labels?)',
  ])
  assert.equal(await complaints({ 'x.npz': npz({ image, labels }) }, three, { data: 'x.npz', targets: [{ output: 'logits', from: 'lables' }] }), [
    'data/array: x.npz: an array lables with what logits should be is missing (did you mean labels?): it has image, labels',
    'data/array: x.npz: Three has no use for the array labels',
  ])
  assert.equal(await complaints({ 'x.npz': npz({ image, labels, logits: labels }) }, three, { data: 'x.npz' }), [
    'data/array: x.npz: logits and labels may both say what logits should be: say which with --target logits:logits or --target logits:labels',
  ])
  assert.equal((await complaints({ 'x.npz': zipSync({ 'readme.txt': new Uint8Array(3) }) }, three, { data: 'x.npz' })).length, 2)
})

s('arrays that nothing is taken from are said, as columns are', async () => {
  const notes: string[] = []
  const note = (text: string): void => void notes.push(text.replace(/^.*x\.npz/, 'x.npz'))
  await opened({ 'x.npz': npz({ image, labels, ids: labels, weight: labels }) }, three, { data: 'x.npz', note }, (dataset) => assert.equal(answers(dataset).data, labels))
  assert.ok(notes.includes('x.npz: nothing is taken from ids, weight'), notes.join('\n'))
})

s('arrays without names are named in the mend', async () => {
  const said = await complaints({ 'x.npz': npz({ arr_0: image, arr_1: labels }) }, three, { data: 'x.npz' })
  assert.is(said[1], '= numpy.savez(file, image=arr_0, labels=...) gives arrays their names; arr_0 has the shape of the input image')
  const unclear = await complaints({ 'x.npz': npz({ arr_0: image, arr_1: image }) }, three, { data: 'x.npz' })
  assert.is(unclear[1], '= numpy.savez(file, image=..., labels=...) gives arrays their names')
})

s('labels of another coding are refused with what makes them labels', async () => {
  const two = graphOf('model Two {\n  input image: [2, 3, 1]\n  output kind = image |> flatten |> dense(2)\n  output map = image |> conv(2, 1x1)\n}')
  const about = (values: readonly number[], shape: readonly number[] = [4], output = 'kind') =>
    complaints({ 'x.npz': npz({ image, labels: array(shape, values) }) }, two, { data: 'x.npz', targets: [{ output }] })
  assert.is((await about([0, 255, 255, 0])).at(-1), '= numpy: labels // 255 is 0 and 1')
  assert.is((await about(Array.from({ length: 24 }, (_, i) => 255 * (i % 2)), [4, 2, 3], 'map')).at(-1), '= numpy: labels // 255 is 0 and 1')
  assert.is((await about([0, 1, -1, 0])).at(-1), '= samples without a class are left out with --ignore -1')
  assert.is((await about([0, 1, 255, 0])).at(-1), '= samples without a class are left out with --ignore 255')
  assert.is((await about([0, 1, NaN, 0])).at(-1), '= samples without a class are left out with --ignore nan')
  assert.is((await about([1, 2, 2, 1])).at(-1), '= counted from 1? subtract one: labels - 1')
  await opened({ 'x.npz': npz({ image, labels: array([4], [0, 1, NaN, 0]) }) }, two, { data: 'x.npz', targets: [{ output: 'kind', ignored: NaN }] }, ({ targets }) => assert.equal([...targets['kind']!.data.values], [0, 1, NaN, 0]))
})

s('values that are missing may be left out', async () => {
  const values = array([4, 3], [1, 2, NaN, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  assert.is((await complaints({ 'x.npz': npz({ image, labels: values }) }, three, { data: 'x.npz' })).at(-1), '= what is missing is left out with --ignore nan')
  assert.equal(await complaints({ 'x.npz': npz({ image: array([4, 2, 3, 1], Array(24).fill(NaN)), labels }) }, three, { data: 'x.npz' }).then((lines) => lines.filter((line) => line.includes('--ignore'))), [])
})

s('shapes that do not fit the model are reported in its words', async () => {
  assert.equal(await complaints({ 'x.npz': npz({ image: counting([4, 3, 3, 1]), labels }) }, three, { data: 'x.npz' }), [
    'data/shape: x.npz: the height of image must be 2, not 3',
    '= --resize brings maps to the size of the model',
  ])
  assert.equal(
    await complaints({ 'x.npz': npz({ a: counting([3, 2]), b: counting([2, 2, 2, 1]), labels: counting([3]) }) }, sum, {
      data: 'x.npz',
    }),
    ['data/shape: x.npz: b has 2 samples, a has 3'],
  )
  assert.equal(
    await complaints({ 'x.npz': npz({ image: counting([0, 2, 3, 1]), labels: counting([0]) }) }, three, { data: 'x.npz' }),
    ['data/shape: x.npz: image has no samples'],
  )
})

s('an archive is refused for the sizes that it claims before memory is taken for them', async () => {
  const archive = npz({ image: counting([1, 1, 1, 1]), labels })
  // the size unpacked stands 24 bytes into each entry of the list at the end, which begins with its signature
  const claiming = (bytes: number): Uint8Array => {
    const file = Buffer.from(archive)
    for (let at = 0; (at = file.indexOf('PK\x01\x02', at, 'latin1')) >= 0; at += 4) file.writeUInt32LE(bytes, at + 24)
    return file
  }
  const said = async (bytes: number): Promise<string> =>
    (await complaints({ 'x.npz': claiming(bytes) }, three, { data: 'x.npz' })).join('\n')
  assert.match(await said(2 ** 31 - 1), /^data\/archive: x\.npz: [^:]+: image\.npy says that its \d+ bytes hold 2147483647$/)
  assert.match(await said(2 ** 32 - 2), 'says that its')
})

s('targets that do not fit are reported with what would', async () => {
  const about = (targets: typeof labels, target = {}) =>
    complaints({ 'x.npz': npz({ image, labels: targets }) }, three, { data: 'x.npz', targets: [{ output: 'logits', ...target }] })
  assert.equal(await about(counting([3])), ['data/shape: x.npz: labels has 3 samples, and the inputs have 4'])
  assert.equal(await about(counting([])), ['data/shape: x.npz: labels must be [4] (labels) or [4, 3] (values) for the output logits, not []'])
  assert.equal(await about(counting([4, 2])), [
    'data/shape: x.npz: labels must be [4] (labels) or [4, 3] (values) for the output logits, not [4, 2]',
  ])
  assert.equal(await about(counting([4, 3]), { kind: 'labels' }), [
    'data/shape: x.npz: labels must be [4] (labels) for the output logits, not [4, 3]',
    '= numpy.argmax(labels, axis=-1) turns one-hot rows into labels',
  ])
  assert.equal(await about(labels, { kind: 'values' }), [
    'data/shape: x.npz: labels must be [4, 3] (values) for the output logits, not [4]', '= labels of classes are learned with --loss categorical_crossentropy',
  ])
  assert.equal(
    await complaints({ 'x.npz': npz({ a: counting([3, 2]), b: counting([3, 2, 2, 1]), labels: counting([3]) }) }, sum, {
      data: 'x.npz',
      targets: [{ output: 'y', kind: 'labels' }],
    }),
    ['data/shape: x.npz: the output y has one value for a sample, and a label chooses among several'],
  )
})

s('labels that are no classes are counted, and the first few are named', async () => {
  assert.equal(await complaints({ 'x.npz': npz({ image, labels: array([4], [3, 0.5, -1, 0]) }) }, three, { data: 'x.npz' }), [
    'data/label: x.npz: 1 of 4 labels are no whole numbers',
    '= labels[1] is 0.5',
    'data/label: x.npz: 2 of 4 labels are outside 0 to 2, the classes of the output logits',
    '= labels[0] is 3',
    '= labels[2] is -1',
  ])
  const many = { image: counting([8, 2, 3, 1]), labels: array([8], [9, 9, 9, 9, 9, 9, 9, 1]) }
  assert.equal((await complaints({ 'x.npz': npz(many) }, three, { data: 'x.npz' })).slice(-2), [
    '= labels[4] is 9',
    '= and 2 more',
  ])
})

s('values that are not finite are found, wherever they are', async () => {
  const broken = array([4, 2, 3, 1], image.values.map((value, i) => (i === 13 ? NaN : i === 23 ? -Infinity : value)))
  assert.equal(
    await complaints({ 'x.npz': npz({ image: broken, labels: array([4], [0, NaN, 1, 1]) }) }, three, { data: 'x.npz' }),
    [
      'data/value: x.npz: 2 of 24 values of image are no finite numbers',
      '= image[2, 0, 1, 0] is NaN',
      '= image[3, 1, 2, 0] is -Infinity',
      'data/label: x.npz: 1 of 4 labels are no whole numbers',
      '= labels[1] is NaN',
    '= samples without a class are left out with --ignore nan',
    ],
  )
  assert.equal(
    await complaints(
      {
        'x.npz': npz({
          image,
          logits: array(
            [4, 3],
            Array.from({ length: 12 }, (_, i) => 1 / (i - 4)),
          ),
        }),
      },
      three,
      { data: 'x.npz' },
    ),
    ['data/value: x.npz: 1 of 12 values of logits are no finite numbers', '= logits[1, 1] is Infinity'],
  )
})

s('an archive or an array that is cut off or damaged is refused', async () => {
  const whole = npz({ image, labels })
  for (const bytes of [
    new Uint8Array(0),
    whole.subarray(0, 40),
    whole.subarray(0, -10),
    new TextEncoder().encode('no archive'),
  ]) {
    const [message] = await complaints({ 'x.npz': bytes }, three, { data: 'x.npz' })
    assert.match(message!, /^data\/archive: x\.npz: this is no \.npz file that can be read: /)
  }
  const inner = zipSync({ 'image.npy': writeNpy(image).subarray(0, -1), 'labels.npy': writeNpy(labels) })
  assert.match(
    (await complaints({ 'x.npz': inner }, three, { data: 'x.npz' })).join(),
    'input/npy: x.npz/image.npy: this is no valid .npy file',
  )
})

s('a source that is of no kind that is read says what it should be', async () => {
  const refused = (file: string, reason: string): readonly string[] => [
    `data/source: ${file}: this cannot be taken for samples: ${reason}`,
  ]
  const files = { 'x.txt': '', 'x.npy': writeNpy(image), 'x.npz': npz({ image, labels }) }
  assert.equal(
    await complaints(files, three, { data: 'x.txt' }),
    refused('x.txt', 'it is neither a folder nor a .npz, .npy, .csv or .tsv file'),
  )
  assert.equal(
    await complaints(files, three, { data: 'x.npy' }),
    refused('x.npy', 'its labels are in a file of their own (--labels FILE.npy)'),
  )
  assert.equal(
    await complaints(files, three, { data: 'x.npz', labels: 'x.npy' }),
    refused('x.npz', '--labels belongs to a folder of pictures or a .npy file; a .npz or a table holds its labels itself'),
  )
  assert.equal(
    await complaints({ 'x.csv': 'a,b,c,d,e,f,label\n1,2,3,4,5,6,0\n' }, three, { data: 'x.csv', resize: true }),
    refused('x.csv', '--resize is for pictures and maps, and its rows have neither height nor width'),
  )
  assert.equal(
    await complaints(files, sum, { data: 'x.npy', labels: 'x.npy' }),
    refused('x.npy', 'it holds the samples of one input, and Sum has the inputs a, b; give an array for each in a .npz file'),
  )
  assert.equal(await complaints({}, three, { data: 'none.npz' }), [
    'input/unreadable: none.npz: the file cannot be read: there is no such file or folder',
  ])
})

s.run()
