import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { bindingAt, bindingsIn, type Binding } from '../../src/compiler/syntax/bindings.ts'
import { textOf } from '../../src/compiler/text/source.ts'

const s = suite('what the names of a file stand for')

const read = (text: string) => new Modules(nodeHost, new Reporter()).file('bindings.fmw', text)

/** The text with marks around everything that is bound together with the name at an offset. */
function marked(text: string, offset: number): string {
  const { ast, source } = read(text)
  const end = offset + /^\w+/.exec(text.slice(offset))![0].length
  const binding = bindingAt({ source, start: offset, end }, ast)
  const places = binding ? [binding, ...binding.uses].map(({ span }) => span) : []
  return places
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, span) => `${all.slice(0, span.start)}«${textOf(span)}»${all.slice(span.end)}`, text)
}

/** Every place that is marked in a text is found from every other one, and no place besides. */
function belongTogether(text: string): void {
  const bare = text.replaceAll(/[«»]/g, '')
  const offsets = [...text.matchAll(/«/g)].map(({ index }, i) => index - 2 * i)
  assert.ok(offsets.length > 0)
  for (const offset of offsets) assert.is(marked(bare, offset), text)
}

s('a name is what was assigned last, and is carried through loops and conditions', () => {
  belongTogether(`model M {
  input image: [8, 8, 3]
  «x» = image |> relu
  for i in range(2) { «x» = «x» |> conv(4) }
  if «x».channels > 2 { «x» = «x» |> tanh } else { «x» = relu(«x») }
  output y = «x» |> relu as x
}
`)
})

s('a name that a loop or a condition makes ends with it', () => {
  belongTogether(`model M {
  input image: [8, 8, 3]
  for i in range(2) {
    «x» = relu(image)
    z = «x» |> tanh
  }
  x = image
  output y = x
}
`)
})

s('the variables of loops and comprehensions hide what is outside', () => {
  belongTogether(`model M {
  input image: [8, 8, 3]
  «n» = 4
  sizes = [for n in range(«n»): n * 2]
  pairs = [for [n, m] in enumerate(sizes) if n > 1: n + m]
  for n in sizes { x = image |> conv(n) }
  output y = image |> conv(«n»)
}
`)
  belongTogether(`model M {
  input image: [8, 8, 3]
  n = 4
  sizes = [for «n» in range(n) if «n» > 1: «n» * 2]
  output y = image |> conv(n)
}
`)
})

s('a name of the file is read wherever nothing nearer has it', () => {
  belongTogether(`const «width» = 8

const twice = 2 * «width»

const wider(width: int) = width + 1

block Part(x: [H, W, C], filters: int = «width») -> [H, W, «width»] {
  width = «width» + 1
  return x |> conv(width)
}

model M {
  input image: [8, 8, «width» * 3]
  require image.channels > 0, "at least {«width»}, not width"
  output y = image |> Part(filters: «width») as width
}
`)
})

s('an imported name is what it is imported as', () => {
  belongTogether(`import { Part as «Piece», Piece as Other } from "./part.fmw"

model M {
  input image: [8, 8, 3]
  output y = image |> «Piece» |> Other |> relu as Piece
}
`)
})

s('a short argument is a use of its value and not of the parameter', () => {
  const text = `model M {
  input image: [8, 8, 3]
  «filters» = 4
  output y = image |> conv(«filters»:) |> conv(filters: 3)
}
`
  belongTogether(text)
  const { ast } = read(text.replaceAll(/[«»]/g, ''))
  const binding = bindingsIn(ast).find(({ name }) => name === 'filters')
  assert.equal(binding?.uses.map(({ how }) => how), ['short'])
})

s('extents are made by the first shape that names them', () => {
  belongTogether(`model M {
  input a: [«H», «H», 3] where «H» % 2 == 0, W > 4
  input b: [«H», W, 3]
  output y = a |> reshape([«H» * «H», 3])
}
`)
  belongTogether(`model M {
  input a: [H, 8, 3] where H == «W»
  input b: [8, «W», 3] where «W» > 4
  output y = a
}
`)
  belongTogether(`block B(x: [«H», W, C], y: [«H», W / 2, 1]) -> [«H» / 2, W, C] {
  return x
}
`)
})

s('layers, weights, parameters and inputs are bound too', () => {
  const text = `block B(x: [H, W, C], act: block = relu) -> like x {
  param kernel: [1, 1, C, C] = zeros
  layer f = conv(_, C)
  return act(f(conv2d(x, kernel)))
}

model M(depth: int = 2) {
  input image: [8, 8, 3]
  for [i, unused] in enumerate(range(depth)) { image = image |> B }
  output y = image
}
`
  const kinds = (name: string): readonly Binding['kind'][] =>
    bindingsIn(read(text).ast).flatMap((binding) => (binding.name === name ? [binding.kind] : []))
  assert.equal(
    ['B', 'M', 'x', 'C', 'act', 'kernel', 'f', 'depth', 'image', 'i', 'unused', 'y', 'relu'].map((name) => kinds(name).join()),
    ['block', 'model', 'parameter', 'extent', 'parameter', 'weight', 'layer', 'parameter', 'input', 'loop', 'loop', 'output', ''],
  )
  belongTogether(text.replaceAll(/\bimage\b/g, '«image»'))
})

s.run()
