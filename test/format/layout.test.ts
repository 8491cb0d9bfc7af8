import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatText } from '../../src/format/format-text.ts'

const layout = suite('the layout of a text')

/** Statements of a model as they are laid out. */
function statements(text: string): string {
  const formatted = formatText(`model M {\n${text}\n}`)
  if (formatted === undefined) throw new Error('it was not read')
  return formatted.split('\n').slice(1, -2).map((line) => line.replace(/^ {2}/, '')).join('\n')
}

layout('spaces stand around operators and behind commas and colons, and nowhere else', () => {
  assert.is(statements('y=conv( x ,8,3x3 , padding :same,stride : ) [ 0 ] . height'), 'y = conv(x, 8, 3x3, padding: same, stride:)[0].height')
  assert.is(statements('z=-a*- -b+( 1-n )%2 /  c'), 'z = -a * --b + (1 - n) % 2 / c')
  assert.is(statements('ok=not a==b and c<=d or not   not e'), 'ok = not a == b and c <= d or not not e')
  assert.is(statements('a,[b,_]:[H,W,3]=freeze  f(...xs)'), 'a, [b, _]: [H, W, 3] = freeze f(...xs)')
  assert.is(statements('p=x[ : ,1:2 , n+1 : m ,... ,k:]'), 'p = x[:, 1:2, n + 1 : m, ..., k:]')
  assert.is(statements('param w:[ ]=zeros ,trainable :false'), 'param w: [] = zeros, trainable: false')
})

layout('a list that is the only argument has the brackets of the call around its own', () => {
  assert.is(
    statements(`y = fuse.concat(...[for maps in the_maps_that_table_one_of_the_paper_names: previous |> gather.channels(maps) |> conv(1, 5x5, padding: same) as _])`),
    `y = fuse.concat(...[
  for maps in the_maps_that_table_one_of_the_paper_names:
    previous |> gather.channels(maps) |> conv(1, 5x5, padding: same) as _
])`,
  )
})

layout('a call that is too long has an argument on each line, with a comma behind the last', () => {
  assert.is(
    statements('y = mixture(previous, softmax(logits / temperature), filters, kernel:, stride:, padding:, dilation:, groups:, bias:, init:)'),
    `y = mixture(
  previous,
  softmax(logits / temperature),
  filters,
  kernel:,
  stride:,
  padding:,
  dilation:,
  groups:,
  bias:,
  init:,
)`,
  )
  assert.is(statements('y = f(\n  a,\n  b,\n)'), 'y = f(a, b)')
})

layout('a pipe that is too long has each step on its line, and keeps the rows that the text has', () => {
  assert.is(
    statements('y = x |> conv(64, 3x3, padding: same, bias: false) as first |> norm.batch(epsilon: 1e-5) |> relu |> conv(64, 3x3, padding: same)'),
    `y = x
  |> conv(64, 3x3, padding: same, bias: false) as first
  |> norm.batch(epsilon: 1e-5)
  |> relu
  |> conv(64, 3x3, padding: same)`,
  )
  assert.is(
    statements('y = x |> conv(8, 3x3) |> relu\n   |> conv(8, 3x3) |> relu'),
    `y = x
  |> conv(8, 3x3) |> relu
  |> conv(8, 3x3) |> relu`,
  )
  assert.is(statements('y = x |>\n relu |> tanh'), 'y = x |> relu |> tanh')
})

layout('operators, then and else begin their lines', () => {
  const long = 'a_name_of_thirty_five_letters_or_so'
  assert.is(statements(`y = ${long} + ${long} - ${long} + ${long}`), `y = ${long}\n  + ${long}\n  - ${long}\n  + ${long}`)
  assert.is(
    statements(`y = if ${long} == 1 then ${long} else if ${long} == 2 then ${long} else ${long}`),
    `y = if ${long} == 1 then ${long}
  else if ${long} == 2 then ${long}
  else ${long}`,
  )
  assert.is(
    statements(`require ${long} == 1, "a text that is long enough for a line of its own, since it does not fit behind the condition"`),
    `require ${long} == 1,
  "a text that is long enough for a line of its own, since it does not fit behind the condition"`,
  )
})

