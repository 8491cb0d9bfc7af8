import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { codesOf, compileText } from '../compile-text.ts'
import { anyUsefulProgram } from '../lint/random-program.ts'
import { reachOf } from './reached-statements.ts'
import { anyBlock, callsOf } from './random-block.ts'

const s = suite('blocks are checked where they stand')

const errorsIn = (text: string): string =>
  compileText(text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map((diagnostic) => render(diagnostic, plainStyle))
    .join('\n\n')

const wrong: Readonly<Record<string, readonly [code: string, text: string]>> = {
  'channels that are not as declared': [
    'shape/result',
    'block B(x: [H, W, 3]) -> [H, W, 8] { return x |> conv(16, 3x3, padding: same) }',
  ],
  'a branch that is wider than its shortcut': [
    'shape/result',
    'block B(x: [H, W, C]) -> like x { return x + (x |> conv(2 * C, 1x1)) }',
  ],
  'a vector where a map is wanted': ['shape/rank', 'block B(x: [C]) -> tensor { return x |> conv(8) }'],
  'a rank that is wrong whatever the number of axes': [
    'shape/annotation',
    'block B(x: [...S, C]) -> tensor { y: [C, C, ...S, C] = relu(x)  return y }',
  ],
  'channels that differ by a constant': [
    'shape/channel-mismatch',
    'block B(x: [H, W, C], y: [H, W, C + 2]) -> tensor { param w: [C + 1] = ones  return (x |> conv(C, 1x1)) + y * w }',
  ],
  'a size that is only known by name': [
    'shape/result',
    'block B(x: [H, W, C]) -> [H, W, C] { return x |> pool.max(2) |> resize(to: [H + 1, W]) }',
  ],
  'a slice that is longer than the whole': [
    'shape/slice',
    'block B(x: [N], y: [K]) -> tensor { return slice(x, [1], [N + K]) }',
  ],
  'an argument that nothing takes': [
    'call/unknown-argument',
    'block B(x: [H, W, C], unit: block) -> tensor { return x |> conv(8, kernle: 3) |> unit }',
  ],
  'an argument that is missing behind a block of which nothing is known': [
    'call/missing-argument',
    'block B(x: [H, W, C], unit: block) -> tensor { y = unit(x, padding: same)  return y |> conv }',
  ],
  'too many arguments': ['call/too-many-arguments', 'block B(x: tensor) -> tensor { return relu(x, 1, 2) }'],
  'a number where a block belongs': [
    'type/mismatch',
    'block B(x: [H, W, C]) -> tensor { return x |> conv(8, activation: 3) }',
  ],
  'a condition that is a map': ['type/mismatch', 'block B(x: [H, W, C]) -> tensor { if x > 0 { return x }  return relu(x) }'],
  'groups that do not divide': ['shape/groups', 'block B(x: [H, W, 6]) -> tensor { return x |> conv(8, groups: 3) }'],
  'an element that is not there': [
    'type/index-out-of-range',
    'block B(x: [H, W, C]) -> tensor { widths = [C, 2 * C]  return x |> conv(widths[2]) }',
  ],
  'a map taken apart into what it is not': [
    'type/mismatch',
    'block B(x: [H, W, C]) -> tensor { a, b, c = split(x, 2)  return a }',
  ],
  'two results where one is declared': ['type/result-count', 'block B(x: [H, W, C]) -> [H, W, C] { return x, relu(x) }'],
  'a call of itself with another kind of map': [
    'shape/rank',
    'block B(x: [H, W, C], n: int) -> [H, W, C] { if n < 1 { return x }  y = pool.global(x)  return B(y, n - 1) }',
  ],
  'every one of the maps': [
    'shape/rank',
    'block B(maps: [H, W, C]...) -> tensor { for map in maps { y = map |> dense(3) }  return maps[0] }',
  ],
  'an optional map that is there': [
    'type/unknown-member',
    'block B(x: [H, W, C], skip: [H, W, C]? = none) -> tensor { if skip == none { return x.colour }  return x + skip }',
  ],
  'what is required and never holds': [
    'require/failed',
    'block B(x: [H, W, C], n: int) -> like x { require C % n == 1 and C < 1  return x }',
  ],
  'more elements than there are': [
    'shape/reshape',
    'block B(x: [H, W, C]) -> tensor { return x |> reshape([H * W, 2 * C]) }',
  ],
  'the rows of a matrix': [
    'shape/inner-mismatch',
    'block B(x: [N, K]) -> tensor { param w: [K + 1, 8] = ones  return matmul(x, w) }',
  ],
  'an empty weight': ['shape/empty', 'block B(x: [N]) -> tensor { param w: [N - N] = ones  return x }'],
  'a window larger than the map': ['shape/window-too-large', 'block B(x: [4, 4, C]) -> tensor { return x |> conv(C, 5x5) }'],
  'a division by nothing': ['value/division-by-zero', 'block B(x: [H, W, C], n: int) -> tensor { return x |> conv(n / (C - C)) }'],
  'a model without its width': [
    'shape/annotation',
    'model M(width: int) { input x: [H, W, 3]  output y: [H, W, 2 * width] = x |> conv(width, 1x1) }',
  ],
}

for (const [what, [code, text]] of Object.entries(wrong)) {
  s(`a mistake: ${what}`, () => {
    assert.equal(
      codesOf(text).filter((one) => one !== 'model/unchecked'),
      [code],
      errorsIn(text),
    )
  })
}

const right: readonly string[] = [
  // a word beside what is not known
  'block B(x: [H, W, C], p: padding) -> [_, _, C] { return conv(x, C, padding: if p == same then same else half) }',
  'block B(x: [H, W, C], p: per) -> [_, _, C] { return fuse.average(x, x + x, per: p) }',
  // tensors of several numbers of axes
  'block B(map: tensor, vector: tensor) -> tensor { y = map |> conv(8, 3x3, padding: same) return y * dense(vector, 8) }',
  'block B(x: tensor, kernel: tensor) { return conv2d(x, kernel) }',
  'block B(maps: tensor...) -> [4] { a, b, c, d = maps return fuse.concat(...[for m in maps: dense(m, 1)]) }',
  // needs that come together
  'block B(x: tensor, list: int[] = []) { require list.length > 0 return dense(x, 3) }',
  'block B(x: tensor, n: int) { require n == 0 return dense(x, 3) }',
  'block B(x: [H, W, C], i: int, j: int) -> like x { require i < 1 and j < 1 return x }',
  'block B(x: [H, W, C], y: tensor?) { require y != none and y.rank == 1 return x * dense(y, C) }',
  'block B(x: [H, W, C], more: [H, W, C]...) { require more.length == 0 return x }',
  'block B(maps: [H, W, C]...) -> [H, W, 16 * C] { return fuse.concat(...maps) }',
  // another block than the default
  'block B(x: [H, W, C], head: block?) { require head != none, "give a head" return head(x) }',
  'block B(x: [H, W, C], f: block = pool.global) -> [H, W, C] { return f(x) }',
  'model M(sizes: int[]) { input a: [sizes[0], sizes[1], 3] output y = conv(a, 3) }',
  'block B(x: [H, W, C], deep: bool) -> like x { if deep { x = x |> conv(C, 1x1) }  return x }',
  'block B(x: [H, W, C], deep: bool) -> tensor { if deep { return pool.global(x) }  return x |> conv(8) }',
  'block B(x: [H, W, C], n: int) -> tensor { for i in range(n) { x = x |> conv(8 + i) }  return x.height * x }',
  'block B(x: [H, W, C], n: int) -> tensor { y = x  for i in range(n) { y = pool.global(y) }  return y |> dense(3) }',
  'block B(x: [H, W, C], n: int) -> tensor { require C % n == 0, "{C} by {n}"  return x |> conv(C / n) }',
  'block B(x: [H, W, C], unit: block) -> [H, W, 8] { return x |> unit |> unit }',
  'block B(x: [H, W, C], unit: block) -> tensor { return unit(x, 3, padding: if C == 3 then same else half) |> dense(4) }',
  'block B(x: [H, W, C], unit: block) -> [_, _, 4] { a, b = unit(x)  return fuse.concat(a |> conv(2), b |> conv(2)) }',
  'block B(x: [...S, C]) -> like x { return x - reduce.mean(x, axis: range(S.length + 1), keep: true) }',
  'block B(x: [...S]) -> tensor { return if S.length == 3 then x |> conv(8) else if S.length == 1 then dense(x, 8) else x }',
  'block B(x: tensor) -> tensor { if x.rank != 1 { x = pool.global(x) }  return x |> dense(2) }',
  'block B(x: tensor) -> tensor { return x |> dense(2) }',
  'block B(x: tensor) -> tensor { return transpose(x, [3, 2, 1, 0]) }',
  'block B(x: [H, W, C], width: int) -> [H, W, width] { return x |> conv(width, padding: same) |> norm.batch |> relu }',
  'block B(x: [H, W, C], width: int) -> [width] { return x |> flatten |> dense(2 * width) |> dense(width) }',
  'block B(x: [H, W, C], kernel: size) -> like x { return x |> conv(C, kernel, padding: same) }',
  'block B(x: [H, W, C], kernel: size) -> like x { return x |> conv(C, kernel, padding: half) }',
  'block B(x: [H, W, C], kernel: int) -> tensor { return x |> conv(C, kernel, padding: floor(kernel / 2)) }',
  'block B(x: [H, W, C], how: padding) -> [_, _, 8] { return x |> conv(8, padding: how) }',
  'block B(x: [H, W, C], stride: int) -> [_, _, C] { return x |> conv(C, 3x3, stride:, padding: same) |> conv(C, 1x1) }',
  'block B(x: [H, W, C], stride: int) -> [_, _, C] { return x |> conv(C, stride:, padding: same) }',
  'block B(x: [H, W, C]) -> [H / 2, W / 2, 4 * C] { return x |> reshape([H / 2, 2, W / 2, 2, C]) |> transpose([0, 2, 1, 3, 4]) |> reshape([H / 2, W / 2, 4 * C]) }',
  'block B(x: [H, W, C]) -> [2 * H, 2 * W, C / 4] { return x |> reshape([H, W, 2, 2, C / 4]) |> transpose([0, 2, 1, 3, 4]) |> reshape([2 * H, 2 * W, C / 4]) }',
  'block B(x: [H, W, C], parts: int) -> tensor { return split(x, parts)[0] |> conv(C) }',
  'block B(x: [H, W, C]) -> [H, W, C] { a, b = split(x, 2)  return fuse.concat(b, a) }',
  'block B(x: [H, W, C], list: int[]) -> [H, W, _] { return x |> gather.channels(list) }',
  'block B(x: [H, W, C]) -> tensor { return x |> gather.channels([0, 5, 63]) }',
  'block B(x: [H, W, 1], c: int) -> tensor { return x |> gather.channels([c]) }',
  'block B(x: [H, W, C], by: int) -> tensor { return slice(x, [by, 0, 0], [H, W, C]) }',
  'block B(x: [H, W, C], n: int) -> [_, _, C] { if n == 0 { return x }  return x |> pool.max(2) |> B(n - 1) }',
  'block B(x: [H, W, C], n: int) -> [_, _, _] { if n == 0 { return x }  return x |> D(n) }\nblock D(x: [H, W, C], n: int) -> [_, _, 2 * C] { return x |> conv(2 * C) |> B(n - 1) }',
  'block B(a: [H, W, C], b: [h, w, c]) -> tensor { return a + b }',
  'block B(a: [H, W, C]) -> tensor { return a + conv(a, 2 * C, 1x1) }',
  'block B(a: [H, W, C], b: [1, 1, C]) -> like a { return a * b }',
  'block B(a: [H, W, C], v: [K]) -> tensor { return a * v }',
  'block B(a: [H, W, C], deep: [h, w, D]) -> [H, W, _] { return fuse.concat(a, deep |> conv.transpose(C, 2x2, stride: 2)) }',
  'block B(x: [H, W, C]) -> like x { y = x |> pool.max(2) |> conv.transpose(C, 2x2, stride: 2)  return fuse.add(x, y) }',
  'block B(maps: [H, W, C]...) -> [H, W, C] { sum = maps[0]  for i in range(1, maps.length) { sum = sum + maps[i] }  return sum }',
  'block B(maps: tensor...) -> tensor { a, b, c = maps  return a + b + c }',
  'block B(maps: tensor...) -> tensor { return maps[6] }',
  'block B(x: [H, W, C], others: [_, _, _]...) -> tensor { for y in others { x = fuse.concat(x, y |> align(like: x)) }  return x }',
  'block B(x: [H, W, C], skip: [H, W, D]? = none) -> tensor { return if skip == none then x else fuse.concat(x, skip) }',
  'block B(x: [H, W, C], stride: int = 1) -> [H / 2, W / 2, C] { return x |> conv(C, 3x3, stride:, padding: same) }',
  'block B(x: [H, W, C], deep: bool = false) -> [H, W, 8] { return if deep then x |> conv(8, 1x1) else x }',
  'block B(x: [H, W, C], widths: int[] = [8, 16]) -> [H, W, 32] { for width in widths { x = x |> conv(width, 1x1) }  return x }',
  'block B(x: [H, W, C], ratio: float) -> like x { y = x |> conv(max(1, floor(C * ratio)), 1x1)  return y |> conv(C, 1x1) }',
  'block B(x: [H, W, C], ratio: int = 16) -> like x { h = max(1, floor(C / ratio))  g = x |> pool.global |> dense(h) |> dense(C, activation: sigmoid)  return x * g }',
  'block B(x: [H, W, C], start: init) -> like x { param w: [C] = start, within: [0, 1]  return x * w }',
  'block B(x: [H, W, C]) -> tensor { return x > C }',
  'block B(x: [H, W, C]) -> tensor { return x * C }',
  'block B(x: [H, W, C]) -> tensor { require C < 2.5 or C == 4.0 or log2(C) == 3  return x |> conv(ceil(sqrt(C))) }',
  'block B(x: [H, W, C], n: int) -> tensor { widths = [8, 16, 32]  return x |> conv(widths[n]) |> conv(widths[n - 1]) }',
  'block B(x: [H, W, C]) -> tensor { layer f = conv(_, C, 3x3, padding: same)  return f(f(x)) }',
  'block B(x: [H, W, C], y: [H, W, D]) -> tensor { layer f = conv(_, 8, 1x1)  return f(x) + f(y) }',
  'block B(x: [H, W, C], at: int) -> tensor { return reduce.mean(x, axis: [at]) }',
  'block B(x: [H, W, C], order: int[]) -> tensor { return transpose(x, order) }',
  'block B(k: [C], x: [H, W, 2 * C]) -> [H, W, C] { return (x |> conv(C, padding: same)) * k }',
  'model M(depth: int) { input x: [H, W, 3] where H % 2 == 0, W == H  for i in range(depth) { x = x |> conv(8, padding: same) }  output y = x |> pool.max(2) }',
  'model M(size: int, classes: int) { input x: [size, size, 3]  output y: [classes] = x |> flatten |> dense(classes) }',
  'model M(unit: block) { input x: [H, W, 3] where H >= 8  output y = x |> unit |> pool.global |> dense(3) }',
]

for (const text of right) {
  s(`no mistake: ${text}`, () => assert.is(errorsIn(text), ''))
}

s('what a call reports is said once', () => {
  const text = `block B(x: [H, W, C]) -> like x { return fuse.add(x, x |> conv(2 * C, 1x1)) }
model M { input x: [8, 8, 4]  output y = B(x) }`
  assert.equal(codesOf(text), ['shape/channel-mismatch'])
})

s('a mistake stands in the block that has it, also where others call that', () => {
  const { diagnostics } = compileText(`block A(x: [H, W, C]) -> tensor { return x |> B }
block B(x: [H, W, C]) -> [C] { return x |> dense(C) }`)
  assert.equal(
    diagnostics.map(({ code, chain }) => [code, ...chain.map(({ name }) => name)].join(' ')),
    ['shape/rank B'],
  )
})

s('no block needs a where, and only its calls make requirements', () => {
  const block = 'block B(x: [H, W, C]) -> tensor { return x |> conv(8, 7x7) |> pool.max(2) }\n'
  /** Where the requirements of the only model come from. */
  const required = (model: string): readonly string[] => {
    const { diagnostics, graphs } = compileText(block + model)
    assert.equal(diagnostics.map(({ message }) => message), [])
    assert.is(graphs.length, 1)
    return graphs[0]!.requirements.map(({ path }) => path)
  }
  assert.equal(required('model M { input x: [H, W, 3]  output y = x |> relu }'), [])
  assert.equal(required('model M { input x: [32, 32, 3]  output y = B(x) }'), [])
  assert.equal(required('model M { input x: [H, W, 3]  output y = B(x) }'), [
    'y/B/conv/y/conv2d',
    'y/B/conv/y/conv2d',
    'y/B/pool/max_pool',
    'y/B/pool/max_pool',
  ])
})

for (const folder of ['std', 'examples', 'test/networks']) {
  s(`at least 70 % of the statements of the blocks in ${folder} are reached, and nothing in them is wrong`, () => {
    const { statements, run, mistakes } = reachOf(folder)
    assert.ok(run >= 0.7 * statements, `${run} of ${statements}`)
    assert.is(mistakes.map((mistake) => render(mistake, plainStyle)).join('\n\n'), '')
  })
}

s('well-typed programs are silent', () => {
  fc.assert(
    fc.property(anyUsefulProgram, (text) => errorsIn(text) === ''),
    { numRuns: 12 },
  )
})

s('what is wrong where a block stands is wrong for every call of it', () => {
  let found = 0
  fc.assert(
    fc.property(anyBlock, fc.nat({ max: 1_000_000 }), (block, seed) => {
      const said = errorsIn(block.text)
      if (said === '') return
      found++
      // a model that calls it has a graph where the call itself meets no mistake
      for (const call of callsOf(block, seed)) assert.is(compileText(`${block.text}\n${call}`).graphs.length, 0, `${said}\n\n${call}`)
    }),
    { numRuns: 60 },
  )
  assert.ok(found > 10, `${found} blocks with a mistake`)
})

s.run()
