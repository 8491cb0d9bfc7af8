import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findingsOf, mended, placesOf } from './finding.ts'

const s = suite('rules on the order of axes')

const model = (body: string, input: string, before = ''): string => `${before}model M {\n  input x: ${input}\n${body}\n}\n`

const block = (parameter: string, body = 'return x |> conv(4) |> relu'): string =>
  `block B(x: ${parameter}) -> tensor {\n  ${body}\n}\nmodel M {\n  input x: [32, 32, 3]\n  output y = B(x)\n}\n`

s('channels-first: an input that a convolution reads, and the fix writes its channels last', () => {
  const text = model('  output y = x |> norm.batch |> conv(8, 3x3, padding: same)', '[3, 224, 224]')
  assert.equal(placesOf('lint/channels-first', text), ['[3, 224, 224]'])
  const [finding] = findingsOf('lint/channels-first', text)
  assert.is(finding!.message, 'input x is [3, 224, 224], and conv reads it as 3 rows of 224 channels')
  assert.equal(finding!.notes, ['maps are [height, width, channels]: is x meant to be [224, 224, 3]?'])
  assert.is(mended('lint/channels-first', text), text.replace('[3, 224, 224]', '[224, 224, 3]'))
  assert.equal(placesOf('lint/channels-first', model('  output y = x |> conv(8, [1, 3]) |> relu |> conv(8, 3x3, padding: same)', '[4, 32, 48]')), [])
})

s('channels-first: a block that calls the axes of a map so, and hands it to an op of maps', () => {
  assert.equal(placesOf('lint/channels-first', block('[C, H, W]')), ['[C, H, W]'])
  assert.is(mended('lint/channels-first', block('[C, H, W]')), block('[H, W, C]'))
  assert.equal(placesOf('lint/channels-first', block('[C, H, W]', 'return pool.max(x)')), ['[C, H, W]'])
})

s('channels-first: an input whose channels are brought to the front before a convolution', () => {
  const text = model('  output y = x |> transpose([2, 0, 1]) |> conv(8, 3x3, padding: same)', '[32, 32, 3]')
  const [finding] = findingsOf('lint/channels-first', text)
  assert.is(finding!.message, 'the map behind transpose([2, 0, 1]) is [3, 32, 32], and conv reads it as 3 rows of 32 channels')
  assert.is(mended('lint/channels-first', text), text.replace(' |> transpose([2, 0, 1])', ''))
})

const rightAsItIs: Readonly<Record<string, string>> = {
  'channels last': model('  output y = x |> conv(8)', '[224, 224, 3]'),
  'few rows of many channels': model('  output y = x |> conv(8, 3x3, padding: same)', '[3, 20, 128]'),
  'small maps': model('  output y = x |> conv(8, 3x3, padding: same)', '[3, 8, 8]'),
  'a sequence as a map of one row': model('  output y = x |> conv(8, [1, 3])', '[1, 64, 64]'),
  'a map that is turned on purpose': model('  output y = x |> transpose([1, 2, 0]) |> conv(8)', '[3, 64, 64]'),
  'channels at the front that no convolution reads': model('  output y = x |> transpose([2, 0, 1]) |> flatten |> dense(4)', '[32, 32, 3]'),
  'channels at the front of a map of features': model('  output y = x |> transpose([2, 0, 1]) |> conv(8, 3x3, padding: same)', '[32, 32, 16]'),
  'no convolution': model('  output y = x |> flatten |> dense(4)', '[3, 64, 64]'),
  'a block of maps': block('[H, W, C]'),
  'a block with names of its own': block('[A, H, W]'),
  'a block that turns them': block('[C, H, W]', 'return x |> transpose([1, 2, 0]) |> conv(4)'),
  'a block that binds the name anew': block('[C, H, W]', 'x = x |> transpose([1, 2, 0])\n  return conv(x, 4)'),
}

for (const [what, text] of Object.entries(rightAsItIs)) {
  s(`channels-first: silent on ${what}`, () => assert.equal(placesOf('lint/channels-first', text), []))
}

s('scrambled-channels: channels that reshape brings to the front, and the fix transposes first', () => {
  const piped = model('  rows = x |> reshape([16, 64])\n  output y = matmul(rows, rows, transpose_b: true)', '[8, 8, 16]')
  assert.equal(placesOf('lint/scrambled-channels', piped), ['reshape([16, 64])'])
  assert.is(mended('lint/scrambled-channels', piped), piped.replace('reshape', 'transpose([2, 0, 1]) |> reshape'))
  const called = model('  output y = reshape(x, [x.channels, x.height, x.width])', '[H, W, 5]')
  assert.equal(placesOf('lint/scrambled-channels', called), ['reshape(x, [x.channels, x.height, x.width])'])
  assert.is(mended('lint/scrambled-channels', called), called.replace('reshape(x,', 'reshape(x |> transpose([2, 0, 1]),'))
})

