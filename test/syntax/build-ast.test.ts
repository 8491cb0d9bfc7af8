import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Expr } from '../../src/compiler/syntax/ast.ts'
import { childrenOf } from '../../src/compiler/syntax/children.ts'
import { outerSpan } from '../../src/compiler/syntax/outer-span.ts'
import { textOf } from '../../src/compiler/text/source.ts'
import { anyExpression, anyProgram } from '../grammar/random-program.ts'
import { astOf, expressionOf, showDeclaration, showExpression, showStatement } from './show-ast.ts'

const ast = suite('build-ast')

const show = (text: string): string => showExpression(expressionOf(text))

/** The statements of a model's body. */
function statementsOf(text: string): readonly string[] {
  const [model] = astOf(`model M {\n${text}\n}`).declarations
  if (model?.kind !== 'model') throw new Error('no model was read')
  return model.body.map(showStatement)
}

ast('operators group by precedence, those of one level to the left', () => {
  assert.is(show('a + b * c - d'), '((a + (b * c)) - d)')
  assert.is(show('a / b / c % d'), '(((a / b) / c) % d)')
  assert.is(show('a or b and not c == d + 1'), '(a or (b and (not (c == (d + 1)))))')
  assert.is(show('a and b and c'), '(a and b and c)')
  assert.is(show('not not a'), '(not (not a))')
  assert.is(show('-a * --b'), '((- a) * (- (- b)))')
  assert.is(show('freeze f(x).y[0] + 1'), '((freeze f(x).y[0]) + 1)')
  assert.is(show('- freeze a.b'), '(- (freeze a.b))')
})

ast('a pipe takes everything before it, and its steps are calls', () => {
  assert.is(show('a + b |> f(1) |> g.h as s |> k'), '((a + b) |> f(1) |> g.h as s |> k)')
  assert.is(show('f(x) as first |> g'), '((f(x) as first) |> g)')
  assert.is(show('a + b as sum'), '((a + b) as sum)')
  assert.is(show('x + (y |> f)'), '(x + (y |> f))')
})

ast('the branches of a choice reach as far right as they can', () => {
  assert.is(show('if a then b |> f else c |> g'), '(if a then (b |> f) else (c |> g))')
  assert.is(show('if a then b else if c then d else e as l'), '(if a then b else (if c then d else (e as l)))')
})

ast('calls, indices and members apply in the order of the text', () => {
  assert.is(show('a.b(c)[d].e(f)(g)'), 'a.b(c)[d].e(f)(g)')
})

ast('an argument that is only a name and a colon is the value of that name', () => {
  assert.equal(childrenOf(expressionOf('f(stride:)')).map(showExpression), ['f', 'stride'])
  assert.is(show('f(x, ...l, k: 3, stride:)'), 'f(x, ...l, k: 3, stride:)')
})

ast('numbers keep what they are', () => {
  assert.is(show('[3, 3.0, 1e3, 1e-5, 3x5, 224x224]'), '[3, 3.0, 1000.0, 0.00001, 3x5, 224x224]')
})

ast('a text is characters and expressions', () => {
  const parts = (text: string): readonly string[] => {
    const expr = expressionOf(text)
    if (expr.kind !== 'text') throw new Error('no text')
    return expr.parts.map((part) => (typeof part === 'string' ? part : `<${showExpression(part)}>`))
  }
  assert.equal(parts('""'), [''])
  assert.equal(parts('"{n}"'), ['<n>'])
  assert.equal(parts('"a {n + 1} of {x.channels}"'), ['a ', '<(n + 1)>', ' of ', '<x.channels>'])
  assert.equal(parts('"\\n\\t\\"\\\\\\{n\\}"'), ['\n\t"\\{n}'])
  assert.equal(parts('"\\q {"'), ['\\q {'])
})

ast('an expression in a text has its own place in the file', () => {
  const expr = expressionOf('"at {n} of {m}"')
  assert.equal(
    childrenOf(expr).map(({ span }) => [textOf(span), span.start]),
    [
      ['n', 5],
      ['m', 12],
    ],
  )
})

ast('lists hold values, spreads and comprehensions', () => {
  assert.is(
    show('[1, ...a, for i in b if c if d for [j, _] in e: f, 2]'),
    '[1, ...a, for i in b if c if d for [j, _] in e: f, 2]',
  )
})

ast('statements are read as they are written', () => {
  assert.equal(statementsOf('input x: [H, 3] where H > 2, H % 2 == 0'), ['input x: [H, 3] where (H > 2), ((H % 2) == 0)'])
  assert.equal(statementsOf('output y\noutput z: [3] = y'), ['output y #y', 'output z: [3] = y #z'])
  assert.equal(statementsOf('param p: [] = 0.5, within: [0, 1], trainable: false'), [
    'param p: [] = 0.5, within: [0, 1], trainable: false #p',
  ])
  assert.equal(statementsOf('state s: [3] = ones'), ['state s: [3] = ones #s'])
  assert.equal(statementsOf('layer f = conv(_, 3)'), ['layer f = conv(_, 3) #f'])
  assert.equal(statementsOf('require a, "b {c}"\nrequire a'), ['require a, "b {c}"', 'require a'])
  assert.equal(statementsOf('for [i, _] in a { b = i }'), ['for [i, _] in a { b = i #b }'])
  assert.equal(statementsOf('a, [b, _] = c'), ['a, [b, _] = c #a'])
  assert.equal(statementsOf('return a, b'), ['return a, b'])
})

