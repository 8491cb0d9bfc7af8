import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Advise, Causes } from '../../src/compiler/elaborate/context.ts'
import { checkDeclarations, elaborateModel } from '../../src/compiler/elaborate/index.ts'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { compileText } from '../compile-text.ts'

const s = suite('what mends each mistake')

interface Case {
  /** What stands before the model. */
  readonly before?: string
  /** The shape of the model's input x, [32, 32, 3] unless said otherwise. */
  readonly input?: string
  /** The statements of the model behind its input. */
  readonly body: string
  /** The titles of what is offered. */
  readonly fixes: readonly string[]
  /** What the first fix writes for what; none where nothing is offered. */
  readonly edit?: readonly [written: string, instead: string]
  readonly notes?: readonly string[]
  /** All notes, also those of mistakes without fixes. */
  readonly said?: readonly string[]
}

const cases: { readonly [K in keyof Causes]: readonly [Case, ...Case[]] } = {
  'wrong-kind': [
    { body: 'output y = x |> conv("64")', fixes: ['write 64'], edit: ['"64"', '64'] },
    { body: 'output y = x |> conv(3x3, 64)', fixes: ['write 64, 3x3'], edit: ['3x3, 64', '64, 3x3'] },
    {
      body: 'output y = x |> conv(8, bias: 0)',
      fixes: ['write false'],
      edit: ['0', 'false'],
      notes: ['the bools are true and false'],
    },
  ],
  'not-a-tensor': [
    { body: 'output y = relu', fixes: ['write relu(x)'], edit: ['relu', 'relu(x)'] },
    {
      before: 'block Two(x: [H, W, C]) -> (first: like x, second: like x) {\n  return x, x\n}\n',
      body: 'output y = Two(x)',
      fixes: ['take its first: .first', 'take its second: .second'],
      edit: ['Two(x)', 'Two(x).first'],
    },
  ],
  'undecided-comparison': [
    {
      input: '[H, W, 3]',
      body: 'n = if H > 3 then 1 else 2\n  output y = conv(x, n)',
      fixes: [],
      said: ['it is false for H = 1', 'it is known with `where H >= 4` at the input'],
    },
  ],
  'not-a-block': [{ body: 'layer f = relu(x)\n  output y = x |> f', fixes: [], said: ['leave a hole for the input: layer f = conv(_, 64, 3x3)'] }],
  'not-callable': [
    {
      body: 'output y = x(3)',
      fixes: [],
      said: [
        'a tensor is passed to an op: x |> conv(64), or conv(x, 64); what is used again with the same weights is a layer: layer f = conv(_, 64)',
      ],
    },
  ],
  'several-holes': [
    { body: 'output y = x |> fuse.add(_, _)', fixes: [], said: ['to pass a value twice, name it first: a = …, then f(a, a)'] },
  ],
  'shared-weight': [
    {
      body: 'layer f = conv(_, 4)\n  output y = f(x) |> f',
      fixes: ['declare layer f_2, with weights of its own, and use it here'],
      edit: ['4)\n  output y = f(x) |> f', '4)\n  layer f_2 = conv(_, 4)\n  output y = f(x) |> f_2'],
    },
  ],
  'hole-alone': [{ body: 'output y = _', fixes: [], said: ['write the value that is meant here'] }],
  'not-a-list': [
    {
      body: 'y = x\n  for i in 3 { y = relu(y) }\n  output z = y',
      fixes: ['write range(3)'],
      edit: ['in 3', 'in range(3)'],
      notes: ['to count, write range(3)'],
    },
    {
      body: 'output y = fuse.concat(...x, x)',
      fixes: ['leave out the dots'],
      edit: ['...x', 'x'],
      notes: ['one map is passed without the dots'],
    },
  ],
  'not-indexable': [
    {
      before: 'block Two(x: [H, W, C]) -> (first: like x, second: like x) {\n  return x, x\n}\n',
      body: 'r = Two(x)\n  output y = r[0]',
      fixes: ['write .first'],
      edit: ['[0]', '.first'],
    },
  ],
  'index-count': [
    { body: 'output y = x[0]', fixes: ['write gather.channels(x, [0])'], edit: ['x[0]', 'gather.channels(x, [0])'] },
    { body: 'output y = x[:2]', fixes: ['write x[:, :, :2]'], edit: ['[:', '[:, :, :'] },
    { body: 'output y = x[..., [0, 2]]', fixes: ['write gather.channels(x, [0, 2])'], edit: ['x[..., [0, 2]]', 'gather.channels(x, [0, 2])'] },
    { body: 'n = [[2, 4]]\n  output y = conv(x, n[0, 1])', fixes: ['write n[0][1]'], edit: ['0, 1', '0][1'] },
  ],
  'index-out-of-range': [
    {
      body: 'param w: [2] = ones\n  output y = w[1] * x + w[2] * x',
      fixes: [],
      said: ['a sum of maps by trained weights is fuse.convex(a, b), which has a weight for each map'],
    },
  ],
  'not-a-number': [
    { body: 'output y = x |> conv("2" * 4)', fixes: ['write 2'], edit: ['"2"', '2'] },
  ],
  'float-for-int': [
    { body: 'output y = x |> conv(8.0)', fixes: ['write 8'], edit: ['8.0', '8'] },
  ],
  'operator-of-lists': [
    {
      body: 'n = [relu] * 3\n  output y = x |> n[2]',
      fixes: [],
      said: ['to repeat an element, write [for i in range(3): x]; to compute with each, [for x in list: 2 * x]'],
    },
    {
      body: 'n = [x] - [x]\n  output y = n[0]',
      fixes: [],
      said: ['to compute with the elements of two lists, write [for [a, b] in zip(…, …): a - b]'],
    },
    {
      body: 'n = []\n  n = n + x + [relu(x)]\n  output y = fuse.add(...n)',
      fixes: ['write [...n, x, relu(x)]'],
      edit: ['n + x + [relu(x)]', '[...n, x, relu(x)]'],
      notes: ['to join lists, spread them: [...a, ...b]'],
    },
    {
      body: 'n = [1, 2] + [3]\n  output y = conv(x, n[2])',
      fixes: ['write [1, 2, 3]'],
      edit: ['2] + [3', '2, 3'],
      notes: ['to join lists, spread them: [...a, ...b]'],
    },
  ],
  'unequal-targets': [
    {
      before: 'block Two(x: [H, W, C]) -> (first: like x, second: like x) {\n  return x, x\n}\n',
      body: 'a, b, c = Two(x)\n  output y = a',
      fixes: [],
      said: ['Two gives first, second'],
    },
  ],
  'several-results': [
    {
      before: 'block Two(x: [H, W, C]) -> (first: like x, second: like x) {\n  return x, x\n}\n',
      body: 'output y = Two(x) |> relu',
      fixes: ['take its first: .first', 'take its second: .second'],
      edit: ['Two(x) ', 'Two(x).first '],
    },
  ],
  'missing-argument': [
    { body: 'output y = conv(8)', fixes: ['pass x: conv(x, 8)'], edit: ['8', 'x, 8'] },
    { body: 'output y = relu()', fixes: ['pass x: relu(x)'], edit: ['relu(', 'relu(x'] },
    { body: 'output y = x |> conv2d(groups: 1)', fixes: [] },
    { body: 'output y = matmul(x)', fixes: [] },
  ],
  'too-few-arguments': [
    {
      body: 'a = relu(x)\n  output y = fuse.add([a, x])',
      fixes: ['write a, x'],
      edit: ['[a, x]', 'a, x'],
    },
    {
      body: 'maps = [x, relu(x)]\n  output y = maps |> fuse.concat(axis: 0)',
      fixes: ['write fuse.concat(...maps, axis: 0)'],
      edit: ['maps |> fuse.concat(axis: 0)', 'fuse.concat(...maps, axis: 0)'],
    },
    { body: 'a = relu(x)\n  output y = fuse.add(x)', fixes: ['combine it with a'], edit: ['fuse.add(x', 'fuse.add(x, a'] },
  ],
  'too-many-arguments': [
    { body: 'output y = x |> relu(6)', fixes: ['write relu6'], edit: ['relu(6)', 'relu6'] },
  ],
  'unknown-argument': [
    {
      body: 'output y = x |> conv(8, strides: 2)',
      fixes: ['call it stride'],
      edit: ['strides', 'stride'],
      notes: ['did you mean stride?'],
    },
    { body: 'output y = x |> conv(8, in_channels: 3)', fixes: ['leave out in_channels: 3'], edit: ['8, in_channels: 3', '8'] },
  ],
  'unknown-option': [
    {
      body: 'param k: [1, 1, 3, 4] = zeros, frozen: true\n  output y = conv2d(x, k)',
      fixes: ['write trainable: false'],
      edit: ['frozen: true', 'trainable: false'],
    },
  ],
  'unknown-name': [
    { body: 'output y = x |> rleu', fixes: ['use relu'], edit: ['rleu', 'relu'], notes: ['did you mean relu?'] },
    { body: 'n = [1, 2]\n  output y = conv(x, len(n))', fixes: ['write n.length'], edit: ['len(n)', 'n.length'] },
    {
      body: 'p = same\n  output y = conv(x, 4, padding: p)',
      fixes: [],
      said: ['same is a word of padding: it has a meaning only where one of these is wanted'],
    },
    {
      body: 'a = conv(x, 4, 1x1) as stem\n  output y = stem + a',
      fixes: [],
      said: ['to read it, give it a name of its own: stem = …, and go on from that'],
    },
    {
      body: 'if true { a = relu(x) }\n  output y = a',
      fixes: [],
      said: ['assign a before that body, and its value is carried through and out of it'],
    },
    { body: 'output y = conv(x, 4, padding: sam)', fixes: ['use same'], edit: ['sam', 'same'] },
  ],
  'unknown-like': [
    {
      before: 'block B(map: [H, W, C]) -> like mpa {\n  return map\n}\n',
      body: 'output y = B(x)',
      fixes: ['write like map'],
      edit: ['mpa', 'map'],
      notes: ['did you mean map?'],
    },
    {
      before: 'block B(map: [H, W, C]) -> like result {\n  return map\n}\n',
      body: 'output y = B(x)',
      fixes: ['write like map'],
      edit: ['result', 'map'],
    },
  ],
  'unknown-type': [
    {
      before: 'block B(x: [H, W, C], n: integer = 3) -> like x {\n  return x\n}\n',
      body: 'output y = B(x)',
      fixes: ['use int'],
      edit: ['integer', 'int'],
    },
  ],
  'unknown-member': [
    { body: 'output y = conv(x, x.chanels)', fixes: ['use .channels'], edit: ['x.chanels', 'x.channels'] },
    { body: 'output y = x.relu', fixes: ['an op follows a pipe: x |> relu'], edit: ['x.relu', 'x |> relu'] },
  ],
  'unknown-op': [
    { body: 'output y = x |> pool.average(2)', fixes: ['use pool.avg'], edit: ['pool.average', 'pool.avg'] },
  ],
  'family-alone': [
    {
      body: 'output y = x |> pool(2)',
      fixes: [],
      said: ['it has pool.max, pool.avg, pool.global, pool.global_max'],
    },
  ],
  'misplaced-statement': [
    {
      before: 'block B(x: [H, W, C]) -> like x {\n  output y = relu(x)\n}\n',
      body: 'output z = B(x)',
      fixes: ['write return relu(x)'],
      edit: ['output y =', 'return'],
    },
  ],
  'no-return': [
    {
      before: 'block B(x: [H, W, C]) -> like x {\n  y = relu(x)\n}\n',
      body: 'output z = B(x)',
      fixes: ['end it with return y'],
      edit: ['relu(x)\n', 'relu(x)\n  return y\n'],
    },
  ],
  'no-output': [
    { body: 'y = relu(x)', fixes: ['write output y = …'], edit: ['y', 'output y'] },
  ],
  'repeated-path': [
    {
      body: 'output y = x |> conv(4) as _ |> relu |> conv(4) as _',
      fixes: ['call it conv'],
      edit: ['as _ |> relu |> conv(4) as _', 'as _ |> relu |> conv(4) as conv'],
    },
  ],
  'repeated-label': [
    {
      body: 'output y = x |> conv(4) as a |> conv(4) as a',
      fixes: ['call it a_2'],
      edit: ['|> conv(4) as a |> conv(4) as a', '|> conv(4) as a |> conv(4) as a_2'],
    },
  ],
  'idle-label': [{ body: 'output y = relu(x) as a', fixes: ['leave `as a` out'], edit: [' as a', ''] }],
  'missing-where': [
    {
      input: '[H, 32, 3]',
      body: 'y = x |> pool.max(2) |> resize(scale: 2)\n  output z = x + y',
      fixes: ['require it of the input: input x: [H, 32, 3] where H % 2 == 0'],
      edit: ['3]', '3] where H % 2 == 0'],
    },
  ],
  'failed-requirement': [
    {
      body: 'n = 7\n  require n % 4 == 0, "four"\n  output y = conv(x, n)',
      fixes: ['write 8, which 4 divides'],
      edit: ['7', '8'],
    },
  ],
  'not-a-condition': [
    { body: 'output y = if x.channels then relu(x) else x', fixes: ['write x.channels != 0'], edit: ['then', '!= 0 then'] },
  ],
  'not-ordered': [
    { body: 'output y = if x.channels > "3" then relu(x) else x', fixes: ['write 3'], edit: ['"3"', '3'] },
  ],
  'wrong-rank': [
    {
      body: 'output y = x |> dense(10)',
      fixes: ['write flatten |> dense(10)', 'write pool.global |> dense(10)'],
      edit: ['dense', 'flatten |> dense'],
    },
  ],
  'wrong-extents': [
    {
      before: 'block Head(p: [H, W, 1]) -> [_] {\n  return p |> pool.global |> dense(2)\n}\n',
      body: 'output y = Head(x)',
      fixes: ['make it grey: x |> reduce.mean(axis: 2, keep: true)'],
      edit: ['Head(x', 'Head(x |> reduce.mean(axis: 2, keep: true)'],
    },
  ],
  'wrong-annotation': [
    {
      body: 'y: [32, 32, 4] = x |> conv(4, 3x3)\n  output z = relu(y)',
      fixes: ['write padding: same in conv(4, 3x3)', 'write [30, 30, 4]'],
      edit: ['3x3', '3x3, padding: same'],
    },
  ],
  'wrong-result': [
    {
      before: 'block B(p: [H, W, C]) -> [H, W, C] {\n  return p |> conv(C, 3x3)\n}\n',
      body: 'output y = B(x)',
      fixes: ['write padding: same in conv(C, 3x3)'],
      edit: ['3x3', '3x3, padding: same'],
    },
  ],
  'missing-results': [
    {
      before: 'block B(p: [H, W, C]) -> (a: like p, b: like p) {\n  b = relu(p)\n  return p\n}\n',
      body: 'a, b = B(x)\n  output y = a + b',
      fixes: ['return b too'],
      edit: ['return p', 'return p, b'],
    },
  ],
  'symbolic-weight': [
    {
      input: '[H, W, 3]',
      body: 'output y = x |> flatten |> dense(10)',
      fixes: ['write pool.global for flatten'],
      edit: ['flatten', 'pool.global'],
    },
    { input: '[3, H, W]', body: 'output y = x |> conv(8, 3x3)', fixes: ['write [H, W, 3]'], edit: ['3, H, W', 'H, W, 3'] },
  ],
  'empty-weight': [
    {
      body: 'output y = x |> conv(floor(x.channels / 4), 3x3)',
      fixes: ['write max(1, floor(x.channels / 4))'],
      edit: ['floor(x.channels / 4', 'max(1, floor(x.channels / 4)'],
    },
  ],
  'refused-call': [
    {
      body: 'output y = x |> conv(4, 33x33)',
      fixes: ['write padding: same, with which any window fits', 'write 32x32', 'write input x: [33, 33, 3]'],
      edit: ['33x33', '33x33, padding: same'],
    },
    {
      body: 'output y = fuse.concat(x, x |> pool.max(2))',
      fixes: ['write x |> pool.max(2) |> align(like: x)'],
      edit: ['2)', '2) |> align(like: x)'],
    },
  ],
}

