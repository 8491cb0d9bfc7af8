import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFile } from '../../grammar/index.ts'
import type { Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import { lineRewritings } from '../../src/compiler/fixes/syntax/line-rewritings.ts'

const s = suite('a line of another language')

const before = 'model M {\n  input x: [8, 8, 3]\n  x = conv(x, 3)\n  '

const textWith = (line: string): string => `${before}${line}\n}\n`

function rewritingsOf(line: string): readonly Fix[] {
  const text = textWith(line)
  const { tokens, comments, problems } = parseFile(text)
  return problems.flatMap(({ start }) => lineRewritings(start, { source: { path: 'm.fmw', text, library: false }, tokens, comments }))
}

/** The line as it may be written here, the likeliest first. */
function rewritten(line: string): readonly string[] {
  const texts = rewritingsOf(line).map(({ edits }) =>
    edits.reduce((edited, { span, text: now }) => edited.slice(0, span.start) + now + edited.slice(span.end), textWith(line)),
  )
  return [...new Set(texts.map((edited) => edited.slice(before.length, -'\n}\n'.length)))]
}

/** Each with how it is written here. */
const lines: readonly (readonly [string, ...string[]])[] = [
  ['input x: (8, 8, 3)', 'input x: [8, 8, 3]'],
  ['output y = conv(x, 8, (3, 3))', 'output y = conv(x, 8, [3, 3])'],
  ['output y = conv(x, { filters: 8, kernel: 3 })', 'output y = conv(x, filters: 8, kernel: 3)'],
  ['y = x /* a note */', 'y = x // a note'],
  ['output y: relu(x)', 'output y = relu(x)'],
  ['n += 2', 'n = n + 2'],
  ['n -= f(2)', 'n = n - f(2)'],
  ['x *= 0.5', 'x = x * 0.5'],
  ['i++', 'i = i + 1'],
  ['i-- // down', 'i = i - 1 // down'],
  ['y = x * 3.', 'y = x * 3.0'],
  ['y = [conv(x, k) for k in [1, 3]]', 'y = [for k in [1, 3]: conv(x, k)]'],
  ['y = [k for k in range(3)]', 'y = [for k in range(3): k]'],
  ['input x: [H, W, 3] where 8 < H < 64', 'input x: [H, W, 3] where 8 < H, H < 64', 'input x: [H, W, 3] where 8 < H and H < 64'],
  ['y = if 1 < n < 3 then a else b', 'y = if 1 < n and n < 3 then a else b'],
  ['y = n > 1 ? a : b', 'y = if n > 1 then a else b'],
  ['y = conv(x, n > 1 ? 8 : 16)', 'y = conv(x, if n > 1 then 8 else 16)'],
  ['y = a if n == 1 else b', 'y = if n == 1 then a else b'],
  ['y = conv(x, 8 if deep else 16)', 'y = conv(x, if deep then 8 else 16)'],
  ['x = if deep then relu(x)', 'x = if deep then relu(x) else x'],
  ['list[2] = 3', 'list = [for [at, item] in enumerate(list): if at == 2 then 3 else item]'],
  ['list[i] = conv(x, 8)', 'list = [for [at, item] in enumerate(list): if at == i then conv(x, 8) else item]'],
  ['y = x |> relu as', 'y = x |> relu'],
  ['y = x |> relu as |> conv(8)', 'y = x |> relu |> conv(8)'],
  ['y = x |> relu |>', 'y = x |> relu'],
  ['output relu(x)', 'output y = relu(x)'],
  ['output x |> relu', 'output y = x |> relu'],
  ['output x + y', 'output y = x + y'],
  ['param bias: [C]', 'param bias: [C] = zeros', 'param bias: [C] = ones'],
  ['param gate: [C]', 'param gate: [C] = ones'],
  ['state mean: [C]', 'state mean: [C] = zeros', 'state mean: [C] = ones'],
  ['param kernel: [3, 3, C, 8]', 'param kernel: [3, 3, C, 8] = glorot_uniform'],
  ['n: int = 3', 'n = 3'],
  ['names: str[] = 3', 'names = 3'],
  ['assert n > 2', 'require n > 2'],
  ['for i of range(3) { y = i }', 'for i in range(3) { y = i }'],
  ['repeat 3 { y = i }', 'for i in range(3) { y = i }'],
  ['repeat(3) { y = i }', 'for i in range(3) { y = i }'],
  ['y = x |> relu * 2', 'y = (x |> relu) * 2'],
  ['y = x + x |> relu * 2', 'y = (x + x |> relu) * 2'],
  ['y = [for i in range(3): if i > 1: i]', 'y = [for i in range(3) if i > 1: i]'],
  ['for i in range(3) if i > 1 { y = i }', 'for i in [for i in range(3) if i > 1: i] { y = i }'],
  ['y = x |> if n > 2 then relu else tanh', 'y = x |> (if n > 2 then relu else tanh)'],
  ['a, b = relu(x), x', 'a, b = [relu(x), x]'],
  ['for (i in range(3)) { y = i }', 'for i in range(3) { y = i }'],
  ['for (let k of [1, 2]) { y = k }', 'for k in [1, 2] { y = k }'],
  ['for (let i = 0; i < n; i++) { y = i }', 'for i in range(n) { y = i }'],
  ['for (let i = 0; i < n; i += 1) { y = i }', 'for i in range(n) { y = i }'],
  ['if n > 2 y = relu(x)', 'if n > 2 { y = relu(x) }'],
  ['y = if n > 2: x else: relu(x)', 'y = if n > 2 then x else relu(x)'],
  ['if n > 2: y = relu(x)', 'if n > 2 { y = relu(x) }'],
  ['if n > 2: return relu(x)', 'if n > 2 { return relu(x) }'],
  ['if n > 2 then y = relu(x)', 'if n > 2 { y = relu(x) }'],
  ['require n > 2, f"no {n}"', 'require n > 2, "no {n}"'],
]

for (const [line, ...expected] of lines) s(line, () => assert.equal(rewritten(line), expected))

s('the first values of a weight are the author\'s choice; all else says the same in other words', () => {
  const guessed = lines.map(([line]) => line).filter((line) => rewritingsOf(line).some(({ safety }) => safety !== 'safe'))
  assert.equal(guessed, ['param bias: [C]', 'param gate: [C]', 'state mean: [C]', 'param kernel: [3, 3, C, 8]', 'y = x + x |> relu * 2'])
})

s('what could not be read for another reason is left alone', () => {
  assert.equal(rewritten('y = conv(x, 8'), [])
  assert.equal(rewritten('x = = relu(x)'), [])
  assert.equal(rewritten('q = if deep then relu(x)'), [])
})

s('only what stands before the mistake in its line is looked at', () => {
  assert.equal(rewritten('y = conv(x, 8)) |> conv(n > 1 ? 8 : 16)'), [])
})

s.run()
