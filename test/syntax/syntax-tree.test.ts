import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { calleeName } from '../../src/compiler/syntax/callee-name.ts'
import { syntaxTreeOf } from '../../src/compiler/syntax/syntax-tree.ts'
import type { Span } from '../../src/compiler/text/source.ts'
import { astOf } from './show-ast.ts'

const s = suite('what stands where in a file')

const text = `block B(x: [H, W, C], wide: int = C * 2) -> [H, W, 8] {
  y = (x |> conv(8, 3x3)) |> freeze fuse.add(x) as joined |> relu
  for i in range(wide) { z = (1 + i) * 2 + i }
  return y
}`

const ast = astOf(text)
const tree = syntaxTreeOf(ast)
const [block] = ast.declarations

/** The place of the first text like this. */
function placeOf(part: string): Span {
  const start = text.indexOf(part)
  assert.ok(start >= 0, part)
  return { source: block!.span.source, start, end: start + part.length }
}

const found = (part: string): string | undefined => tree.expressionAt(placeOf(part))?.kind

s('expressions are found by their places, in parameters, results and inside loops', () => {
  assert.is(found('conv(8, 3x3)'), 'call')
  assert.is(found('[H, W, C]'), 'list')
  assert.is(found('C * 2'), 'chain')
  assert.is(found('[H, W, 8]'), 'list')
  assert.is(found('range(wide)'), 'call')
  assert.is(found('relu'), 'name')
  assert.is(found('fuse.add'), 'member')
})

s('what a chain or a pipe begins with is an expression too', () => {
  const product = tree.expressionAt(placeOf('(1 + i) * 2'))
  assert.is(product?.kind, 'chain')
  assert.is(product?.kind === 'chain' && product.rest.length, 1)
  const joined = tree.expressionAt(placeOf('(x |> conv(8, 3x3)) |> freeze fuse.add(x) as joined'))
  assert.is(joined?.kind, 'pipe')
  assert.is(joined?.kind === 'pipe' && joined.steps.length, 1)
})

s('what is no expression is none', () => {
  assert.is(found('conv(8'), undefined)
  assert.is(found('for i in'), undefined)
})

s('an expression knows what it is part of', () => {
  const call = tree.expressionAt(placeOf('conv(8, 3x3)'))!
  assert.is(tree.around(call)?.kind, 'pipe')
  const size = tree.expressionAt(placeOf('3x3'))!
  assert.is(tree.around(size), call)
})

s('statements are found, those in loops as well', () => {
  assert.is(tree.statementAt(placeOf('return y'))?.kind, 'return')
  assert.is(tree.statementAt(placeOf('z = (1 + i) * 2 + i'))?.kind, 'assign')
  assert.is(tree.statementAt(placeOf('z = (1 + i)')), undefined)
})

s('a call or an op has the name that is written', () => {
  assert.is(calleeName(tree.expressionAt(placeOf('conv(8, 3x3)'))), 'conv')
  assert.is(calleeName(tree.expressionAt(placeOf('fuse.add(x)'))), 'fuse.add')
  assert.is(calleeName(tree.expressionAt(placeOf('relu'))), 'relu')
  assert.is(calleeName(tree.expressionAt(placeOf('C * 2'))), undefined)
})

s.run()
