import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { channelOrigins } from '../../src/compiler/facts/channel-origins.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('where channels come from')

/** The value whose channels they are, and the choices, the last one first; `y` is the output. */
function originsOf(statements: string, blocks = ''): string {
  const graph = graphOf(`${blocks}model M {\n  input x: [6, 6, 4]\n  input other: [6, 6, 2]\n  ${statements}\n}\n`)
  const found = channelOrigins(graph.outputs[0]!.node)
  return found ? [found.of.path, ...found.choices.map((choice) => (choice.kind === 'list' ? `[${choice.channels}]` : 'matrix'))].join(' ') : 'none'
}

/** As the library has it, under another name. */
const best = `block best(x: [H, W, C], k: int, by: [C]) -> [H, W, k] {
  index = range(C)
  a = reshape(by, [1, C])
  b = reshape(by, [C, 1])
  ahead = (a > b) + (a == b) * (reshape(index, [1, C]) < reshape(index, [C, 1]))
  chosen = reduce_axes(ahead, sum, [1], keep: true) == reshape(range(k), [1, k])
  return x |> reshape([H * W, C]) |> matmul(chosen) |> reshape([H, W, k])
}
`

for (const [what, [statements, wanted, blocks]] of Object.entries<readonly [string, string, string?]>({
  'a list': ['output y = gather.channels(x, [3, 1])', 'x [3,1]'],
  'a list of a list': ['output y = x |> gather.channels([3, 1, 0]) |> relu |> gather.channels([2, 0])', 'x [2,0] [3,1,0]'],
  'the strongest': ['output y = gather.top(x, 2, by: pool.global(x))', 'x matrix'],
  'the strongest by a block of the user': ['output y = best(x, 2, by: pool.global(x))', 'x matrix', best],
  'a part of a split': ['parts = split(x, 2)\n  output y = parts[1]', 'x [2,3]'],
  'activation, norm, pooling, resizing, padding and weights of channels': [
    'output y = x |> gather.channels([3, 1]) |> norm.batch |> relu |> pool.max(2) |> resize([8, 8]) |> weight.attention(ratio: 1) |> weight.learned',
    'x [3,1]',
  ],
  'a mean of each map': ['output y = x |> gather.channels([3, 1]) |> pool.global', 'x [3,1]'],
  'a depthwise convolution': ['output y = x |> gather.channels([3, 1]) |> conv.depthwise(3x3)', 'x [3,1]'],
  'no choice': ['output y = x |> relu', 'none'],
  'a convolution that mixes': ['output y = x |> gather.channels([3, 1]) |> conv(2, 1x1)', 'none'],
  'a choice behind a convolution': ['m = x |> gather.channels([3, 1]) |> conv(5, 1x1)\n  output y = gather.channels(m, [4, 0])', 'm/conv/add [4,0]'],
  'a sum of two maps': ['output y = gather.channels(x, [3, 1]) + other', 'none'],
}))
  s(what, () => assert.is(originsOf(statements, blocks), wanted))

s.run()
