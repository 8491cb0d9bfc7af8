import { chmod, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encode as encodeJpeg } from 'jpeg-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openPictures } from '../../src/runtime/data/open-pictures.ts'
import { pictureMap } from '../../src/runtime/data/picture-map.ts'
import { withFiles } from '../cli/folder.ts'
import { graphOf } from '../compile-text.ts'
import { problemsOf } from '../runtime/problems-of.ts'
import { answers, array, complaints, greyPng, opened, three } from './samples.ts'

const s = suite('samples in folders of pictures')

const pixels = [0, 51, 102, 153, 204, 255]
const picture = greyPng(2, 3, pixels)
const values = pixels.map((byte) => byte / 255)

const files = {
  'd/cat/1.png': picture,
  'd/cat/more/2.png': greyPng(2, 3, pixels.toReversed()),
  'd/ant/x': picture,
  'd/bee/1.jpg': picture,
}

s('each subfolder is a class, in the order of the names, with all pictures in it and below', () =>
  opened(files, three, { data: 'd' }, async (dataset) => {
    assert.is(dataset.size, 4)
    assert.equal(answers(dataset), { kind: 'labels', classes: ['ant', 'bee', 'cat'], data: array([4], [0, 1, 2, 2]), name: 'labels' })
    assert.equal(await dataset.read([3, 0]), {
      inputs: { image: array([2, 2, 3, 1], [...values.toReversed(), ...values]) },
      targets: { logits: array([2], [2, 0]) },
    })
  }))

s('names that are whole numbers are sorted by their value', () => {
  const counted = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`d/${n}/x.png`, picture]))
  const eleven = graphOf('model Eleven {\n  input image: [2, 3, 1]\n  output y = image |> flatten |> dense(11)\n}')
  return opened(counted, eleven, { data: 'd' }, (dataset) =>
    assert.equal(answers(dataset).classes, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']),
  )
})

s('two classes are the values 0 and 1 of an output of one value', () => {
  const two = graphOf('model Two {\n  input image: [2, 3, 1]\n  output y = image |> flatten |> dense(1)\n}')
  return opened({ 'd/no/x.png': picture, 'd/yes/x.png': picture }, two, { data: 'd' }, (dataset) => {
    assert.is(answers(dataset).kind, 'values')
    assert.equal(answers(dataset).data, array([2, 1], [0, 1]))
  })
})

s('the values are those that a run reads, in 1, 3 and 4 channels, of 8 and 16 bits and of JPEG', async () => {
  const jpeg = encodeJpeg(
    { width: 3, height: 2, data: Buffer.from(Array.from({ length: 24 }, (_, i) => (i * 53) % 256)) },
    90,
  ).data
  for (const channels of [1, 3, 4] as const) {
    const graph = graphOf(`model M {\n  input image: [2, 3, ${channels}]\n  output y = image |> flatten |> dense(2)\n}`)
    await opened({ 'd/a/x.jpg': jpeg, 'd/b/x.png': picture }, graph, { data: 'd' }, async ({ read }) => {
      for (const [position, bytes] of [jpeg, picture].entries()) {
        assert.equal((await read([position])).inputs['image']!.values, pictureMap(bytes, { channels }, 'x').values)
      }
    })
  }
})

s('hidden files are no samples; other files are passed over and named, as are conversions', async () => {
  const notes: string[] = []
  const more = { ...files, 'd/.hidden/x.png': picture, 'd/cat/.DS_Store': 'x', 'd/readme.txt': 'x', 'd/ant/list.csv': 'x' }
  const note = (text: string): void => void notes.push(text)
  await opened(more, three, { data: 'd', note }, ({ size }) => assert.is(size, 4))
  assert.is(notes.length, 2)
  assert.match(notes[0]!, /d: reading 5 files of 3 classes$/)
  assert.match(notes[1]!, /d: passed over \S+readme\.txt, \S+list\.csv$/)
  const colours = graphOf('model M {\n  input image: [2, 3, 3]\n  output y = image |> flatten |> dense(3)\n}')
  await opened(files, colours, { data: 'd', note }, () => {})
  assert.match(notes.at(-1)!, /ant.x: it is grey: its values were repeated for red, green and blue \(and 3 other pictures\)$/)
})