const keepsChannels: Readonly<Record<string, string>> = {
  'places that are joined': model('  output y = x |> reshape([64, 16])', '[8, 8, 16]'),
  'a transpose first': model('  output y = x |> transpose([2, 0, 1]) |> reshape([16, 64])', '[8, 8, 16]'),
  'rows that are joined, of as many as there are channels': model('  output y = x |> reshape([8, 64])', '[8, 8, 8]'),
  'groups of channels': model('  output y = x |> reshape([8, 8, 4, 4])', '[8, 8, 16]'),
  'one channel': model('  output y = x |> reshape([1, 8, 8])', '[8, 8, 1]'),
  'a vector of one place': model('  output y = x |> reshape([16, 1])', '[1, 1, 16]'),
  'what is reshaped again': model('  output y = x |> reshape([16, 64]) |> flatten', '[8, 8, 16]'),
}

for (const [what, text] of Object.entries(keepsChannels)) {
  s(`scrambled-channels: silent on ${what}`, () => assert.equal(placesOf('lint/scrambled-channels', text), []))
}

s('scrambled-places: a map whose axes were moved and which gets its shape back, and the fix moves them back', () => {
  const text = model('  output y = x |> transpose([2, 0, 1]) |> reshape([16, 16, 32])', '[16, 16, 32]')
  const [finding] = findingsOf('lint/scrambled-places', text)
  assert.is(
    finding!.message,
    'reshape from [32, 16, 16] to [16, 16, 32] scrambles the places of a map: the elements stay in the order that transpose gave them',
  )
  assert.is(mended('lint/scrambled-places', text), text.replace('reshape([16, 16, 32])', 'transpose([1, 2, 0])'))
  const turned = model('  output y = x |> transpose([1, 0, 2]) |> reshape([x.height, x.width, 5])', '[H, W, 5]')
  assert.equal(placesOf('lint/scrambled-places', turned), ['reshape([x.height, x.width, 5])'])
})

s('scrambled-places: blocks of places that reshape alone is to make, or to spread, and the fix moves their axes', () => {
  const joined = model('  output y = x |> reshape([8, 8, 128]) |> relu |> conv(16, 3x3)', '[16, 16, 32]')
  const [finding] = findingsOf('lint/scrambled-places', joined)
  assert.is(finding!.message, 'reshape from [16, 16, 32] to [8, 8, 128] scrambles the places of a map: 4 places in a row become one')
  const steps = (lengths: string): string => `reshape([${lengths}]) |> transpose([0, 2, 1, 3, 4])`
  assert.is(mended('lint/scrambled-places', joined), joined.replace('reshape', `${steps('8, 2, 8, 2, 32')} |> reshape`))
  const spread = model('  h = x |> conv(36, 3x3, padding: same)\n  output y = reshape(h, [30, 24, 4]) |> pool.max(2)', '[10, 8, 3]')
  assert.is(mended('lint/scrambled-places', spread), spread.replace('reshape(h', `reshape(h |> ${steps('10, 8, 3, 3, 4')}`))
})

const keepsPlaces: Readonly<Record<string, string>> = {
  'axes that are moved back': model('  output y = x |> transpose([2, 0, 1]) |> relu |> transpose([1, 2, 0])', '[16, 16, 32]'),
  'a square map that is turned': model('  output y = x |> transpose([1, 0, 2]) |> reshape([16, 16, 32])', '[16, 16, 32]'),
  'one row that is moved': model('  output y = x |> transpose([1, 0, 2]) |> reshape([1, 16, 32])', '[1, 16, 32]'),
  'blocks whose axes are moved': model(
    '  output y = x |> reshape([8, 2, 8, 2, 32]) |> transpose([0, 2, 1, 3, 4]) |> reshape([8, 8, 128]) |> conv(8, 3x3)',
    '[16, 16, 32]',
  ),
  'columns alone': model('  output y = x |> reshape([16, 8, 64]) |> conv(8, 3x3)', '[16, 16, 32]'),
  'no windows behind it': model('  output y = x |> reshape([8, 8, 128]) |> conv(8, 1x1)', '[16, 16, 32]'),
  'the map that a dense layer makes': model('  output y = x |> dense(2048) |> reshape([4, 4, 128]) |> reshape([8, 8, 32]) |> conv(8, 3x3)', '[16]'),
  'all places in one': model('  output y = x |> reshape([1, 1, 512]) |> conv(8, 1x1)', '[4, 4, 32]'),
}

for (const [what, text] of Object.entries(keepsPlaces)) {
  s(`scrambled-places: silent on ${what}`, () => assert.equal(placesOf('lint/scrambled-places', text), []))
}

s.run()
