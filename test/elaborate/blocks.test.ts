import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printShape } from '../../src/compiler/dim/print.ts'
import { weightsOf } from '../../src/compiler/graph/graph.ts'
import { codesOf, compileText, graphOf } from '../compile-text.ts'

const blocks = suite('blocks, holes and layers')

const paths = (text: string): readonly string[] => weightsOf(graphOf(text)).map(({ path }) => path)

const shapesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(graphOf(text).outputs.map(({ name, node }) => [name, printShape(node.type.shape)]))

blocks('each use of a block value has weights of its own', () => {
  assert.equal(
    paths(`block Twice(x: [H, W, C], unit: block) -> [_, _, _] { return x |> unit |> unit }
model M { input x: [8, 8, 3]
  output y = Twice(x, conv(_, 3, 1x1, bias: false)) }`),
    ['y/Twice/unit/kernel', 'y/Twice/unit_2/kernel'],
  )
})

blocks('a layer has its weights once, under its own name, wherever it is used', () => {
  assert.equal(
    paths(`block Inner(x: [H, W, C], f: block) -> [_, _, _] { return x |> f }
model M { input a: [8, 8, 3]
  input b: [4, 4, 3]
  layer f = conv(_, 8, 3x3)
  output y = f(a)
  output z = Inner(b, f) }`),
    ['f/conv/kernel', 'f/conv/bias'],
  )
})

blocks('a layer inside a layer is shared with the uses of the outer one', () => {
  assert.equal(
    paths(`block Pair(x: [H, W, C]) -> [H, W, C] {
  layer g = conv(_, C, 1x1, bias: false)
  return g(g(x))
}
model M { input x: [8, 8, 3]
  layer f = Pair
  output y = f(f(x)) }`),
    ['f/Pair/g/conv/kernel'],
  )
})

blocks('freeze makes weights untrainable, also those of a layer that was made before', () => {
  const weights = weightsOf(
    graphOf(`model M { input x: [8, 8, 3]
  layer f = conv(_, 3, 1x1, bias: false)
  a = f(x)
  b = freeze f(a)
  c = freeze conv(b, 3, 1x1, bias: false)
  output y = conv(c, 3, 1x1, bias: false) }`),
  )
  assert.equal(
    weights.map(({ path, trainable }) => [path, trainable]),
    [
      ['f/conv/kernel', false],
      ['c/conv/kernel', false],
      ['y/conv/kernel', true],
    ],
  )
})

blocks('a frozen block value freezes what it makes, whoever calls it', () => {
  const graph = graphOf(`block Use(x: [H, W, C], unit: block) -> [_, _, _] { return unit(x) }
model M { input x: [8, 8, 3]
  output y = Use(x, freeze conv(_, 3, 1x1)) }`)
  assert.ok(weightsOf(graph).every(({ trainable }) => !trainable))
})

blocks('a pipe passes its value first, or at the hole', () => {
  const text = `model M { input a: [8, 8, 3]
  input b: [8, 8, 5]
  output first = a |> fuse.concat(b)
  output hole = a |> fuse.concat(b, _) }`
  const { outputs } = graphOf(text)
  const parts = outputs.map(({ node }) => (node.kind === 'op' ? [node.args['parts']].flat().map((part) => part?.path) : []))
  assert.equal(parts, [
    ['a', 'b'],
    ['b', 'a'],
  ])
})

blocks('a block value with several holes takes as many arguments, in order', () => {
  assert.equal(
    shapesOf(`block Join(a: [H, W, _], b: [H, W, _], how: block) -> [_, _, _] { return how(a, b) }
model M { input a: [8, 8, 3]
  input b: [8, 8, 5]
  output y = Join(a, b, fuse.project(_, _, filters: 7)) }`),
    { y: '[8, 8, 7]' },
  )
})

