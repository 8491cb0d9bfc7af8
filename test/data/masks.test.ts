import { Buffer } from 'node:buffer'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphOf } from '../compile-text.ts'
import { pngOf } from '../runtime/handmade-png.ts'
import { array, complaints, greyPng, opened, three, type Opening } from './samples.ts'

const s = suite('masks')

/** A model that tells three classes apart at each of 2x3 places; two; and one that has a value for each. */
const segment = graphOf('model Segment {\n  input image: [2, 3, 1]\n  output classes = image |> conv(3, 1x1)\n}')
const halves = graphOf('model Halves {\n  input image: [2, 3, 1]\n  output classes = image |> conv(2, 1x1)\n}')
const binary = graphOf('model Binary {\n  input image: [2, 3, 1]\n  output inside = image |> conv(1, 1x1) |> sigmoid\n}')
const colours = graphOf('model Colours {\n  input image: [2, 3, 1]\n  output painted = image |> conv(3, 1x1)\n}')

const picture = greyPng(2, 3, [0, 51, 102, 153, 204, 255])
const files = {
  'pictures/a.png': picture,
  'pictures/more/b.jpeg': encodeJpeg({ width: 3, height: 2, data: Buffer.alloc(24, 200) }, 90).data,
  'masks/a.png': greyPng(2, 3, [0, 1, 2, 2, 1, 0]),
  'masks/more/b.png': greyPng(2, 3, [1, 1, 1, 0, 0, 0]),
}
const beside = { data: 'pictures', labels: 'masks' }

const targetOf = async (more: Readonly<Record<string, Uint8Array | string>>, graph = segment, opening: Partial<Opening> = {}) => {
  const notes: string[] = []
  let found: unknown
  await opened({ ...files, ...more }, graph, { ...beside, note: (text) => notes.push(text), ...opening }, ({ targets }) => {
    const { kind, data } = Object.values(targets)[0]!
    found = { kind, data }
  })
  return { found, notes: notes.map((text) => text.replaceAll(/\S+\/(?=masks|pictures)/g, '')) }
}

const said = (more: Readonly<Record<string, Uint8Array | string>>, graph = segment, opening: Partial<Opening> = {}) => complaints({ ...files, ...more }, graph, { ...beside, ...opening })

const labels = array([2, 2, 3], [0, 1, 2, 2, 1, 0, 1, 1, 1, 0, 0, 0])

s('a mask beside each picture has a class for each place, and is read with it', () =>
  opened(files, segment, beside, async (dataset) => {
    assert.equal([dataset.size, dataset.targets['classes']!.kind, dataset.targets['classes']!.classes], [2, 'labels', undefined])
    assert.equal(dataset.targets['classes']!.data, labels)
    assert.equal((await dataset.read([1])).targets, { classes: array([1, 2, 3], [1, 1, 1, 0, 0, 0]) })
    assert.equal((await dataset.read([0])).inputs['image']!.values[1], Math.fround(51 / 255))
  }))

s('the indices of a palette are classes, and 255 is left as it is where it is ignored', async () => {
  const palette = [...Array(256).keys()].flatMap((i) => [255 - i, (i * 7) % 256, 3])
  const indexed = pngOf({ width: 3, height: 2, colorType: 3, palette, pixels: [0, 0, 1, 255, 0, 2, 2, 255] })
  assert.equal((await targetOf({ 'masks/a.png': indexed }, segment, { targets: [{ output: 'classes', ignored: 255 }] })).found, {
    kind: 'labels',
    data: array([2, 2, 3], [0, 1, 255, 2, 2, 255, 1, 1, 1, 0, 0, 0]),
  })
  assert.equal(await said({ 'masks/a.png': indexed }), [
    'data/mask: pictures: 1 of 2 masks hold others than the numbers of classes, 0 to 2, for the output classes',
    '= masks/a.png: 255 in row 0, column 2',
    '= places without a class are left out with --ignore 255',
  ])
})

