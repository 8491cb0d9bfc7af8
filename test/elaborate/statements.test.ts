import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printShape } from '../../src/compiler/dim/print.ts'
import { weightsOf } from '../../src/compiler/graph/graph.ts'
import { codesOf, compileText, graphOf } from '../compile-text.ts'

const statements = suite('statements and expressions')

const model = (body: string): string => `model M { input x: [8, 8, 3]\n${body}\n}`
const paths = (body: string): readonly string[] => weightsOf(graphOf(model(body))).map(({ path }) => path)
const shape = (body: string): string => printShape(graphOf(model(body)).outputs[0]!.node.type.shape)
const codes = (body: string): readonly string[] => codesOf(model(body))

/** The value of a compile-time expression, seen as the number of filters. */
const number = (expr: string, before = ''): string =>
  shape(`${before}\n output y = x |> conv(${expr}, 1x1)`).replace(/.* (\d+)\]$/, '$1')

statements('a loop carries the names that exist before it, and ends the others with itself', () => {
  assert.equal(paths('for i in range(3) { x = conv(x, 4 + i, 1x1, bias: false) }\n output y = x'), [
    'x/0/conv/kernel',
    'x/1/conv/kernel',
    'x/2/conv/kernel',
  ])
  assert.equal(codes('for i in range(3) { z = relu(x) }\n output y = z'), ['name/unknown'])
  assert.is(shape('for i in range(3) { x = pool.max(x, 2) }\n output y = x'), '[1, 1, 3]')
})

statements('a remainder has the sign of its divisor, of ints and of floats', () => {
  assert.is(number('-7 % 3'), '2')
  assert.is(number('9 + 7 % -3'), '7')
  assert.is(number('floor((-5.5 % 2.0) * 8)'), '4')
  assert.is(number('floor(9 + (5.5 % -2.0) * 4)'), '7')
})

statements('patterns take lists apart, also in nested loops', () => {
  assert.equal(
    paths(
      'for [width, count] in [[4, 2], [5, 1]] { for i in range(count) { x = conv(x, width, 1x1, bias: false) } }\n output y = x',
    ),
    ['x/0/0/conv/kernel', 'x/0/1/conv/kernel', 'x/1/0/conv/kernel'],
  )
  assert.equal(codes('for [a, b] in [[1, 2, 3]] { x = relu(x) }\n output y = x'), ['type/mismatch'])
})

statements('a condition as a statement carries names in the same way', () => {
  assert.is(shape('if x.channels == 3 { x = conv(x, 5, 1x1) } else { x = conv(x, 7, 1x1) }\n output y = x'), '[8, 8, 5]')
  assert.is(
    shape('if x.channels == 4 { x = conv(x, 5, 1x1) } else if x.rank == 3 { x = conv(x, 7, 1x1) }\n output y = x'),
    '[8, 8, 7]',
  )
})

statements('the branch that is not taken is never elaborated', () => {
  assert.is(shape('output y = if x.channels == 3 then relu(x) else conv(x, 0)'), '[8, 8, 3]')
  assert.equal(codes('output y = if x.channels == 4 then relu(x) else conv(x, 0)'), ['shape/empty'])
})

statements('a name that means nothing is found wherever it stands, also where no model gets', () => {
  assert.equal(codesOf('block Unused(x: [H, W, C]) -> [H, W, C] { return x |> rellu |> pool.maxx(2) |> conv(widht) }'), [
    'name/unknown',
    'name/unknown',
    'name/unknown',
  ])
  assert.equal(codes('output y = if x.channels == 3 then relu(x) else conx(x, 3)'), ['name/unknown'])
  assert.equal(
    codesOf(
      'block Fine(x: [H, W, C], padding: padding = same) -> [_, _, C] { return if padding == same then x else pool.max(x, 2, padding: valid) }',
    ),
    [],
  )
})

statements('arithmetic is exact, of sizes element by element', () => {
  assert.is(number('floor(7 / 2) + 10 % 4'), '5')
  assert.is(number('6 / 2'), '3')
  assert.is(number('max(2, 3, 1) * min([5, 4])'), '12')
  assert.is(number('a[0] * 10 + a[1]', 'a = floor(3x5 / 2) + 1'), '23')
  assert.is(number('ceil(2.1) + round(2.5) + abs(-3)'), '9')
  assert.is(number('[for i in range(10) if i % 3 == 1: i].length'), '3')
  assert.is(number('[for i in range(3) for j in range(i): i].length + 1'), '4')
  assert.is(number('zip([1, 2], [3, 4])[1][1] + enumerate([7])[0][1]'), '11')
  assert.is(number('if not (1 > 2) and (3 >= 3 or 1 / 0 > 1) then 6 else 7'), '6')
  assert.equal(codes('output y = x |> conv(7 / 2, 1x1)'), ['type/not-an-int'])
})

