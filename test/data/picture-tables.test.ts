import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphOf } from '../compile-text.ts'
import { array, complaints, greyPng, opened, three, type Opening } from './samples.ts'

const s = suite('tables of pictures')

const box = graphOf('model Box {\n  input image: [2, 3, 1]\n  output place = image |> flatten |> dense(4)\n  output kind = image |> flatten |> dense(2)\n}')
const siamese = graphOf('model Pair {\n  input left: [2, 3, 1]\n  input right: [2, 3, 1]\n  output same = fuse.add(left, right) |> flatten |> dense(1)\n}')
const shade = (value: number): Uint8Array => greyPng(2, 3, Array(6).fill(value))
const filled = (value: number): readonly number[] => Array(6).fill(Math.fround(value / 255))

const pictures = { 'd/p/a.png': shade(1), 'd/p/b.PNG': shade(2), 'd/p/c.png': shade(3) }

interface Read {
  readonly images: readonly number[]
  readonly targets: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

async function read(text: string, graph = three, more: Partial<Opening> = {}): Promise<Read> {
  const notes: string[] = []
  let found: Read | undefined
  await opened({ ...pictures, 'd/t.csv': text }, graph, { data: 'd/t.csv', note: (said) => notes.push(said.replace(/^.*?t\.csv/, 't.csv')), ...more }, async (dataset) => {
    const { inputs, targets } = await dataset.read([...Array(dataset.size).keys()])
    const values = Object.values(inputs)[0]!.values
    found = { images: Array.from({ length: dataset.size }, (_, i) => Math.round(values[6 * i]! * 255)), targets, notes }
  })
  return found!
}

const reported = (text: string, graph = three, more: Partial<Opening> = {}, files: Readonly<Record<string, Uint8Array | string>> = pictures) => complaints({ ...files, 'd/t.csv': text }, graph, { data: 'd/t.csv', ...more })

s('a column of files, seen from the table, and a column of names of classes', () =>
  opened({ ...pictures, 'd/t.csv': 'picture,label\np/b.PNG,wren\np/a.png,ant\np/c.png,bee\n' }, three, { data: 'd/t.csv' }, async (dataset) => {
    assert.equal([dataset.size, dataset.pictureSize, dataset.targets['logits']!.classes], [3, [2, 3], ['ant', 'bee', 'wren']])
    assert.equal(await dataset.read([0, 2]), { inputs: { image: array([2, 2, 3, 1], [...filled(2), ...filled(3)]) }, targets: { logits: array([2], [2, 1]) } })
  }))

s('the column of files is told by what is in it, the answers by name, or where nothing else is left; both are said, and what is not used', async () => {
  const { images, targets, notes } = await read('photo,species\np/a.png,2\np/c.png,0\n')
  assert.equal([images, targets], [[1, 3], { logits: array([2], [2, 0]) }])
  assert.equal(notes, [
    't.csv: the column photo has the pictures for image',
    't.csv: no column is called label, so the last one, species, is taken for it',
    't.csv: reading the pictures of 2 rows',
  ])
  const named = await read('id,photo,logits,where\n1,p/a.png,2,lake\n2,p/c.png,0,shore\n')
  assert.equal([named.targets, named.notes[1]], [{ logits: array([2], [2, 0]) }, 't.csv: nothing is taken from id, where'])
  assert.match((await reported('photo,where,species\np/a.png,lake,2\n')).join(), 'there are photo, where, species, and --target logits:COLUMN names one')
  assert.equal((await read('label;image\n1;p/a.png\n2;p/b.PNG\n')).targets, { logits: array([2], [1, 2]) })
})

s('several columns are several values: asked for, called as the output, or as many as it has', async () => {
  const values = { place: array([2, 4], [1, 2, 3, 4, 5, 6, 7, 8.5]) }
  const place = { targets: [{ output: 'place' }] }
  assert.equal((await read('file,place_x,place_y,place_w,place_h\np/a.png,1,2,3,4\np/b.PNG,5,6,7,8.5\n', box, place)).targets, values)
  assert.equal((await read('file,x,y,w,h\np/a.png,1,2,3,4\np/b.PNG,5,6,7,8.5\n', box, place)).targets, values)
  const asked = { targets: [{ output: 'place', from: 'x, y, w, h' }, { output: 'kind', from: 'what' }] }
  const both = await read('file,what,h,w,y,x\np/a.png,cat,4,3,2,1\np/b.PNG,dog,8.5,7,6,5\n', box, asked)
  assert.equal(both.targets, { ...values, kind: array([2], [0, 1]) })
})

s('what may be values or a label is refused with both ways to say it', async () => {
  const text = 'file,x,y,w,h\np/a.png,1,2,3,3\np/b.PNG,5,6,7,0\n'
  assert.equal(await reported(text, box, { targets: [{ output: 'place' }] }), [
    'data/csv: d/t.csv: this is no table of samples: x,y,w,h may be the values of place, and h its label: say which with --target place:x,y,w,h or --target place:h',
  ])
  const label = await read(text, box, { targets: [{ output: 'place', from: 'h' }] })
  assert.equal(label.targets, { place: array([2], [3, 0]) })
  const values = await read(text, box, { targets: [{ output: 'place', kind: 'values' }] })
  assert.equal(values.targets, { place: array([2, 4], [1, 2, 3, 3, 5, 6, 7, 0]) })
})

s('each input has the column of its name, and a picture that is named again is read as often', () =>
  opened({ ...pictures, 'd/t.csv': 'left,right,label\np/a.png,p/b.PNG,0\np/b.PNG,p/a.png,1\np/a.png,p/c.png,1\n' }, siamese, { data: 'd/t.csv' }, async (dataset) => {
    const { inputs, targets } = await dataset.read([0, 1, 2])
    const values = (name: string): readonly number[] => [0, 6, 12].map((at) => Math.round(inputs[name]!.values[at]! * 255))
    assert.equal([values('left'), values('right')], [[1, 2, 1], [2, 1, 3]])
    assert.equal(targets, { same: array([3, 1], [0, 1, 1]) })
  }))

s('the pictures may be in a folder and the table elsewhere', () =>
  opened({ ...pictures, 'labels.csv': 'file,label\nc.png,2\na.png,0\n' }, three, { data: 'd/p', labels: 'labels.csv' }, async (dataset) => {
    const { inputs, targets } = await dataset.read([0, 1])
    assert.equal([Math.round(inputs['image']!.values[0]! * 255), targets], [3, { logits: array([2], [2, 0]) }])
  }))

s('a table about a folder may leave out the endings of its files, and labels that are called as they are stay labels', async () => {
  const counted = Object.fromEntries([0, 1, 2, 3].map((n) => [`p/${n}.png`, shade(10 + n)]))
  await opened({ ...counted, 'labels.csv': 'id,breed\n3,1\n0,1\n2,0\n' }, three, { data: 'p', labels: 'labels.csv' }, async (dataset) => {
    const { inputs, targets } = await dataset.read([0, 1, 2])
    assert.equal([[0, 6, 12].map((at) => Math.round(inputs['image']!.values[at]! * 255)), targets], [[13, 10, 12], { logits: array([3], [1, 1, 0]) }])
  })
  const said = await complaints({ ...counted, 'labels.csv': 'id,breed\n3,1\n7,1\n2,1\n' }, three, { data: 'p', labels: 'labels.csv' })
  assert.equal(said.slice(1), ['= line 3: p/7: the file cannot be read: there is no such file or folder', '= the files are seen from p; --data labels.csv sees them from the folder of the table'])
})

s('pictures of a folder that its table has no row for are counted', async () => {
  const notes: string[] = []
  await opened({ ...pictures, 'l.csv': 'file,label\nb.PNG,1\n' }, three, { data: 'd/p', labels: 'l.csv', note: (said) => notes.push(said) }, () => {})
  assert.match(notes.join(), /l\.csv: 2 of the 3 pictures in .*p have no row and are left out, such as a\.png/)
})

s('numbers with decimal commas are values that are written wrong', async () => {
  const said = await reported('file;x;y;w;h\np/a.png;0,5;0,25;1,5;9\n', box, { targets: [{ output: 'place' }] })
  assert.equal(said.slice(1), ['= line 2: x is "0,5", which is no number: numbers are written as 1234.5'])
})

s('columns that are left over are proposed to the output of as many values', async () => {
  const { notes } = await read('file,label,x,y,w,h\np/a.png,1,5,6,7,9\n', box, { targets: [{ output: 'place' }, { output: 'kind' }] })
  assert.ok(notes.includes('t.csv: nothing is taken from x, y, w, h (as values: --target place:x,y,w,h)'))
})

s('folders may stand before backslashes', async () => {
  assert.equal((await read('file,label\np\\c.png,0\n')).images, [3])
})

s('pictures may be their own targets', () => {
  const auto = graphOf('model Auto {\n  input image: [2, 3, 1]\n  output decoded = image |> conv(1, 1x1)\n}')
  return opened({ ...pictures, 'd/t.csv': 'file\np/a.png\np/c.png\n' }, auto, { data: 'd/t.csv', targets: [{ output: 'decoded', from: 'image' }] }, async ({ read: take }) => {
    assert.equal((await take([1])).targets, { decoded: array([1, 2, 3, 1], filled(3)) })
  })
})

s('missing and damaged pictures, empty fields, rows of another length and pictures named again are said by their lines', async () => {
  const files = { ...pictures, 'd/p/cut.png': shade(1).subarray(0, 30), 'd/p/x.png': 'no picture' }
  const rows = ['file,label', 'p/a.png,0', 'p/none.png,1', 'p/cut.png,1', ',2', 'p/b.PNG,', 'p/c.png,1,2', 'p/a.png,1', 'p/x.png,1']
  assert.equal(await reported(rows.join('\n'), three, {}, files), [
    'data/csv: d/t.csv: this is no table of samples: 7 of its 8 rows do not fit',
    '= line 3: d/p/none.png: the file cannot be read: there is no such file or folder',
    '= line 4: d/p/cut.png: this is no picture that can be read: its PNG data is cut off',
    '= line 5: file is empty',
    '= line 6: label is empty',
    '= line 7: it has 3 fields, and there are 2 columns',
    '= and 2 more',
    '= the files are seen from d',
  ])
  assert.equal((await reported('file,label\np/a.png,0\np/b.PNG,0\np/a.png,0\n')).slice(1), ['= line 4: p/a.png is in line 2 already'])
  assert.equal((await reported('file,label\np/x.png,0\n', three, {}, files)).slice(1), ['= line 2: d/p/x.png: this is no picture that can be read: it is neither PNG nor JPEG'])
})

s('pictures of kinds that are not read are named as such', async () => {
  assert.equal(await reported('photo,label\np/a.webp,0\np/b.tif,1\n', three, {}, { 'd/p/a.webp': shade(1).subarray(1), 'd/p/b.tif': shade(1).subarray(1) }), [
    'data/csv: d/t.csv: this is no table of samples: 2 of its 2 rows do not fit',
    '= line 2: d/p/a.webp: it is neither PNG nor JPEG',
    '= line 3: d/p/b.tif: it is neither PNG nor JPEG',
  ])
})

s('pictures of another size are named, and --resize brings them to that of the input', async () => {
  const files = { ...pictures, 'd/p/large.png': greyPng(4, 6, Array(24).fill(9)) }
  const text = 'file,label\np/a.png,0\np/large.png,1\n'
  assert.equal(await reported(text, three, {}, files), ['data/size: d/t.csv: 1 of 2 pictures are not 2x3 as the input image (height x width)', '= d/p/large.png is 4x6', '= --resize brings pictures to the size of the model'])
  await opened({ ...files, 'd/t.csv': text }, three, { data: 'd/t.csv', resize: true }, async ({ read: take }) => {
    assert.equal((await take([1])).inputs['image'], array([1, 2, 3, 1], filled(9)))
  })
})

s('columns that are missing, doubled or not clear are said with those that are there', async () => {
  const wrong = (reason: string): readonly string[] => [`data/csv: d/t.csv: this is no table of samples: ${reason}`]
  assert.equal(await reported('file,label\np/a.png,0\n', three, { targets: [{ output: 'logits', from: 'lable' }] }), wrong('no column is called lable (did you mean label?), which logits is to be learned from: there are file, label'))
  assert.equal(await reported('file,label,label\np/a.png,0,0\n'), wrong('two columns are called label'))
  assert.equal(await reported('left,label\np/a.png,0\n', siamese), wrong('no column is called right, as the input whose pictures it names: there are left, label'))
  assert.equal(await reported('one,two,label\np/a.png,p/b.PNG,0\n'), wrong('one and two have names of pictures: call the one that is for the input image'))
  assert.equal(await reported('file\np/a.png\n'), wrong('no column is called logits or label, to say what logits should be: there are file, and --target logits:COLUMN names one of labels, --target logits:COLUMN,... the 3 of its values'))
  assert.equal(await reported('file,x\np/a.png,1\n', box, { targets: [{ output: 'place' }, { output: 'kind' }] }), [
    ...wrong('no column is called place or label, to say what place should be: there are file, x, and --target place:COLUMN names one of labels, --target place:COLUMN,... the 4 of its values'),
    ...wrong('no column is called kind or label, to say what kind should be: there are file, x, and --target kind:COLUMN names one of labels, --target kind:COLUMN,... the 2 of its values'),
  ])
})

s('labels that no class has are named by their line, values that are no numbers by their line', async () => {
  assert.equal(await reported('file,label\np/a.png,0\np/b.PNG,3\n'), ['data/label: d/t.csv: 1 of 2 labels are outside 0 to 2, the classes of the output logits', '= line 3: label is 3'])
  assert.match((await reported('file,x,y,w,h\np/a.png,1,2,x,4\n', box, { targets: [{ output: 'place', from: 'x,y,w,h' }] })).join(), 'line 2: w is "x", which is no number')
  assert.equal(await reported('file,label\np/a.png,ant\n', three, { targets: [{ output: 'logits', classes: ['bee', 'cat', 'dog'] }] }), ['data/other-classes: d/t.csv: there are samples of ant, and the classes are bee, cat, dog', '= line 2: label is "ant"'])
})

s('a table of numbers is none of pictures, whatever its columns are called', () =>
  opened({ 't.csv': 'path,b,c,d,e,f,label\n1,2,3,4,5,6,1\n' }, three, { data: 't.csv' }, async ({ read: take }) => {
    assert.equal((await take([0])).inputs['image'], array([1, 2, 3, 1], [1, 2, 3, 4, 5, 6]))
  }))

s('a table is one of pictures only for inputs that are maps', async () => {
  const pair = graphOf('model Pair {\n  input path: [1]\n  output y = path |> dense(2)\n}')
  assert.equal(await complaints({ 't.csv': 'path,label\nnorth,1\nsouth,0\n' }, pair, { data: 't.csv' }), [
    'data/csv: t.csv: this is no table of samples: 2 of its 2 rows do not fit',
    '= line 2: path is "north", which is no number',
    '= line 3: path is "south", which is no number',
  ])
  assert.match((await complaints({ 't.csv': 'path,label\nn.png,1\n' }, pair, { data: 't.csv' })).join(), 'pictures are maps with 1, 3 or 4 channels, and the input path is [1]')
})

s('the digest is of pictures, their order and what they should be', async () => {
  const digestOf = async (text: string, graph = three, files: Readonly<Record<string, Uint8Array>> = pictures): Promise<string> => {
    let digest = ''
    await opened({ ...files, 'd/t.csv': text }, graph, { data: 'd/t.csv' }, (dataset) => void (digest = dataset.digest))
    return digest
  }
  const text = 'file,label\np/a.png,0\np/b.PNG,1\n'
  const digest = await digestOf(text)
  assert.is(await digestOf(`other,file,label\n7,p/a.png,0\n8,p/b.PNG,1\n`), digest)
  for (const other of ['file,label\np/a.png,0\np/b.PNG,2\n', 'file,label\np/b.PNG,1\np/a.png,0\n']) assert.is.not(await digestOf(other), digest)
  assert.is.not(await digestOf(text, three, { ...pictures, 'd/p/a.png': shade(9) }), digest)
  const pairs = (rows: string): Promise<string> => digestOf(`left,right,label\n${rows}\n`, siamese)
  assert.is.not(await pairs('p/a.png,p/b.PNG,0\np/b.PNG,p/a.png,0'), await pairs('p/a.png,p/a.png,0\np/b.PNG,p/b.PNG,0'))
})

s('a picture is the same however its path is written', async () => {
  assert.equal((await reported('file,label\np/a.png,0\n./p/a.png,1\np//b.PNG,0\n')).slice(1), ['= line 3: ./p/a.png is in line 2 already'])
})

s('names without endings are those of the files where they are clear, numbers too', async () => {
  assert.equal((await read('picture,label\np/c,2\np/a,0\n')).images, [3, 1])
  await opened({ 'd/0.png': shade(7), 'd/1.png': shade(8), 'd/t.csv': 'picture,kind\n1,2\n0,1\n' }, three, { data: 'd/t.csv' }, async (dataset) => {
    const { inputs, targets } = await dataset.read([0, 1])
    assert.equal([inputs['image']!.values[0], inputs['image']!.values[6], targets], [Math.fround(8 / 255), Math.fround(7 / 255), { logits: array([2], [2, 1]) }])
  })
})

s('a table whose first line is a picture lacks the names of its columns', async () => {
  assert.equal(await reported('p/a.png,0\np/b.PNG,1\n'), ['data/csv: d/t.csv: this is no table of samples: its first line names a picture, and it must name the columns', '= such as file,label'])
})

s('one cell that is no number is said where it is', async () => {
  const four = { targets: [{ output: 'place' }] }
  assert.equal(await reported('file,x,y,w,h\np/a.png,1,2,3,4\np/b.PNG,1,2,oops,4\np/c.png,1,2,3,4\n', box, four), [
    'data/csv: d/t.csv: this is no table of samples: 1 of its 3 rows do not fit',
    '= line 3: w is "oops", which is no number',
  ])
})

s('as many columns are named as an output has values', async () => {
  const about = async (from: string) => (await reported('file,a,b\np/a.png,1,0.5\np/b.PNG,2,0.25\n', box, { targets: [{ output: 'place', from }] })).join('\n')
  assert.match(await about('a,b'), 'place takes 4 values, and 2 columns are named')
  assert.match(await about('a,a,b,b'), 'a is named twice for place')
  assert.match(await about('b'), 'as values place takes 4 for a sample, and b has one')
  assert.match((await reported('file,a\np/a.png,0.5\n', box, { targets: [{ output: 'place', from: 'a', kind: 'values' }] })).join(), 'place takes 4 values for a sample, and a has one')
  assert.match((await reported('file,a\np/a.png,1\n', box, { targets: [{ output: 'kind', from: 'a', kind: 'values' }] })).join(), 'labels of classes are learned with --loss categorical_crossentropy')
})

s('pictures and numbers for two inputs belong in arrays', async () => {
  const mixed = graphOf('model Mixed {\n  input image: [2, 3, 1]\n  input size: [2]\n  output y = concatenate(image |> flatten, size, axis: 0) |> dense(3)\n}')
  assert.match((await reported('image,a,b,label\np/a.png,1,2,0\n', mixed)).join(), 'it has pictures, and the input size of Mixed is [2]; a .npz file has an array for each input')
})

s('what does not fit is said of all pictures, of which only some are looked at', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d/${i}.png`, shade(i)]))
  const wide = graphOf('model Wide {\n  input image: [2, 3, 1]\n  output mask = image |> conv(2, 1x1)\n}')
  const rows = Array.from({ length: 40 }, (_, i) => `${i}.png\n`).join('')
  assert.equal(await complaints({ ...many, 'd/t.csv': `file\n${rows}` }, wide, { data: 'd/t.csv', targets: [{ output: 'mask', from: 'image', kind: 'values' }] }), [
    'data/shape: d/t.csv: image must be [40, 2, 3, 2] (values) for the output mask, not [40, 2, 3, 1]',
  ])
})

s('masks that do not fit are said by the lines of the table', async () => {
  const seg = graphOf('model Seg {\n  input image: [2, 3, 1]\n  output mask = image |> conv(3, 1x1)\n}')
  const files = { ...pictures, 'd/m/a.png': greyPng(2, 3, [0, 1, 2, 0, 1, 2]), 'd/m/b.png': greyPng(2, 3, [0, 1, 2, 7, 1, 2]), 'd/m/small.png': greyPng(1, 1, [0]) }
  const about = (last: string) => reported(`file,mask\np/a.png,m/a.png\np/b.PNG,${last}\n`, seg, { targets: [{ output: 'mask' }] }, files)
  assert.equal((await about('m/b.png')).slice(1), ['= line 3: d/m/b.png: 7 in row 1, column 0'])
  assert.equal((await about('m/small.png')).slice(1), ['= line 3: d/m/small.png: it is 1x1, and the output mask is 2x3 (height x width)'])
  assert.equal((await about('m/none.png')).slice(1), ['= line 3: d/m/none.png: the file cannot be read: there is no such file or folder'])
})

s.run()
