import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Meaning, Sink, Where } from '../../src/compiler/elaborate/sink.ts'
import { describe, type Value } from '../../src/compiler/elaborate/value.ts'
import type { Binding, BindingKind } from '../../src/compiler/syntax/bindings.ts'
import type { Host } from '../../src/compiler/text/host.ts'
import { isStanding, positionOf, textOf, type Span } from '../../src/compiler/text/source.ts'
import { compileText } from '../compile-text.ts'

const s = suite('what an elaboration tells')

interface Told {
  readonly values: { readonly text: string; readonly value: Value }[]
  readonly names: { readonly span: Span; readonly meaning: Meaning; readonly value: Value }[]
}

/** Of a call that somebody makes, or a model of its own. */
function isCalled({ frame }: Where): boolean {
  let outer = frame
  while (outer?.parent) outer = outer.parent
  return !outer || !isStanding(outer)
}

const listen = (): Told & { readonly sink: Sink } => {
  const told: Told = { values: [], names: [] }
  const sink: Sink = {
    value: ({ span }, value, where) => isCalled(where) && told.values.push({ text: textOf(span), value }),
    name: (span, meaning, value, where) => isCalled(where) && told.names.push({ span, meaning, value }),
  }
  return { ...told, sink }
}

function toldOf(text: string, files = {}): Told {
  const { sink, ...told } = listen()
  const { diagnostics } = compileText(text, files, { sink })
  assert.equal(diagnostics.filter(({ severity }) => severity === 'error'), [])
  return told
}

const bindingsOf = ({ names }: Told): ReadonlySet<Binding> =>
  new Set(names.flatMap(({ meaning }) => (meaning.kind === 'binding' ? [meaning.binding] : [])))

const isOf = (binding: Binding, meaning: Meaning): boolean => meaning.kind === 'binding' && meaning.binding === binding

/** Each name with what it was in the end, in the order in which it is made. */
const summary = (told: Told): readonly string[] =>
  [...bindingsOf(told)]
    .toSorted((a, b) => a.span.start - b.span.start)
    .map((binding) => {
      const last = told.names.findLast(({ meaning }) => isOf(binding, meaning))!
      return `${binding.kind} ${binding.name}: ${describe(last.value)}`
    })

s('every name has its value: inputs, extents, steps, loops, layers', () => {
  const told = toldOf(`model M(width: int = 8) {
  input image: [H, 32, 3] where H % 4 == 0
  layer f = conv(_, 3, 3x3, padding: same)
  x = image |> f |> f
  sizes = [for n in range(2): n + width]
  for [i, n] in enumerate(sizes) { x = x |> conv(n, 1x1) }
  a, b = [x, image]
  output y = pool.max(a, 2)
}
`)
  assert.equal(summary(told), [
    'parameter width: the int 8',
    'input image: a map [H, 32, 3]',
    'extent H: the int H',
    'layer f: the block conv',
    'assigned x: a map [H, 32, 9]',
    'assigned sizes: the list [8, 9]',
    'loop n: the int 1',
    'loop i: the int 1',
    'loop n: the int 9',
    'assigned a: a map [H, 32, 9]',
    'assigned b: a map [H, 32, 3]',
    'output y: a map [H / 2, 16, 9]',
  ])
})

s('a block tells what it is called with, and where each step of its pipes stands', () => {
  const told = toldOf(`block Down(x: [H, W, C], filters: int) -> [H / 2, W / 2, filters] {
  param scale: [1, 1, C] = ones
  return x * scale |> conv(filters, 3x3, padding: same) |> pool.max(2)
}

model M {
  input image: [32, 32, 3]
  output y = image |> Down(8) as first |> Down(16)
}
`)
  assert.equal(summary(told), [
    'block Down: the block Down',
    'parameter x: a map [16, 16, 8]',
    'extent H: the int 16',
    'extent W: the int 16',
    'extent C: the int 8',
    'parameter filters: the int 16',
    'weight scale: a map [1, 1, 8]',
    'input image: a map [32, 32, 3]',
    'output y: a map [8, 8, 16]',
  ])
  const steps = ['conv(filters, 3x3, padding: same)', 'pool.max(2)', 'Down(8)', 'Down(16)']
  assert.equal(
    steps.map((step) => told.values.filter(({ text }) => text === step).map(({ value }) => describe(value)).at(-1)),
    ['a map [16, 16, 16]', 'a map [8, 8, 16]', 'a map [16, 16, 8]', 'a map [8, 8, 16]'],
  )
})