ast('an else if is an if in the else', () => {
  assert.equal(statementsOf('if a { b = 1 } else if c { } else { d = 2 }'), [
    'if a { b = 1 #b } else { if c {  } else { d = 2 #d } }',
  ])
})

ast('declarations are read as they are written', () => {
  const shown = (text: string): readonly string[] => astOf(text).declarations.map(showDeclaration)
  assert.equal(shown('const A = 3 const f(n: int, m: float = 2.5) = n'), ['const A = 3', 'const f(n: int, m: float = 2.5) = n'])
  assert.equal(shown('block F(x: [...S, C]..., l: int[][] = [], u: block? = none) -> (a: [S], like x, tensor) { return x }'), [
    'block F(x: [...S, C]..., l: int[][] = [], u: block? = none) -> (a: [S], like x, tensor) { return x }',
  ])
  assert.equal(shown('model M { output y = 1 } model N(n: int) { }'), ['model M() { output y = 1 #y }', 'model N(n: int) {  }'])
})

ast('imports keep both names', () => {
  const [imported] = astOf('import { A, B as C } from "./x.fmw"').imports
  assert.equal(
    imported!.names.map(({ name, as }) => [name.name, as.name]),
    [
      ['A', 'A'],
      ['B', 'C'],
    ],
  )
  assert.is(imported!.from, './x.fmw')
  assert.is(textOf(imported!.fromSpan), '"./x.fmw"')
})

ast('the documentation of a declaration is the run of /// lines right above it', () => {
  const { declarations } = astOf(`/// far away

/// First line.
///   Second line.
model A { }
// a comment between
/// Of B.
const B = 3
/// not of C

block C() { }
model D { } /// behind`)
  assert.equal(
    declarations.map(({ name, doc }) => [name.name, doc]),
    [
      ['A', 'First line.\n  Second line.'],
      ['B', 'Of B.'],
      ['C', ''],
      ['D', ''],
    ],
  )
})

ast('a statement gives paths its name, numbered by how often the body assigns it in the text', () => {
  assert.equal(
    statementsOf('a = 1\na = 2\nb = 3\na: [3] = 4').map((text) => text.split('#')[1]),
    ['a', 'a_2', 'b', 'a_3'],
  )
  assert.equal(statementsOf('if c { a = 1 } else { a = 2 }\nfor i in l { a = 3 }\na = 4'), [
    'if c { a = 1 #a } else { a = 2 #a_2 }',
    'for i in l { a = 3 #a_3 }',
    'a = 4 #a_4',
  ])
  assert.equal(
    statementsOf('_, a = f\n_ = g\n[_, [b, c]], d = h\nparam a: [] = 1\nlayer a = k\noutput a = 2\noutput a').map(
      (text) => text.split('#')[1],
    ),
    ['a', '_', 'b', 'a_2', 'a_3', 'a_4', 'a'],
  )
})

ast('bodies count for themselves', () => {
  const segments = astOf('model A { x = 1 x = 2 } block B() { x = 3 }').declarations.map(showDeclaration)
  assert.equal(segments, ['model A() { x = 1 #x; x = 2 #x_2 }', 'block B() -> () { x = 3 #x }'])
})

ast('what cannot be read is missing, and the rest is there', () => {
  assert.equal(
    statementsOf('a = 1\nb = = 2\nc = 3').filter((text) => /^[ac] /.test(text)),
    ['a = 1 #a', 'c = 3 #c'],
  )
  assert.is(show('1 + '), '(1 + <missing>)')
  assert.is(show(''), '<missing>')
  assert.is(show('3xn'), '<missing>')
})

/** An expression and everything in it. */
const all = (expr: Expr): readonly Expr[] => [expr, ...childrenOf(expr).flatMap(all)]

ast('an expression knows the outermost parentheses around it', () => {
  const outer = (text: string): readonly (string | undefined)[] =>
    all(expressionOf(text)).map(({ outer }) => outer && textOf(outer))
  assert.equal(outer('( (a) )'), ['( (a) )'])
  assert.equal(outer('f(a)'), [undefined, undefined, undefined])
  assert.equal(outer('f((a))'), [undefined, undefined, '(a)'])
  assert.equal(outer('2 * (a + b)'), [undefined, undefined, '(a + b)', undefined, undefined])
})

ast('what begins or ends in parentheses has them in its place', () => {
  for (const text of ['(f)(x)', '(a + b)[0]', '(a).b', '-(a)', 'not (a)', 'freeze (f)', '(a + b) as c', '(a) |> f', '(a) + (b)'])
    assert.is(textOf(expressionOf(text).span), text)
})

ast('every expression stands where it says, inside of the one around it', () => {
  fc.assert(
    fc.property(anyExpression, (text) => {
      for (const expr of all(expressionOf(text))) {
        assert.ok(expr.span.start < expr.span.end, showExpression(expr))
        for (const child of childrenOf(expr))
          assert.ok(expr.span.start <= outerSpan(child).start && outerSpan(child).end <= expr.span.end, showExpression(expr))
      }
    }),
    { numRuns: 300 },
  )
})

ast('an expression with its grouping written out is the same expression', () => {
  fc.assert(
    fc.property(anyExpression, (text) => {
      const shown = show(text)
      assert.not.match(shown, '<missing>')
      assert.is(show(shown), shown)
    }),
    { numRuns: 300 },
  )
})

ast('every text that is cut off gives a tree', () => {
  fc.assert(
    fc.property(anyProgram, fc.nat(), (text, cut) => {
      astOf(text.slice(0, cut % (text.length + 1))).declarations.map(showDeclaration)
    }),
    { numRuns: 200 },
  )
})

ast.run()