blocks('named results are read by name, in patterns, and refused in a pipe', () => {
  const two = `block Two(x: [H, W, C]) -> (maps: [H, W, C], sums: [C]) { return x, pool.global(x) }\n`
  assert.equal(
    shapesOf(`${two}model M { input x: [8, 8, 3]
  r = Two(x)
  m, s = Two(x)
  _, t = Two(x)
  output a = r.maps
  output b = s
  output c = t }`),
    { a: '[8, 8, 3]', b: '[3]', c: '[3]' },
  )
  assert.equal(codesOf(`${two}model M { input x: [8, 8, 3]\n  output y = Two(x) |> relu }`), ['type/several-results'])
  assert.equal(codesOf(`${two}model M { input x: [8, 8, 3]\n  output y = Two(x) + x }`), ['type/several-results'])
})

blocks('defaults may use earlier parameters and the extents of shapes', () => {
  assert.equal(
    shapesOf(`block Squeeze(x: [H, W, C], ratio: int = 2, hidden: int = floor(C / ratio)) -> [H, W, hidden] { return x |> conv(hidden, 1x1) }
model M { input x: [8, 8, 9]
  output a = Squeeze(x)
  output b = Squeeze(x, 3) }`),
    { a: '[8, 8, 4]', b: '[8, 8, 3]' },
  )
})

blocks('extents that two parameters name must agree, and constants of the file do not bind', () => {
  const merge = `const C = 99\nblock Merge(a: [H, W, C], b: [H, W, C]) -> [H, W, C] { return a + b }\n`
  assert.equal(codesOf(`${merge}model M { input a: [8, 8, 3]\n  input b: [8, 8, 3]\n  output y = Merge(a, b) }`), [])
  assert.equal(codesOf(`${merge}model M { input a: [8, 8, 3]\n  input b: [8, 8, 4]\n  output y = Merge(a, b) }`), [
    'shape/channel-mismatch',
  ])
  assert.equal(codesOf(`${merge}model M { input a: [8, 8, 3]\n  input b: [9, 8, 3]\n  output y = Merge(a, b) }`), [
    'shape/size-mismatch',
  ])
})

blocks('a shape with a rest takes any number of axes and binds them as a list', () => {
  assert.equal(
    shapesOf(`block Last(x: [...S, C]) -> [C] { return reduce.sum(x, axis: range(S.length)) }
model M { input a: [8, 8, 3]
  input b: [5, 4]
  output x = Last(a)
  output y = Last(b) }`),
    { x: '[3]', y: '[4]' },
  )
})

blocks('an optional input that is not given is none', () => {
  assert.equal(
    paths(`block Route(x: [H, W, C], routing: [C]? = none) -> [H, W, C] {
  return if routing == none then weight.learned(x) else x * routing
}
model M { input x: [8, 8, 3]
  input r: [3]
  output a = Route(x)
  output b = Route(x, routing: r) }`),
    ['a/Route/weight/scale'],
  )
})

blocks('a block calls itself until its guard returns', () => {
  assert.is(
    paths(`block Again(x: [H, W, C], depth: int) -> [H, W, C] {
  if depth == 0 { return x }
  return x |> conv(C, 1x1, bias: false) |> Again(depth - 1)
}
model M { input x: [8, 8, 3]
  output y = Again(x, 5) }`).length,
    5,
  )
})

blocks('a block that takes all maps wants two, or a list of at least one', () => {
  const model = (call: string): string => `model M { input x: [8, 8, 3]\n  output y = ${call} }`
  assert.equal(codesOf(model('fuse.add(x, x)')), [])
  assert.equal(codesOf(model('fuse.add(...[x])')), [])
  assert.equal(codesOf(model('fuse.add(x)')), ['call/too-few-arguments'])
  const empty = compileText(model('fuse.add(...[for i in range(0): x])')).diagnostics
  assert.equal(empty.map(({ code }) => code), ['call/too-few-arguments'])
  assert.equal(empty[0]!.labels.map(({ text }) => text), ['this list is empty'])
})

blocks.run()
