import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { fewerRuns } from '../seeded-tenth.ts'
import { emit, typeErrors } from './emitted.ts'
import { isAsRun } from './is-as-run.ts'
import { anyStructuredProgram } from './random-text.ts'

const s = suite('any text')

s('its module gives the same bits as the runner, and leaves nothing behind', () =>
  withBackend('wasm', (tf) =>
    fc.assert(
      fc.asyncProperty(anyStructuredProgram, (text) => isAsRun(graphOf(text), tf)),
      { numRuns: fewerRuns(200), endOnFailure: true, includeErrorInReport: true },
    ),
  ))

/** Each showed a fault once: what is in it is said beside it. */
const remembered: Readonly<Record<string, string>> = {
  'a last turn of which nothing is read': `model Levels {
  input x: [6, 6, 3]
  levels = [x |> conv(2, 1x1)]
  for i in range(3) { levels = [...levels, conv(levels[i], 2, 1x1) |> relu] }
  output y = levels[2] + levels[0]
}`,
  'an element of a list that is handed on, of which nothing is read': `block Mixed(maps: [H, W, C]..., rest: bool = false) -> [H, W, C]... {
  first = maps[0] |> conv(C, 1x1) |> tanh
  if rest { return [first, ...[for i in range(1, maps.length): maps[i] + maps[i - 1]]] }
  return [for [i, x] in enumerate(maps): if i == 0 then first else x |> conv(C, 1x1)]
}
model Handed {
  input x: [6, 6, 3]
  maps = Mixed(...[for i in range(3): x |> conv(2, 1x1) |> relu])
  output y = maps[0] * maps[1]
}`,
  'what a block is given and does not read, but for its size': `block Like(x: [H, W, C], y: [A, B, _], zs: [_, _, _]...) -> [A, B, C] {
  return resize(x, like: y) |> conv(C, 1x1) |> relu
}
model Unread {
  input x: [H, W, 3] where H >= 6, W >= 6
  y = x |> conv(2, 3x3) |> relu
  output a = Like(x, y, y, y)
  output b = Like(x, x |> conv(2, 5x5))
}`,
  'a value made under a condition and read under the same one further down': `block Level(x: [H, W, C], width: int, depth: int = 3) -> [H, W, width] {
  y = x |> conv(width, 1x1)
  for i in range(2) {
    for j in range(2 - i) { y = y |> conv(width, if j == 0 then 1 else 3, padding: same) }
    y = y |> tanh
  }
  inner = y |> conv(width, 1x1)
  if depth == 0 { return inner |> conv(width, 1x1) as end }
  deeper = Level(inner, width, depth - 1) as below
  return deeper + (inner |> conv(width, 1x1))
}
model Deep { input x: [6, 6, 3]  output y = Level(x, 4) }`,
  'turns with weights of unequal kinds, and an input that is bound anew': `model Unequal {
  input x: [6, 6, 3]
  for [i, k] in enumerate([3x3, 3x3, 1x1]) {
    turn = x |> conv(2, k, padding: same, bias: i > 0)
    x = if i == 1 then turn else turn |> relu
  }
  output maps = x
}`,
  'a list of lists': `model Nested {
  input x: [6, 6, 3]
  xs = [for i in range(3): x |> conv(2, 1x1) |> relu]
  ys = [for m in xs: [for k in [1, 3]: m |> conv(2, k, padding: same)]]
  output y = ys[0][1] + ys[1][0] * ys[2][0] - ys[2][1]
}`,
  'words of the runtime file in comments and messages': `/// Looks at a range of values, as given, fixed, and "replace".
model Words {
  input x: [H, W, 3] where H >= 6, W >= 6
  for i in range(2) { x = x |> conv(3, 1x1) |> relu }
  output y = x
}`,
  'a variable of a comprehension that is one around it, too': `model Shadowed {
  input x: [6, 6, 3]
  y = x |> conv(3, 1x1) |> relu
  ys = [for x in [x, y]: x |> conv(3, 1x1) |> tanh]
  output z = fuse.add(...[for i in range(3): x * (i + 1) |> tanh])
  output w = ys[0] - ys[1]
}`,
}

for (const [what, text] of Object.entries(remembered))
  s(`its module gives the same bits as the runner: ${what}`, () => withBackend('cpu', (tf) => isAsRun(graphOf(text), tf)))

s('its module is strict TypeScript', async () => {
  const texts = fc.sample(anyStructuredProgram, fewerRuns(200))
  const modules = await Promise.all([...texts, ...Object.values(remembered)].map((text) => emit(graphOf(text))))
  assert.equal(typeErrors(modules), [])
})

s.run()