s('a class folder may be a symbolic link', () =>
  withFiles({ 'd/a/x.png': picture, 'd/b/x.png': picture, 'elsewhere/x.png': picture }, async (folder) => {
    await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'd/c'))
    const dataset = await openPictures(path.join(folder, 'd'), undefined, three, {
      targets: [{ output: 'logits' }],
      resize: false,
      note: () => {},
    })
    assert.equal(answers(dataset).classes, ['a', 'b', 'c'])
  }))

s('pictures beyond the memory are read again, to the same values, and one that has changed is refused', () =>
  withFiles(files, async (folder) => {
    const data = path.join(folder, 'd')
    const options = { targets: [{ output: 'logits' }], resize: false, note: () => {} }
    const all = await openPictures(data, undefined, three, options)
    // two pictures of six bytes fit
    const some = await openPictures(data, undefined, three, options, 13)
    assert.equal(await some.read([0, 1, 2, 3]), await all.read([0, 1, 2, 3]))
    for (const file of ['ant/x', 'cat/more/2.png']) await writeFile(path.join(data, file), greyPng(1, 1, [0]))
    assert.ok(await some.read([0, 1]), 'these are in memory')
    assert.equal(
      (await problemsOf(() => some.read([3]))).map(({ code, file }) => [code, file]),
      [['data/changed', path.join(data, 'cat/more/2.png')]],
    )
  }))

s('pictures of another size are counted, and the first few are named', async () => {
  const small = Object.fromEntries(
    Array.from({ length: 7 }, (_, n) => [`d/ant/${n}.png`, greyPng(1, n + 1, Array(n + 1).fill(0))]),
  )
  assert.equal(await complaints({ ...files, ...small }, three, { data: 'd' }), [
    'data/size: d: 7 of 11 pictures are not 2x3 as the input image (height x width)',
    ...Array.from({ length: 5 }, (_, n) => `= d/ant/${n}.png is 1x${n + 1}`),
    '= and 2 more',
    '= --resize brings pictures to the size of the model',
  ])
})

s('with symbolic extents all pictures are of the size of the first', async () => {
  const any = graphOf(
    'model Any {\n  input image: [H, W, 1] where H % 2 == 0\n  output y = image |> conv(3, 1x1) |> reduce.mean(axis: [0, 1])\n}',
  )
  await opened(files, any, { data: 'd' }, async ({ read }) =>
    assert.equal((await read([0])).inputs['image']!.shape, [1, 2, 3, 1]),
  )
  assert.equal(
    (await complaints({ ...files, 'd/cat/y.png': greyPng(1, 1, [0]) }, any, { data: 'd' }))[0],
    'data/size: d: 1 of 5 pictures are not 2x3 as d/ant/x (height x width)',
  )
  const odd = Object.fromEntries(['a', 'b', 'c'].map((name) => [`d/${name}/x.png`, greyPng(3, 1, [0, 0, 0])]))
  assert.match((await complaints(odd, any, { data: 'd' })).join(), /^data\/shape: d: .*3/)
  assert.match(
    (await complaints(files, any, { data: 'd', resize: true })).join(),
    'has no fixed size to which pictures could be resized',
  )
})

s('--resize brings pictures to the size of the input', () => {
  const large = Array.from({ length: 20 }, (_, i) => (i * 37) % 256)
  return opened({ ...files, 'd/ant/x': greyPng(4, 5, large) }, three, { data: 'd', resize: true }, async ({ read }) => {
    const wanted = pictureMap(greyPng(4, 5, large), { channels: 1, size: [2, 3] }, 'x')
    assert.equal((await read([0])).inputs['image']!.values, wanted.values)
    assert.equal((await read([1])).inputs['image']!.values, Float32Array.from(values))
  })
})