s('black and white are 0 and 1, for one value and for two classes, which is said', async () => {
  const [one, other] = [greyPng(2, 3, [0, 255, 255, 0, 0, 0]), greyPng(2, 3, [255, 0, 0, 0, 0, 0])]
  const masks = { 'masks/a.png': one, 'masks/more/b.png': other }
  const bits = [0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]
  assert.equal(await targetOf(masks, binary), {
    found: { kind: 'values', data: array([2, 2, 3, 1], bits) },
    notes: ['pictures: reading 2 files', 'masks: their 0 and 255 are taken for 0 and 1'],
  })
  assert.equal((await targetOf(masks, halves)).found, { kind: 'labels', data: array([2, 2, 3], bits) })
  const stored = pngOf({ width: 3, height: 2, depth: 1, colorType: 0, pixels: [0, 0b011_00000, 0, 0b000_00000] })
  assert.equal((await targetOf({ ...masks, 'masks/a.png': stored, 'masks/more/b.png': stored }, binary)).found, { kind: 'values', data: array([2, 2, 3, 1], [...bits.slice(0, 6), ...bits.slice(0, 6)]) })
  assert.equal((await targetOf({ 'masks/a.png': greyPng(2, 3, [0, 1, 1, 1, 1, 0]) }, binary)).found, { kind: 'values', data: array([2, 2, 3, 1], [0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0]) })
  assert.match((await said(masks)).join(), 'hold others than the numbers of classes, 0 to 2')
})

s('grey values are between 0 and 1 only where values are compared', async () => {
  const soft = { 'masks/a.png': greyPng(2, 3, [0, 51, 255, 0, 0, 0]) }
  assert.equal(await said(soft, binary), [
    'data/mask: pictures: 1 of 2 masks hold others than 0 and 1, or 0 and 255, for the output inside',
    '= masks/a.png: 51 in row 0, column 1',
    '= grey values between 0 and 1 are learned with --loss mse or another that compares values',
  ])
  const { found, notes } = await targetOf(soft, binary, { targets: [{ output: 'inside', kind: 'values' }] })
  const values = [0, 51, 255, 0, 0, 0, 1, 1, 1, 0, 0, 0].map((value) => value / 255)
  assert.equal(found, { kind: 'values', data: array([2, 2, 3, 1], values) })
  assert.is(notes.at(-1), 'masks: their grey values are taken from 0 to 1, divided by 255')
})

s('pictures are what another picture should become where values are compared', async () => {
  const paint = new PNG({ width: 3, height: 2 })
  paint.data = Buffer.from(Array.from({ length: 6 }, (_, i) => [i * 10, 0, 255, 255]).flat())
  const masks = { 'masks/a.png': PNG.sync.write(paint), 'masks/more/b.png': PNG.sync.write(paint) }
  const { found } = await targetOf(masks, colours, { targets: [{ output: 'painted', kind: 'values' }] })
  const values = Array.from({ length: 6 }, (_, i) => [(i * 10) / 255, 0, 1]).flat()
  assert.equal(found, { kind: 'values', data: array([2, 2, 3, 3], [...values, ...values]) })
  // one of them keeps no numbers, so that all are looked at as pictures are
  const grey = await targetOf({ 'masks/a.png': greyPng(2, 3, [0, 1, 9, 9, 9, 51]), 'masks/more/b.png': files['pictures/more/b.jpeg'] }, binary, { targets: [{ output: 'inside', kind: 'values' }] })
  assert.equal(grey.found, { kind: 'values', data: array([2, 2, 3, 1], [0, 1, 9, 9, 9, 51, ...Array(6).fill(200)].map((value) => value / 255)) })
})

