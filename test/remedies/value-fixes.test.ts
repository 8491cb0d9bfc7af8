import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fixedText as fixed } from '../fixed-text.ts'
import { compileText } from '../compile-text.ts'

const s = suite('fixes of values')

const inModel = (...lines: readonly string[]): string =>
  `model M {\n  input image: [32, 32, 8]\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

/** What becomes of the last line of a model. */
const mended = (line: string): string => /\n {2}([^\n]*)\n}\n$/.exec(fixed(inModel(line)))![1]!

s('round a quotient of names down, in a block once for all its calls', () => {
  const text = `block Half(x: [H, W, C]) -> [_, _, _] {\n  return x |> conv(C / 3, 1x1)\n}\n${inModel('a = Half(image)', 'output y = a + Half(image)')}`
  const { diagnostics } = compileText(text)
  assert.equal(
    diagnostics.map(({ fixes }) => fixes.map(({ title }) => title)),
    [['write floor(C / 3), which is 2', 'write ceil(C / 3), which is 3']],
  )
})

s('leave a quotient that is written out in numbers, and a float that no rounding is known for', () => {
  for (const line of ['output y = image |> conv(8, 5 / 2)', 'output y = image |> conv(image.channels * 0.7, 3x3)'])
    assert.is(mended(line), line)
})

s('make an int of a float that is a whole number', () => {
  assert.is(mended('output y = image |> conv(16.0, 3x3)'), 'output y = image |> conv(16, 3x3)')
  assert.is(
    mended('output y = image |> conv(image.channels * 0.5, 3x3)'),
    'output y = image |> conv(round(image.channels * 0.5), 3x3)',
  )
})

s('take numbers and sizes out of quotes', () => {
  assert.is(mended('output y = image |> conv("16", "3x3")'), 'output y = image |> conv(16, 3x3)')
  assert.is(mended('output y = image * "2"'), 'output y = image * 2')
})

s('take the brackets off a list where its number is wanted', () => {
  assert.is(mended('output y = image |> conv([16], 3x3)'), 'output y = image |> conv(16, 3x3)')
  assert.is(mended('output y = image |> gather.channels([[0, 2]])'), 'output y = image |> gather.channels([0, 2])')
  assert.is(mended('output y = image |> conv([16, 32], 3x3)'), 'output y = image |> conv([16, 32], 3x3)')
})

s('join lists that were added', () => {
  const text = `const FIRST = [16]\nconst WIDTHS = FIRST + [32, 64] + [128, 256]\n${inModel('output y = image |> conv(WIDTHS[4], 3x3)')}`
  assert.is(fixed(text), text.replace('FIRST + [32, 64] + [128, 256]', '[...FIRST, 32, 64, 128, 256]'))
})

s('compare a number that stands as a condition with 0', () => {
  assert.is(
    mended('output y = if image.channels then relu(image) else image'),
    'output y = if image.channels != 0 then relu(image) else image',
  )
  assert.is(
    mended('output y = if [1, 2][1] then relu(image) else image'),
    'output y = if [1, 2][1] != 0 then relu(image) else image',
  )
})

s('take a channel by its index, and channels by a range of all axes', () => {
  assert.is(mended('output y = image[3] |> relu'), 'output y = gather.channels(image, [3]) |> relu')
  assert.is(mended('output y = image[8] |> relu'), 'output y = image[8] |> relu')
  assert.is(mended('output y = image[2:] |> relu'), 'output y = image[:, :, 2:] |> relu')
})

s('freeze a weight by not training it', () => {
  const block = (option: string): string =>
    `block Gate(x: [H, W, C]) -> like x {\n  param gate: [C] = ones, ${option}\n  return x * gate\n}\n${inModel('output y = Gate(image)')}`
  assert.is(fixed(block('frozen: true')), block('trainable: false'))
  assert.is(fixed(block('frozen: false')), block('trainable: true'))
})

s('say one thing of a list of which two elements are wrong', () => {
  const text = inModel('output y = image |> resize(to: [image.height / 3, image.width / 3])')
  assert.equal(compileText(text).diagnostics.length, 1)
  assert.is(
    fixed(text),
    text.replace('image.height / 3', 'floor(image.height / 3)').replace('image.width / 3', 'floor(image.width / 3)'),
  )
})

s('list the words with the article that theirs needs', () => {
  const [note] = compileText(inModel('output y = image |> conv(4, 1x1, init: unknown_word)')).diagnostics.flatMap(({ notes }) => notes)
  assert.match(note!, /^an initialiser is zeros, ones, /)
})

s.run()
