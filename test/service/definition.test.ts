import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { definition } from '../../src/service/definition.ts'
import { highlights } from '../../src/service/highlights.ts'
import { references } from '../../src/service/references.ts'
import { placeOf, textOf } from '../../src/compiler/text/source.ts'
import { marked } from './marked.ts'

const defined = suite('where names are made')

const unit = `block Unit(x: [H, W, C], filters: int, stride: size = 1, padding: padding = half) -> [_, _, filters] {
  y = conv(x, filters, 3x3, stride:, padding:)
  return relu(y)
}
`

/** Where each mark of a text leads to: the place, and what is written there. */
const toOf = (text: string, files: Readonly<Record<string, string>> = {}): readonly string[] => {
  const { analysis, offsets } = marked(text, files)
  return offsets.map((offset) =>
    (definition(analysis, offset)?.to ?? []).map((span) => `${placeOf(span)} ${textOf(span)}`.trimEnd()).join(', '),
  )
}

defined('values, extents, blocks, parameters, layers and loops', () => {
  assert.equal(
    toOf(`${unit}
model M {
  input image: [32, Wide, 3]
  layer f = Un‸it(_, 8)
  for n in range(2) { image = f(im‸age, stri‸de: ‸n + 1) }
  output y: [_, Wid‸e, _] = ‸f(image)
}
`),
    ['net.fmw:1:7 Unit', 'net.fmw:7:9 image', 'net.fmw:1:40 stride', 'net.fmw:9:7 n', 'net.fmw:7:21 Wide', 'net.fmw:8:9 f'],
  )
})

defined('a name that is assigned again leads to the assignment before it', () => {
  assert.equal(
    toOf('model M {\n  input x: [8, 8, 3]\n  x = relu(‸x)\n  x = sigmoid(‸x)\n  output y = ‸x\n}\n'),
    ['net.fmw:2:9 x', 'net.fmw:3:3 x', 'net.fmw:4:3 x'],
  )
})

defined('ops lead into the library, words of enums to the type of their parameter', () => {
  const [conv, same, max, relu] = toOf('model M {\n  input x: [8, 8, 3]\n  output y = x |> con‸v(4, 3x3, padding: ‸same) |> pool.ma‸x(2) |> re‸lu\n}\n')
  assert.match(conv!, /^std\/conv\.fmw:\d+:7 conv$/)
  assert.match(max!, /^std\/pool\.fmw:\d+:7 max$/)
  assert.match(same!, /^std\/conv\.fmw:\d+:\d+ padding$/)
  assert.is(relu, '')
})

defined('the words of enums in defaults, and where a value has their name', () => {
  const [word, argument] = toOf(`block B(x: [H, W, C], p: padding = ha‸lf) -> tensor { return conv(x, 4, padding: p) }
model M {
  input x: [8, 8, 3]
  same = 2
  output y = B(x, p: sa‸me)
}
`)
  assert.is(word, 'net.fmw:1:26 padding')
  assert.is(argument, 'net.fmw:1:26 padding')
})

defined('imports lead to the other file, also by another name and by way of a third file', () => {
  const files = { 'unit.fmw': unit, 'through.fmw': 'import { Unit as One } from "unit.fmw"\n' }
  const text = `import { O‸ne as T‸wo } from "thr‸ough.fmw"
model M {
  input x: [8, 8, 3]
  output y = ‸Two(x, ‸filters: 4)
}
`
  const unitAt = 'unit.fmw:1:7 Unit'
  assert.equal(toOf(text, files), [unitAt, unitAt, 'through.fmw:1:1', unitAt, 'unit.fmw:1:26 filters'])
})

defined('a name and its value at once lead to both', () => {
  assert.equal(toOf(`${unit.replace('stride:,', 'stri‸de:,')}`)[0]!.split(', ').length, 2)
})

defined('results lead to where they are named', () => {
  assert.equal(
    toOf(`block Two(x: tensor) -> (left: like x, right: like x) { return relu(x), sigmoid(x) }
model M {
  input x: [4]
  r = Two(x)
  output y = r.ri‸ght
}
`),
    ['net.fmw:1:40 right'],
  )
})

defined('what nobody elaborates is found all the same', () => {
  assert.equal(
    toOf('block A(x: tensor, n: int) -> tensor { return x }\nblock B(x: tensor) -> tensor {\n  layer f = A(_, ‸n: 2)\n  return if false then ‸f(x) else A(x, ‸n: 3)\n}\n'),
    ['net.fmw:1:20 n', 'net.fmw:3:9 f', 'net.fmw:1:20 n'],
  )
})

defined('nothing where nothing is named, and beside a mistake of syntax', () => {
  assert.equal(toOf('‸model M {\n  input x: [8, 8‸, 3]\n  a = conv(x‸\n  output y = x.chan‸nels\n}\n'), ['', '', 'net.fmw:2:9 x', ''])
  assert.equal(toOf('‸'), [''])
})

const named = suite('where things are named')

const placesOf = (text: string, files: Readonly<Record<string, string>> = {}): readonly string[] => {
  const { workspace, offsets } = marked(text, files)
  return references(workspace, 'net.fmw', offsets[0]!).map(({ span, how }) => `${placeOf(span)} ${textOf(span)} ${how}`)
}

named('a block, in the file that makes it and in all that import it', () => {
  const files = {
    'a.fmw': 'import { Unit as Mine } from "./net.fmw"\nmodel A {\n  input x: [8, 8, 3]\n  output y = Mine(x, 4)\n}\n',
    'b.fmw': 'import { Mine } from "./a.fmw"\nblock B(x: [H, W, C]) -> tensor { return Mine(x, 2) }\n',
    'c.fmw': 'block Unit(x: tensor) -> tensor { return x }\nblock C(x: tensor) -> tensor { return Unit(x) }\n',
  }
  assert.equal(placesOf(unit.replace('Unit', '‸Unit'), files), [
    'net.fmw:1:7 Unit made',
    'a.fmw:1:10 Unit read',
    'a.fmw:1:18 Mine made',
    'a.fmw:4:14 Mine read',
    'b.fmw:1:10 Mine read',
    'b.fmw:2:42 Mine read',
  ])
})

named('a parameter, with the arguments of all calls', () => {
  const files = {
    'a.fmw': 'import { Unit } from "./net.fmw"\nblock A(x: [H, W, C], f: block = Unit) -> tensor { return f(x, filters: 3) |> Unit(filters: 4) }\nmodel M {\n  input x: [8, 8, 3]\n  output y = A(x)\n}\n',
  }
  assert.equal(placesOf(unit.replace('filters: int', '‸filters: int'), files), [
    'net.fmw:1:26 filters made',
    'net.fmw:1:93 filters read',
    'net.fmw:2:15 filters read',
    'a.fmw:2:64 filters named',
    'a.fmw:2:84 filters named',
  ])
})

named('a value in its file, once and again', () => {
  const { analysis, offsets } = marked('model M {\n  input x: [8, 8, 3]\n  ‸x = relu(x)\n  output y = x |> (_ + 1)\n}\n')
  assert.equal(
    highlights(analysis, offsets[0]!).map(({ span, how }) => `${placeOf(span)} ${how}`),
    ['net.fmw:2:9 made', 'net.fmw:3:3 written', 'net.fmw:3:12 read', 'net.fmw:4:14 read'],
  )
})

defined.run()
named.run()