s('with --resize a mask is of the size of its picture, and takes the number at the centre of each place', async () => {
  const large = { 'pictures/a.png': greyPng(4, 6, Array(24).fill(0)), 'masks/a.png': greyPng(4, 6, Array.from({ length: 24 }, (_, i) => (Math.floor(i / 6) + i) % 3)) }
  const { found } = await targetOf(large, segment, { resize: true })
  const centres = [1, 3].flatMap((y) => [1, 3, 5].map((x) => (y + y * 6 + x) % 3))
  assert.equal(found, { kind: 'labels', data: array([2, 2, 3], [...centres, 1, 1, 1, 0, 0, 0]) })
  const ready = { ...large, 'masks/a.png': files['masks/a.png'] }
  assert.equal((await targetOf(ready, segment, { resize: true })).found, { kind: 'labels', data: labels })
})

s('masks of another size are named with it, and with the size that is wanted', async () => {
  assert.equal(await said({ 'masks/a.png': greyPng(4, 6, Array(24).fill(0)) }), [
    'data/mask: pictures: 1 of 2 masks cannot be used',
    '= masks/a.png: it is 4x6, and the output classes is 2x3 (height x width)',
  ])
  assert.equal((await said({ 'masks/a.png': greyPng(3, 2, Array(6).fill(0)), 'pictures/a.png': greyPng(4, 6, Array(24).fill(0)) }, segment, { resize: true })).at(-1), '= masks/a.png: it is 3x2, and its picture is 4x6, the output classes 2x3 (height x width)')
  const quarter = graphOf('model Quarter {\n  input image: [2, 4, 1]\n  output classes = image |> conv(3, 2x2, stride: 2)\n}')
  const wide = { 'pictures/a.png': greyPng(2, 4, Array(8).fill(0)), 'pictures/more/b.jpeg': greyPng(2, 4, Array(8).fill(0)), 'masks/a.png': greyPng(2, 4, Array(8).fill(0)), 'masks/more/b.png': greyPng(1, 2, [1, 2]) }
  assert.equal((await said(wide, quarter)).slice(1), ['= masks/a.png: it is 2x4, and the output classes is 1x2 (height x width): --resize brings pictures and masks to the size of the model'])
  assert.equal((await targetOf({ ...wide, 'masks/a.png': greyPng(2, 4, [0, 0, 0, 0, 0, 2, 0, 1]) }, quarter, { resize: true })).found, { kind: 'labels', data: array([2, 1, 2], [2, 1, 1, 2]) })
})

s('pictures without a mask and masks without a picture are named on both sides', async () => {
  assert.equal(await said({ 'pictures/c.png': picture, 'masks/d.png': picture, 'masks/readme.txt': 'x' }), [
    'data/unpaired: pictures: pictures and masks do not belong together: 1 of 3 pictures have no mask in masks, 1 of 3 masks in masks have no picture',
    '= pictures/c.png has no mask',
    '= masks/d.png has no picture',
  ])
  assert.match((await said({ 'pictures/a.jpg': picture })).join(), 'several files are called a but for their endings')
})

s('letters that all masks have behind the names of their pictures are passed over, and said', async () => {
  const named = { 'p/a.png': picture, 'p/a_b.png': picture, 'm/a_mask.png': greyPng(2, 3, [0, 1, 2, 2, 1, 0]), 'm/a_b_mask.png': greyPng(2, 3, [1, 1, 1, 0, 0, 0]) }
  const { found, notes } = await targetOf(named, segment, { data: 'p', labels: 'm' })
  assert.equal(found, { kind: 'labels', data: labels })
  assert.match(notes.at(-1)!, 'm: masks are called as their pictures, with _mask behind')
})

s('masks that hold no numbers, or cannot be read, are named with the reason', async () => {
  const paint = new PNG({ width: 3, height: 2 })
  paint.data = Buffer.from(Array.from({ length: 6 }, (_, i) => [i * 10, 0, 255, 255]).flat())
  assert.equal(await said({ 'masks/a.png': PNG.sync.write(paint), 'masks/more/b.png': 'no picture' }), [
    'data/mask: pictures: 2 of 2 masks cannot be used',
    '= masks/a.png: it has colours, and a mask has the numbers of classes, as grey values or as indices of a palette',
    '= masks/more/b.png: this is no picture that can be read: it is neither PNG nor JPEG',
  ])
})