const textOf = ({ before = '', input = '[32, 32, 3]', body }: Case): string =>
  `${before}model M {\n  input x: ${input}\n  ${body}\n}\n`

/** The kinds of all causes that the elaboration of a text meets. */
function causesIn(text: string): ReadonlySet<string> {
  const met = new Set<string>()
  const advise: Advise = ({ kind }) => {
    met.add(kind)
    return {}
  }
  const modules = new Modules({ ...nodeHost, read: () => undefined }, new Reporter())
  const module = modules.file('model.fmw', text)
  const under = { reporter: new Reporter(), advise }
  for (const declaration of module.ast.declarations)
    if (declaration.kind === 'model') elaborateModel(declaration, module, new Map(), modules, under)
  checkDeclarations(module, modules, under)
  return met
}

for (const [cause, examples] of Object.entries(cases)) {
  for (const example of examples) {
    s(`${cause}: ${example.body.replaceAll('\n ', ',')}`, () => {
      const text = textOf(example)
      const met = causesIn(text)
      assert.ok(met.has(cause), `met: ${[...met].join(', ')}`)

      const { diagnostics } = compileText(text)
      const mended = diagnostics.filter(({ fixes }) => fixes.length > 0)
      const errors = diagnostics.map(({ message }) => message).join('\n')
      const offered = mended.flatMap(({ fixes }) => fixes)
      assert.equal(offered.map(({ title }) => title), example.fixes, errors)
      if (example.said) assert.equal(diagnostics.flatMap(({ notes }) => notes), example.said, errors)
      if (example.notes) assert.equal(mended.flatMap(({ notes }) => notes), example.notes, errors)

      const { edit } = example
      assert.is(edit === undefined, offered.length === 0, 'what the first fix writes is to be said')
      if (!edit) return
      const [written, instead] = edit
      assert.is(text.split(written).length, 2, `${written} stands once in the text`)
      assert.is(applyFixes(offered.slice(0, 1)).texts.get('model.fmw'), text.replace(written, () => instead))
    })
  }
}

s('every cause has an example of which something is offered or said', () => {
  const isIdle = ({ fixes, said }: Case): boolean => fixes.length === 0 && said === undefined
  const without = Object.entries(cases).filter(([, examples]) => examples.every(isIdle))
  assert.equal(without.map(([cause]) => cause), [])
})

s.run()