layout('a table keeps its rows, and its numbers stand below each other', () => {
  assert.is(statements('t = [-1, 2,\n 10, 4,\n 5]'), 't = [\n  -1,  2,\n  10,  4,\n   5,\n]')
  assert.is(statements('t = [[1, 16], [6, 24],\n [6, 32]]'), 't = [\n  [1, 16], [6, 24],\n  [6, 32],\n]')
  assert.is(statements('t = [\n a(1),\n b\n]'), 't = [a(1), b]')
  const many = Array.from({ length: 60 }, (_, i) => i).join(', ')
  const lines = statements(`t = [${many}]`).split('\n')
  assert.is(lines.length, 5)
  assert.match(lines[1]!, /^ {3}0, {2}1, {2}2, /)
})

layout('one blank line stays, more are one, and none stands inside of braces at their ends', () => {
  assert.is(statements('\n\na = 1\n\n\n\nb = 2\nc = 3\n\n'), 'a = 1\n\nb = 2\nc = 3')
})

layout('a body of one statement keeps its line, if it has one and fits', () => {
  assert.is(statements('for i in range(3){x=f(x)}'), 'for i in range(3) { x = f(x) }')
  assert.is(statements('if a {\n b = 1 }'), 'if a {\n  b = 1\n}')
  assert.is(statements('if a { b = 1 } else if c { b = 2 } else { b = 3 }'), 'if a { b = 1 } else if c { b = 2 } else { b = 3 }')
  assert.is(statements('if a { b = 1 } else {\n b = 2 }'), 'if a {\n  b = 1\n} else {\n  b = 2\n}')
})

layout('declarations have a blank line around models and blocks, and parameters break before results', () => {
  assert.is(
    formatText('import {A,B as C} from "./a.fmw"\nconst n=3\nconst f(a:int)=a+1\nblock B(x:[H,W,C]...,k:size?=none)->(a:[_,_,C],like x){return x,x}\nmodel M{input x:[8,8,1] where H>2,W>2\noutput a,b=f(x)}'),
    `import { A, B as C } from "./a.fmw"

const n = 3
const f(a: int) = a + 1

block B(x: [H, W, C]..., k: size? = none) -> (a: [_, _, C], like x) { return x, x }

model M {
  input x: [8, 8, 1] where H > 2, W > 2
  output a, b = f(x)
}
`,
  )
  const [head] = formatText(`block Long(${Array.from({ length: 12 }, (_, i) => `parameter${i}: int`).join(', ')}) -> [_, _, C] { return x }`)!.split('\n')
  assert.is(head, 'block Long(')
})

layout('a comment stays between the tokens between which it stands', () => {
  assert.is(
    formatText(`// first

/// Documents.
model M { // of the model
  // of x
  input x: [8, 8, 1] // behind x
  y = f(x, // the input
    // of the filters
    8 // filters
  )

  // last

}
// end`),
    `// first

/// Documents.
model M { // of the model
  // of x
  input x: [8, 8, 1] // behind x
  y = f(
    x, // the input
    // of the filters
    8, // filters
  )

  // last
}
// end
`,
  )
  assert.is(statements('y = a + // why\n b'), 'y = a\n  + // why\n  b')
  assert.is(statements('y = x\n // of the step\n |> relu'), 'y = x\n  // of the step\n  |> relu')
  assert.is(statements('if a { b = 1 } // no\n else { b = 2 }'), 'if a {\n  b = 1\n} // no\nelse {\n  b = 2\n}')
})

layout('nothing but comments, or nothing at all, is a text too', () => {
  assert.is(formatText(''), '')
  assert.is(formatText('\n\n  // only this  \n'), '// only this\n')
})

layout('a text with mistakes of syntax has no layout', () => {
  assert.is(formatText('model M { y = conv(x }'), undefined)
  assert.is(formatText('model M { y = 3xn }'), undefined)
})

layout.run()