statements('a comprehension has its own names, which shadow, and numbers the paths of its weights', () => {
  assert.equal(
    paths(
      'i = 7\n a = [for i in [1, 2]: conv(x, i, 1x1, bias: false)]\n output y = fuse.concat(...a, conv(x, i, 1x1, bias: false))',
    ),
    ['a/0/conv/kernel', 'a/1/conv/kernel', 'y/conv/kernel'],
  )
})

statements('labels name a part, and repeated ops of a statement are numbered', () => {
  assert.equal(
    paths('output y = x |> conv(4, 1x1, bias: false) as stem |> conv(4, 1x1, bias: false) |> conv(4, 1x1, bias: false)'),
    ['stem/kernel', 'y/conv/kernel', 'y/conv_2/kernel'],
  )
  assert.equal(paths('x = conv(x, 4, 1x1, bias: false)\n x = conv(x, 4, 1x1, bias: false)\n output y = x'), [
    'x/conv/kernel',
    'x_2/conv/kernel',
  ])
})

statements('words win where an enum is wanted, and are names elsewhere', () => {
  assert.is(shape('valid = 3\n output y = x |> conv(valid, 3x3, padding: valid)'), '[6, 6, 3]')
  assert.is(
    shape('how = if x.channels == 3 then 1 else 2\n output y = x |> conv(2, 3x3, padding: if how == 1 then same else valid)'),
    '[8, 8, 2]',
  )
  assert.equal(codes('a = same\n output y = x'), ['name/unknown'])
})

statements('numbers and lists of numbers meet tensors as constants', () => {
  const { nodes } = graphOf(model('output y = 2 * x + [1, 2, 3] / (1 - x)'))
  assert.equal(
    nodes.flatMap((node) => (node.kind === 'constant' ? [node.values] : [])),
    [[2], [1], [1, 2, 3]],
  )
})

statements('weights have their initialiser, bounds and training as written', () => {
  const [w, s] = weightsOf(
    graphOf(
      model('param w: [3] = uniform(0, 1), within: [0, 1], trainable: false\n state s: [3] = [1, 2, 3]\n output y = x * w + s'),
    ),
  )
  assert.equal([w!.kind, w!.trainable, w!.within, w!.init], ['param', false, [0, 1], { kind: 'uniform', min: 0, max: 1 }])
  assert.equal([s!.kind, s!.trainable, s!.init], ['state', false, { kind: 'values', values: [1, 2, 3] }])
})

statements('a state may be annealed to its initial value, which is one number', () => {
  const [t] = weightsOf(graphOf(model('state t: [] = 1, annealed: 30\n output y = x / t')))
  assert.equal([t!.kind, t!.init, t!.annealed], ['state', { kind: 'constant', value: 1 }, 30])
  for (const wrong of [
    'param t: [] = 1, annealed: 30',
    'state t: [3] = [1, 2, 3], annealed: 30',
    'state t: [] = 1, annealed: true',
  ]) {
    assert.equal(
      compileText(model(`${wrong}\n output y = x / t`)).diagnostics.map(({ code }) => code),
      ['type/mismatch'],
      wrong,
    )
  }
})

statements('a mistake is said once and is silent in everything that depends on it', () => {
  const { diagnostics } = compileText(
    model(
      'a = x |> conv(4, 9x9)\n b = a |> pool.max(2) |> norm.batch\n c, d = b\n for i in b { x = relu(x) }\n output y = fuse.add(a, b, c) |> dense(3)',
    ),
  )
  assert.equal(diagnostics.map(({ code }) => code), ['shape/window-too-large'])
})

statements('all mistakes of a file are said in one run', () => {
  assert.equal(
    codes('a = x |> conv(4, 9x9)\n b = x |> conf(3)\n c = x |> conv(4, strides: 2)\n output y = x |> gather.channels([3])'),
    ['shape/window-too-large', 'name/unknown', 'call/unknown-argument', 'shape/index'],
  )
})

statements('keywords are names except at the beginning of a statement', () => {
  assert.is(shape('input = x\n model = relu(input)\n output y = model |> gather.mask(from: input)'), '[8, 8, 3]')
})

statements('a line that begins with an operator or pipe goes on, one that begins with a bracket does not', () => {
  assert.is(shape('a = (x\n   |> relu)\n   + x\n output y = a'), '[8, 8, 3]')
  assert.equal(codes('a = relu\n (x)\n output y = x'), ['syntax/unexpected'])
})

statements.run()