s('damaged and unreadable pictures are counted, and the first ten are named with their reasons', async () => {
  assert.equal(
    await complaints({ ...files, 'd/ant/cut.png': picture.subarray(0, 40), 'd/bee/text.PNG': 'no picture' }, three, {
      data: 'd',
    }),
    [
      'data/picture: 2 of 6 pictures cannot be read',
      'input/picture: d/ant/cut.png: this is no picture that can be read: its PNG data is cut off',
      'input/picture: d/bee/text.PNG: this is no picture that can be read: it is neither PNG nor JPEG',
    ],
  )
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`d/ant/${n}.png`, 'x']))
  const lines = await complaints({ ...files, ...many }, three, { data: 'd' })
  assert.is(lines.length, 11)
  assert.is(lines[0], 'data/picture: 12 of 16 pictures cannot be read')
})

s('empty folders and classes without pictures are reported, all of them', async () => {
  assert.equal(await complaints({ 'd/x.png': picture }, three, { data: 'd' }), [
    'data/empty: d: there is nothing to learn from: the folder has no subfolders, and the pictures of each class belong into one',
    '= --labels names a folder of masks, one for each picture, or a table (.csv) with a row for each',
  ])
  assert.equal(await complaints({ 'd/a/x.png': picture, 'd/b/.keep': '', 'd/c/x.txt': 'x' }, three, { data: 'd' }), [
    'data/empty: d: there is nothing to learn from: the class b has no PNG or JPEG pictures',
    'data/empty: d: there is nothing to learn from: the class c has no PNG or JPEG pictures',
  ])
})

s('another number of classes than the output tells apart is reported before a picture is read', async () => {
  assert.equal(await complaints({ ...files, 'd/dog/x.png': 'damaged' }, three, { data: 'd' }), [
    'data/classes: d: it has 4 classes, and the output logits tells 3 apart',
    '= the classes are ant, bee, cat, dog',
    '= the rarest is ant, 1 of 5',
  ])
})

s('a model that does not take pictures says what it takes', async () => {
  const pair = graphOf('model Pair {\n  input x: [2]\n  output y = x |> dense(3)\n}')
  assert.equal(await complaints(files, pair, { data: 'd' }), [
    'data/source: d: this cannot be taken for samples: pictures are maps with 1, 3 or 4 channels, and the input x is [2]',
  ])
})

s('a folder that cannot be opened is named', () =>
  withFiles(files, async (folder) => {
    const data = path.join(folder, 'd')
    await symlink(path.join(folder, 'nowhere'), path.join(data, 'zoo'))
    const options = { targets: [{ output: 'logits' }], resize: false, note: () => {} }
    const [found] = await problemsOf(() => openPictures(data, undefined, three, options))
    assert.equal(
      [found!.code, found!.message, found!.file],
      ['data/folder', 'the folder cannot be read: there is no such file or folder', path.join(data, 'zoo')],
    )
  }))

const isRoot = process.getuid?.() === 0 || process.platform === 'win32'
if (isRoot) process.stderr.write('skipped: folders without permission (everything is allowed here)\n')

;(isRoot ? s.skip : s)('a folder without permission is named', () =>
  withFiles(files, async (folder) => {
    await chmod(path.join(folder, 'd/cat'), 0)
    try {
      const [found] = await problemsOf(() =>
        openPictures(path.join(folder, 'd'), undefined, three, { targets: [{ output: 'logits' }], resize: false, note: () => {} }),
      )
      assert.equal([found!.code, found!.message], ['data/folder', 'the folder cannot be read: permission denied'])
    } finally {
      await chmod(path.join(folder, 'd/cat'), 0o755)
    }
  }))

s.run()