s('a block, and a model that lacks a parameter, tells too what it is where it stands, whoever calls it', () => {
  const standing: string[] = []
  const sink: Sink = {
    value: () => undefined,
    name: (span, _, value, { frame }) => frame && isStanding(frame) && standing.push(`${textOf(span)}: ${describe(value)}`),
  }
  const block = 'block F(x: [H, W, C], n: int) -> tensor {\n  y = pool.max(x, 2)\n  return y\n}\n'
  const model = 'model M(n: int) {\n  input v: [4]\n  output w = dense(v, n)\n}\n'
  for (const text of [block + model, `${block}${model}const a = (\n`]) {
    standing.length = 0
    compileText(text, {}, { sink, fixes: false })
    assert.ok(standing.includes('y: a map [floor(H / 2), floor(W / 2), C]'), text)
    assert.ok(standing.includes('w: a vector [n]'), text)
  }
})

s('a name of the library, of the language or of an enum is told as what it is', () => {
  const { names } = toldOf(`model M {
  input image: [8, 8, max(2, 3)]
  output y = image |> conv(4, padding: same) |> pool.max(2) |> relu
}
`)
  const meanings = names.flatMap(({ span, meaning }) => (meaning.kind === 'binding' ? [] : [`${textOf(span)}: ${meaning.kind}`]))
  assert.equal(meanings, ['max: builtin', 'conv: declaration', 'same: word', 'max: declaration', 'relu: primitive'])
})

/** Listens to a text of its own, and says what is reported of it and what mends that. */
function listenTo(text: string): Told & { readonly reported: readonly string[] } {
  const { sink, ...told } = listen()
  const { diagnostics } = compileText(text, {}, { sink })
  const reported = diagnostics.flatMap(({ code, fixes }) => [code, ...fixes.map(({ title }) => title)])
  return { ...told, reported }
}

s('what a fix tries is not told: neither other texts nor other sizes of inputs', () => {
  const text = 'model M {\n  input x: [8, 8, 3]\n  output y = x |> conv(4, 9x9)\n}\n'
  const { reported, names, values } = listenTo(text)
  assert.equal(reported, [
    'shape/window-too-large',
    'write padding: same, with which any window fits',
    'write 8x8',
    'write input x: [9, 9, 3]',
  ])
  for (const { span } of names) assert.is(span.source.text, text)
  const maps = values.filter(({ text: written }) => written === 'x').map(({ value }) => describe(value))
  assert.equal([...new Set(maps)], ['a map [8, 8, 3]'])
  assert.not(values.some(({ text: written }) => written === '8x8'))
})

s('what the edit of a linter finding tries is not told', () => {
  const text = 'model M {\n  input x: [8, 8, 3]\n  a = relu(x)\n  output y = a |> relu |> conv(4, 3x3)\n}\n'
  const { reported, names } = listenTo(text)
  assert.equal(reported, ['lint/idle-relu', 'remove it'])
  assert.equal(
    names.map(({ span }) => `${textOf(span)} ${positionOf(span.source, span.start).line}`),
    ['x 2', 'relu 3', 'x 3', 'a 3', 'a 4', 'relu 4', 'conv 4', 'y 4'],
  )
  for (const { span } of names) assert.is(span.source.text, text)
})

/** Names that get their values where they are made and assigned, and nowhere else. */
const ofBodies: ReadonlySet<BindingKind> = new Set(['parameter', 'input', 'output', 'weight', 'layer', 'assigned', 'loop'])

/** The values that a name was given, and the places at which it was told. */
function checkUses(file: string, told: Told): void {
  for (const binding of bindingsOf(told)) {
    const places = new Set([binding, ...binding.uses].map(({ span }) => span.start))
    const given = new Set<Value>()
    for (const { span, value } of told.names.filter((one) => isOf(binding, one.meaning))) {
      const { line, column } = positionOf(span.source, span.start)
      const where = `${file}:${line}:${column} ${binding.name}`
      assert.ok(places.has(span.start), where)
      const use = binding.uses.find((one) => one.span.start === span.start)
      if (!use || use.how === 'written') given.add(value)
      else if (ofBodies.has(binding.kind)) assert.ok(given.has(value), `${where} is ${describe(value)}`)
    }
  }
}

const networks = 'test/networks'

s('the uses of a name in the published networks are the reads of what it was given', () => {
  const host: Host = { ...nodeHost, read: (path) => nodeHost.read(`${networks}/${path}`) }
  const files = readdirSync(networks).filter((name) => name.endsWith('.fmw')).filter((_, i) => i % 4 === 0)
  let reads = 0
  for (const file of files) {
    const { sink, ...told } = listen()
    compile(file, readFileSync(`${networks}/${file}`, 'utf8'), host, { sink })
    checkUses(file, told)
    reads += told.names.length
  }
  assert.ok(reads > 1000)
})

s.run()
