import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim, printShape } from '../../src/compiler/dim/print.ts'
import { weightsOf } from '../../src/compiler/graph/graph.ts'
import { codesOf, compileText, graphOf } from '../compile-text.ts'

const models = suite('models')

const backbone = {
  'backbone.fmw': `const WIDTH = 8
model Backbone(width: int = WIDTH) {
  input image: [H, W, C] where H % 2 == 0
  x = image |> conv(width, 3x3, padding: same)
  output maps = x |> pool.max(2)
  output logits = x |> pool.global |> dense(2)
}
model Plain { input image: [H, W, 3]
  output maps = image |> conv(4, 1x1) }`,
}

models('a model called in another has its weights under the assigned name', () => {
  const graph = graphOf(
    `import { Plain as P, Backbone } from "./backbone.fmw"
model M { input a: [8, 8, 3]
  left = P(a)
  right = freeze P(a) |> weight.learned
  r = Backbone(a, width: 4)
  output y = fuse.concat(left, right)
  output l = r.logits }`,
    backbone,
  )
  assert.equal(
    weightsOf(graph).map(({ path, trainable }) => `${path} ${trainable}`),
    [
      'left/maps/conv/kernel true',
      'left/maps/conv/bias true',
      'right/maps/conv/kernel false',
      'right/maps/conv/bias false',
      'right/weight/scale true',
      'r/x/conv/kernel true',
      'r/x/conv/bias true',
      'r/logits/dense/kernel true',
      'r/logits/dense/bias true',
    ],
  )
})

models('what a callable model asks of its input is proved at the call', () => {
  const call = (size: string, where = ''): readonly string[] =>
    codesOf(
      `import { Backbone } from "./backbone.fmw"\nmodel M { input a: [${size}, 8, 3]${where}\n  r = Backbone(a)\n  output y = r.maps }`,
      backbone,
    )
  assert.equal(call('8'), [])
  assert.equal(call('7'), ['where/refuted'])
  assert.equal(call('H'), ['value/not-known'])
  assert.equal(call('H', ' where H % 4 == 0'), [])
})

models('parameters are set from outside with any expression', () => {
  const text = `model M(classes: int = 10, attend: block = identity) { input x: [8, 8, 16]
  output y = x |> attend |> pool.global |> dense(classes) }`
  const set = { classes: '2 * 3', attend: 'weight.attention(_, ratio: 4)' }
  const graph = graphOf(text, {}, { set })
  assert.is(printShape(graph.outputs[0]!.node.type.shape), '[6]')
  assert.ok(weightsOf(graph).some(({ path }) => path.startsWith('y/attend/')))
  assert.equal(compileText(text, {}, { set: { clases: '3' } }).misuse, ['no model has a parameter clases; did you mean classes?'])
  assert.equal(codesOf(text, {}, { set: { classes: '3 +' } }), ['syntax/unexpected'])
  assert.equal(codesOf(text, {}, { set: { classes: '"ten"' } }), ['type/mismatch'])
})

models('one of several is chosen by name', () => {
  const text = 'model A { input x: [2]\n output y = relu(x) }\nmodel B { input x: [3]\n output y = relu(x) }'
  assert.equal(compileText(text).graphs.map(({ name }) => name), ['A', 'B'])
  assert.equal(compileText(text, {}, { model: 'B' }).graphs.map(({ name }) => name), ['B'])
  assert.equal(compileText(text, {}, { model: 'C' }).misuse, ['there is no model C; there is A, B'])
})

models('a mistake in one model leaves the others', () => {
  const { graphs, diagnostics } = compileText(`model A { input x: [2]
  output y = x |> conv(3 }
model B { input x: [3]
  output y = relu(x) }`)
  assert.equal(graphs.map(({ name }) => name), ['B'])
  assert.equal(diagnostics.map(({ code }) => code), ['syntax/unexpected'])
})

models('what a where says of an extent is part of every shape after it', () => {
  const shape = (input: string, expr: string): string =>
    printShape(graphOf(`model M { input x: ${input}\n  output y = ${expr} }`).outputs[0]!.node.type.shape)
  assert.is(shape('[H, W, 3] where H % 4 == 0', 'x |> pool.max(2)'), '[H / 2, floor(W / 2), 3]')
  assert.is(shape('[H, W, 3] where H == W', 'x |> pool.max(2)'), '[floor(W / 2), floor(W / 2), 3]')
  assert.is(shape('[H, W, 3] where W == 2 * H', 'x |> pool.max(2)'), '[floor(H / 2), H, 3]')
  assert.is(shape('[H, W, 3] where H == 64', 'x |> conv(4, 3x3)'), '[62, W - 2, 4]')
  assert.is(
    shape('[H, W, 3] where H % 2 == 1', 'x |> conv(4, 3x3, stride: 2, padding: half)'),
    '[H / 2 + 1 / 2, ceil(W / 2), 4]'.replace('H / 2 + 1 / 2', '(H + 1) / 2'),
  )
})

models('a window that may leave nothing becomes a requirement, one that always does is an error', () => {
  const graph = graphOf('model M { input x: [H, 8, 3]\n  output y = x |> conv(4, 5x5) }')
  assert.equal(graph.requirements.map(({ extent, path }) => `${printDim(extent)} ${path}`), ['H - 4 y/conv/y/conv2d'])
  assert.equal(codesOf('model M { input x: [H, 4, 3]\n  output y = x |> conv(4, 5x5) }'), ['shape/window-too-large'])
  assert.equal(graphOf('model M { input x: [H, 8, 3] where H >= 5\n  output y = x |> conv(4, 5x5) }').requirements, [])
})

models('a model whose parameter has no value is not checked, and that is said', () => {
  const text = 'model M(width: int) { input x: [8, 8, 3]\n  output y = x |> conv(width) }'
  const { diagnostics, graphs } = compileText(text)
  assert.equal(diagnostics.map(({ code, severity }) => [code, severity]), [['model/unchecked', 'warning']])
  assert.is(graphs.length, 0)
  assert.is(compileText(text, {}, { set: { width: '4' } }).graphs.length, 1)
})

models.run()
