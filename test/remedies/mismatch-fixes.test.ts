import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fixedText as fixed } from '../fixed-text.ts'
import { compileText } from '../compile-text.ts'

const s = suite('fixes where maps do not fit each other')

const notesOn = (text: string): readonly string[] => compileText(text).diagnostics.flatMap(({ notes }) => notes)

const inModel = (...lines: readonly string[]): string =>
  `model M {\n  input x: [32, 32, 3]\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

/** A map of 32x32x8, one of 16x16x8, and an expression in which they meet. */
const meeting = (expr: string): string =>
  inModel('a = x |> conv(8, 3x3, padding: same)', 'b = x |> conv(8, 5x5, stride: 2, padding: same)', `output y = ${expr}`)

const mends = (wrong: string, right: string): void => assert.is(fixed(meeting(wrong)), meeting(right))

s('bring the smaller map to the size of the other wherever it is written', () => {
  mends('fuse.concat(a, b)', 'fuse.concat(a, b |> align(like: a))')
  mends('b |> fuse.concat(a)', 'b |> align(like: a) |> fuse.concat(a)')
  mends('a |> fuse.concat(b, _)', 'a |> fuse.concat(b |> align(like: a), _)')
  mends('fuse.concat(...[a, b])', 'fuse.concat(...[a, b |> align(like: a)])')
  mends('a * b', 'a * (b |> align(like: a))')
  mends('a * (b |> sigmoid)', 'a * (b |> sigmoid |> align(like: a))')
  mends('a * x.channels + b', 'a * x.channels + (b |> align(like: a))')
  mends('fuse.add(if x.channels == 3 then b else a, a)', 'fuse.add((if x.channels == 3 then b else a) |> align(like: a), a)')
})

s('name a map of the size that stands beside one without a name', () =>
  mends('fuse.add(a |> pool.max(2), a |> pool.max(4), b)', 'fuse.add(a |> pool.max(2), a |> pool.max(4) |> align(like: b), b)'))

s('enlarge by a factor where no map of the size has a name', () => {
  mends('fuse.concat(x |> relu, b)', 'fuse.concat(x |> relu, b |> align(like: x))')
  mends('fuse.add(b |> relu, a |> pool.max(4))', 'fuse.add(b |> relu, a |> pool.max(4) |> align(like: b))')
  mends('fuse.add(b |> pool.max(2), a |> pool.max(8))', 'fuse.add(b |> pool.max(2), a |> pool.max(8) |> resize(scale: 2))')
})

s('hold for the arguments of blocks and models too', () => {
  const merged = (call: string): string =>
    `block Merge(low: [H, W, C], high: [H, W, D]) -> [H, W, C + D] {\n  return fuse.concat(low, high)\n}\n${meeting(call)}`
  assert.is(fixed(merged('Merge(a, b)')), merged('Merge(a, b |> align(like: a))'))
  const joined = (call: string): string =>
    `model Joined {\n  input p: [H, W, 8]\n  input q: [H, W, 8]\n  output r = fuse.concat(p, q)\n}\n${meeting(call)}`
  assert.is(fixed(joined('Joined(b, a)')), joined('Joined(b |> align(like: a), a)'))
})

s('give a parameter another value where the outermost caller wrote it, or add it where all left it out', () => {
  const enlarged = (call: string): string => `block Up(x: [h, w, C], fine: [H, W, C], factor: int = 2) -> [H, W, C] {
  return fine + (x |> resize(scale: factor))
}
block Outer(x: [h, w, C], fine: [H, W, C], by: int = 2) -> [H, W, C] {
  return Up(x, fine, factor: by)
}
${inModel('a = x |> conv(8, 3x3, padding: same)', 'b = x |> conv(8, 3x3, stride: 4, padding: same)', `output y = ${call}`)}`
  assert.is(fixed(enlarged('Outer(b, a, 2)')), enlarged('Outer(b, a, 4)'))
  assert.is(fixed(enlarged('Outer(b, a)')), enlarged('Outer(b, a, by: 4)'))
  assert.is(fixed(enlarged('Up(b, a, factor: 2)')), enlarged('Up(b, a, factor: 4)'))
})

s('resize to the other map where no factor gives its size', () => {
  const decoded = (step: string): string => `model M {
  input x: [33, 33, 8]
  skip = x
  deep = x |> pool.max(2)
  output y = fuse.add(skip, deep |> ${step} |> conv(8, 3x3, padding: same))
}
`
  assert.is(fixed(decoded('resize(scale: 2, method: nearest)')), decoded('resize(like: skip, method: nearest)'))
})

s('write the channels by the name that holds them, also in a loop', () => {
  const summed = (sum: string): string =>
    inModel('y = x |> conv(8, 1x1)', 'for width in [8, 16] {', `  y = ${sum}`, '}', 'output z = y')
  assert.is(
    fixed(summed('fuse.add(y, y |> conv(width, 3x3, padding: same))')),
    summed('fuse.add(y |> conv(width, 1x1), y |> conv(width, 3x3, padding: same))'),
  )
})

s('change the 1x1 convolution that is there instead of adding one', () => {
  const summed = (filters: number): string => meeting(`fuse.add(a, x |> conv(${filters}, 1x1))`)
  assert.is(fixed(summed(4)), summed(8))
})

s('concatenate where three maps have three numbers of channels, project where one is another', () => {
  const joined = (call: string, width: number): string =>
    meeting(call).replace(
      '  output',
      `  c = x |> conv(${width}, 3x3, padding: same)\n  d = x |> conv(12, 3x3, padding: same)\n  output`,
    )
  assert.is(fixed(joined('fuse.add(a, c, d)', 4)), joined('fuse.concat(a, c, d)', 4))
  assert.is(fixed(joined('fuse.add(a, c, d)', 8)), joined('fuse.add(a |> conv(12, 1x1), c |> conv(12, 1x1), d)', 8))
})

s('give a weight the extents that its use needs', () => {
  const scaled = (shape: string): string => inModel(`param scale: ${shape} = ones`, 'output y = x * scale')
  assert.is(fixed(scaled('[5]')), scaled('[3]'))
  const convolved = (shape: string): string => inModel(`param kernel: ${shape} = he_normal`, 'output y = conv2d(x, kernel)')
  assert.is(fixed(convolved('[3, 3, 4, 8]')), convolved('[3, 3, 3, 8]'))
  assert.equal(notesOn(convolved('[3, 3, 4, 8]')), [])
})

s('leave alone a list of numbers that somebody chose', () => {
  const weighted = inModel('output y = x |> weight.static([0.5, 1])')
  assert.is(fixed(weighted), weighted)
})

s('say of a symbolic size what is said of a number', () => {
  const branches = (input: string): string =>
    `model M {\n  ${input}\n  output y = fuse.add(x, x |> conv(3, 3x3, stride: 2, padding: same))\n}\n`
  const symbolic = branches('input x: [H, W, 3] where H % 2 == 0, W % 2 == 0')
  for (const text of [symbolic, branches('input x: [64, 64, 3]')]) {
    assert.ok(notesOn(text).includes('one side has a stride, pooling or resizing of 2 that the other has not'))
  }
})

s('bring a gate to what it weighs, which keeps its size', () => {
  const gated = (line: string): string => inModel('psi = x |> conv(8, 2x2, stride: 2) |> conv(3, 1x1) |> sigmoid', line)
  assert.is(fixed(gated('output y = x * psi')), gated('output y = x * (psi |> align(like: x))'))
  assert.is(fixed(gated('output y = fuse.mul(x, psi)')), gated('output y = fuse.mul(x, psi |> align(like: x))'))
  const hard = (line: string): string => inModel('g = x |> pool.avg(2) |> conv(3, 1x1) |> hard_sigmoid', line)
  assert.is(fixed(hard('output y = x * g')), hard('output y = x * (g |> align(like: x))'))
  const large = (line: string): string => `model M {\n  input x: [28, 28, 64]\n  input mask: [56, 56, 1]\n  ${line}\n}\n`
  assert.is(fixed(large('output y = x * mask')), large('output y = x * (mask |> align(like: x))'))
  const single = (line: string): string => inModel('psi = x |> conv(1, 2x2, stride: 2) |> sigmoid', line)
  assert.is(fixed(single('output y = x |> fuse.mul(psi) |> relu')), single('output y = x * (psi |> align(like: x)) |> relu'))
})

s('crop the skip of a network without padding, and pad where the others do', () => {
  const unet = (padding: string, skip: string, lower: string): string =>
    inModel(
      `a = x |> conv(64, 3x3${padding}) |> conv(64, 3x3${padding})`,
      `b = a |> pool.max(2) |> conv(128, 3x3${lower}) |> conv(128, 3x3${lower})`,
      'u = b |> conv.transpose(64, 2x2, stride: 2)',
      `output y = fuse.concat(a${skip}, u)`,
    )
  assert.is(fixed(unet('', '', '')), unet('', ' |> crop(like: u)', ''))
  assert.is(fixed(unet(', padding: same', '', '')), unet(', padding: same', '', ', padding: same'))
  const titles = compileText(unet('', '', '')).diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title))
  assert.not.ok(titles.some((title) => title.includes('kernel')), titles.join())
})

s('leave the shape of an input for the last, and give a vector a layer', () => {
  const added = (line: string): string => `model M {\n  input x: [28, 28, 32]\n  input emb: [128]\n${line}}\n`
  const { diagnostics } = compileText(added('  output y = x + emb\n'))
  assert.equal(diagnostics[0]!.fixes.map(({ title }) => title), ['write emb |> dense(32)', 'write 32 instead of 128'])
})

s('name the extent of a block in its weights', () => {
  const scaled = (length: string): string =>
    `block Scaled(x: [H, W, C], width: int) -> [H, W, width] {\n  param gamma: [${length}] = 1\n  return gamma * conv(x, width, 1x1)\n}\n${inModel('output y = Scaled(x, 8)')}`
  assert.is(fixed(scaled('C')), scaled('width'))
  assert.is(fixed(scaled('4 * C')), scaled('width'))
})

s('write the units of a dense layer for the channels of a block, computed or not', () => {
  const timed = (units: string): string =>
    `block Timed(x: [H, W, C], t: [T]) -> like x {\n  return conv(x, C, 1x1) + dense(t, ${units})\n}\nmodel M {\n  input x: [28, 28, 64]\n  input t: [128]\n  output y = Timed(x, t)\n}\n`
  assert.is(fixed(timed('2 * C')), timed('C'))
})

s.run()
