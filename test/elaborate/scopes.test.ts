import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../../src/compiler/dim/print.ts'
import type { Argument, Graph, Port, Scope } from '../../src/compiler/graph/graph.ts'
import { pathsAround, pathText } from '../../src/compiler/graph/path.ts'
import { nodesOf, pathOf } from '../../src/compiler/graph/scope.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { graphOf } from '../compile-text.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'

const s = suite('the structure of a text')

const model = (statements: string, blocks = ''): Graph =>
  graphOf(`${blocks}\nmodel M {\n  input x: [8, 8, 3]\n  ${statements}\n}\n`)

/** A line per scope of the user's own text: what it is, with its arguments, what goes in and out. */
function lines({ scopes }: Graph): readonly string[] {
  const isUsers = ({ declaration, parent }: Scope): boolean =>
    !declaration.source.library || (parent !== undefined && !scopes[parent]!.declaration.source.library)
  return scopes.filter(isUsers).map((scope) => {
    const { kind, name, index, inputs, outputs } = scope
    const given = Object.entries(scope.arguments).map(([key, value]) => `${key}: ${shown(value)}`)
    const bound = Object.entries(scope.extents).map(([key, dim]) => `${key} = ${printDim(dim)}`)
    const all = [...given, ...bound].join(', ')
    return `${pathOf(scopes, scope.id)} ${kind} ${name}${index === undefined ? '' : ` ${index}`}(${all}) ${ports(inputs)} → ${ports(outputs)}`
  })
}

const ports = (list: readonly Port[]): string =>
  list.map((port) => `${port.name} ${nodesOf(port).map(({ id }) => id).join(' ')}`).join(', ')

function shown(argument: Argument): string {
  switch (argument.kind) {
    case 'int':
      return printDim(argument.dim)
    case 'float':
    case 'bool':
    case 'text':
      return String(argument.value)
    case 'word':
      return argument.word
    case 'list':
      return `[${argument.items.map(shown).join(', ')}]`
    case 'block':
      return `${argument.name}(${argument.given.map(({ name, value }) => `${name ? `${name}: ` : ''}${shown(value)}`).join(', ')})`
    case 'hole':
      return '_'
    default:
      return argument.kind
  }
}

s('of every example is one that a graph may have, and paths go through the scopes', () => {
  for (const graph of exampleFiles.flatMap(modelsOf)) {
    assert.equal(verify(graph), [])
    for (const node of graph.nodes) {
      const path = pathOf(graph.scopes, node.scope)
      assert.ok(['', ...pathsAround(node.segments), node.path].includes(path), `${node.path} in ${path}`)
      assert.is(pathText(node.segments), node.path)
    }
  }
})

const block = `
block Scale(x: [H, W, C], by: float = 2, act: block = relu) -> like x {
  param s: [C] = ones
  return act(by * x * s)
}`

s('has the calls of a block with what each was given, what its shapes bound, and its values', () => {
  assert.equal(lines(model('y = Scale(x)\n  output z = Scale(y, by: 0.5, act: conv(_, 3, 1x1, bias: false))', block)), [
    ' model M() x 0 → z 11',
    'y/Scale block Scale(by: 2, act: relu(), H = 8, W = 8, C = 3) x 0 → result 5',
    'z/Scale block Scale(by: 0.5, act: conv(_, 3, [1, 1], bias: false), H = 8, W = 8, C = 3) x 5 → result 11',
    'z/Scale/act block conv(filters: 3, kernel: [1, 1], stride: [1, 1], padding: valid, dilation: [1, 1], groups: 1, ' +
      'bias: false, activation: identity(), init: init, H = 8, W = 8, C = 3) x 9 → result 11',
  ])
})

s('has the turns of a loop with their variables, what each takes over and hands on, and what it was called', () => {
  const graph = model('skip = x\n  for by in [2.0, 3.0] {\n    y = relu(x)\n    x = Scale(y, by)\n  }\n  output z = x + skip', block)
  assert.equal(lines(graph), [
    ' model M() x 0 → z 13',
    ' loop by() x 0 → x 12',
    ' turn by 0(by: 2) x 0 → x 6',
    'x/0/Scale block Scale(by: 2, act: relu(), H = 8, W = 8, C = 3) x 1 → result 6',
    ' turn by 1(by: 3) x 6 → x 12',
    'x/1/Scale block Scale(by: 3, act: relu(), H = 8, W = 8, C = 3) x 7 → result 12',
  ])
  assert.equal(graph.scopes[2]!.names.map(({ name, node }) => `${name} ${'kind' in node ? node.id : ''}`), ['y 1', 'x 6'])
  assert.equal(graph.scopes[0]!.names.map(({ name }) => name), ['skip', 'z'])
})

s('has no loop in which nothing is made', () => {
  assert.equal(lines(model('y = x\n  for i in range(2) { y = x }\n  output z = exp(y)')), [' model M() x 0 → z 1'])
})

s('has comprehensions that make something, and none that only compute', () => {
  assert.equal(lines(model('sizes = [for i in range(2): 2 * i + 1]\n  y = [for k in sizes: exp(x)]\n  output z = fuse.add(...y)')), [
    ' model M() x 0 → z 3',
    'y comprehension k()  → result 1 2',
    'y/0 turn k 0(k: 1)  → result 1',
    'y/1 turn k 1(k: 3)  → result 2',
    'z/fuse block fuse.add() maps 1 2 → result 3',
  ])
})

s('has the uses of a layer as calls with the same path, and so with the same weights', () => {
  const graph = model('layer twice = Scale\n  y = twice(x)\n  output z = twice(y)', block)
  assert.equal(lines(graph).slice(1), [
    'twice/Scale block Scale(by: 2, act: relu(), H = 8, W = 8, C = 3) x 0 → result 5',
    'twice/Scale block Scale(by: 2, act: relu(), H = 8, W = 8, C = 3) x 5 → result 9',
  ])
})

s('has a block inside itself with differing arguments and one declaration', () => {
  const recursive = `
block Down(x: [H, W, C], depth: int) -> tensor {
  y = tanh(x)
  if depth == 0 { return y }
  return Down(y, depth - 1)
}`
  const { scopes, nodes } = model('output z = Down(x, 2)', recursive)
  const calls = scopes.slice(1)
  assert.equal(calls.map(({ parent, arguments: { depth } }) => `${parent} ${shown(depth!)}`), ['0 2', '1 1', '2 0'])
  assert.is(new Set(calls.map(({ declaration }) => declaration)).size, 1)
  assert.ok(textOf(calls[0]!.declaration).startsWith('block Down('))
  assert.equal(calls.map(({ call }) => textOf(call)), ['Down(x, 2)', 'Down(y, depth - 1)', 'Down(y, depth - 1)'])
  assert.equal(nodes.map(({ binding, scope }) => `${binding} ${scope}`), ['x 0', 'y 1', 'y 2', 'y 3'])
  assert.is(textOf(nodes[1]!.statement), 'y = tanh(x)')
})

s('has the extents of the inputs as what the model bound', () => {
  const graph = graphOf('model M(n: int = 2) {\n  input x: [H, W, n] where H % 4 == 0\n  output y = relu(x)\n}')
  assert.equal(lines(graph), [' model M(n: 2, H = H, W = W) x 0 → y 1'])
})

s.run()