s('masks are for an output that is a map', async () => {
  assert.equal(await said({}, three), [
    'data/source: pictures: this cannot be taken for samples: masks have a number for each place, and the output logits is [3] for a sample, no map [height, width, classes]',
  ])
})

s('masks that memory has no room for are refused before any is read', async () => {
  const huge = graphOf('model Huge {\n  input image: [2, 3, 1]\n  output classes = image |> conv(3, 1x1) |> resize([33000, 33000])\n}')
  assert.match((await said({ 'masks/a.png': 'no picture' }, huge)).join(), 'its 2 masks of 33000x33000 take 8.1 GiB, and are kept in memory up to 4')
})

s('masks may be named in a table', () =>
  opened({ ...files, 't.csv': 'picture,mask\npictures/a.png,masks/a.png\npictures/more/b.jpeg,masks/more/b.png\n' }, segment, { data: 't.csv', targets: [{ output: 'classes', from: 'mask' }] }, ({ targets }) => {
    assert.equal(targets['classes']!.data, labels)
  }))

s('every output without a source of its own has the masks, each at its size', () => {
  const deep = graphOf('model Deep {\n  input image: [2, 4, 1]\n  output fine = image |> conv(3, 1x1)\n  output coarse = image |> conv(3, 2x2, stride: 2)\n}')
  const wide = { 'p/a.png': greyPng(2, 4, Array(8).fill(0)), 'm/a.png': greyPng(2, 4, [0, 1, 2, 0, 1, 2, 0, 1]) }
  return opened(wide, deep, { data: 'p', labels: 'm', resize: true, targets: [{ output: 'fine' }, { output: 'coarse' }] }, async ({ read }) => {
    assert.equal((await read([0])).targets, { fine: array([1, 2, 4], [0, 1, 2, 0, 1, 2, 0, 1]), coarse: array([1, 1, 2], [2, 1]) })
  })
})

s('a mask that has changed makes another digest', async () => {
  const digestOf = async (more: Readonly<Record<string, Uint8Array>>): Promise<string> => {
    let digest = ''
    await opened({ ...files, ...more }, segment, beside, (dataset) => void (digest = dataset.digest))
    return digest
  }
  assert.is(await digestOf({ 'masks/readme.txt': new Uint8Array(1) }), await digestOf({}))
  assert.is.not(await digestOf({ 'masks/a.png': greyPng(2, 3, [0, 1, 2, 2, 1, 1]) }), await digestOf({}))
})

s('pictures without classes or masks are said to need one of them, and may be their own targets', async () => {
  const flat = { 'flat/a.png': picture, 'flat/more/b.png': picture }
  const auto = graphOf('model Auto {\n  input image: [2, 3, 1]\n  output decoded = image |> conv(1, 1x1)\n}')
  assert.equal(await complaints({ 'flat/a.png': picture }, auto, { data: 'flat' }), [
    'data/empty: flat: there is nothing to learn from: the folder has no subfolders, and the pictures of each class belong into one',
    '= --labels names a folder of masks, one for each picture, or a table (.csv) with a row for each',
    '= --target decoded:image learns the pictures themselves',
  ])
  await opened(flat, auto, { data: 'flat', targets: [{ output: 'decoded', from: 'image' }] }, async ({ size, read }) => {
    const { inputs, targets } = await read([1])
    assert.equal([size, targets['decoded']], [2, inputs['image']])
  })
  assert.match((await said({}, auto, { targets: [{ output: 'decoded', from: 'image' }] })).join(), /--labels \S*masks is for nothing: what decoded should be is the picture itself/)
})

s.run()
