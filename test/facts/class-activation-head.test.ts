import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classActivationHead } from '../../src/compiler/facts/class-activation-head.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('the end of a network that class activation maps need')

/** The path of the maps that are averaged, or what is missing; `y` is the output. */
function headOf(statements: string): string {
  const graph = graphOf(`model M {\n  input x: [6, 6, 2]\n  maps = x |> conv(4, 3x3)\n  ${statements}\n}\n`)
  const found = classActivationHead(graph.outputs[0]!.node)
  return 'parts' in found ? found.parts.map(({ maps, first }) => (first > 0 ? `${maps.path} from ${first}` : maps.path)).join(', ') : `no ${found.wanted}`
}

const whole = 'maps/conv/add'

for (const [what, statements] of Object.entries({
  'a global pooling': 'output y = maps |> pool.global |> dense(3)',
  'a mean over rows and columns, in any order': 'output y = maps |> reduce.mean(axis: [1, -3]) |> dense(3)',
  'a pooling by one window': 'output y = maps |> pool.avg(4) |> flatten |> dense(3)',
  'a pooling by one window that nothing pads': 'output y = maps |> pool.avg(4, padding: same) |> flatten |> dense(3)',
  'a dropout and a softmax': 'output y = maps |> pool.global |> dropout(0.2) |> dense(3, activation: softmax)',
}))
  s(what, () => assert.is(headOf(statements), whole))

s('averages side by side, each with its rows of the weights', () => {
  const other = 'other = x |> conv(3, 5x5)'
  assert.is(headOf(`${other}\n  output y = fuse.concat(pool.global(maps), pool.global(other)) |> dense(3)`), `${whole}, other/conv/add from 4`)
  assert.is(
    headOf(`${other}\n  output y = fuse.concat(fuse.concat(pool.global(other), maps |> pool.avg(4) |> flatten), pool.global(x)) |> dropout(0.1) |> dense(3)`),
    `other/conv/add, ${whole} from 3, x from 7`,
  )
  assert.is(headOf(`${other}\n  output y = fuse.concat(pool.global(maps), pool.global_max(other)) |> dense(3)`), 'no the global average of maps (pool.global)')
})

for (const [what, statements] of Object.entries({
  'the largest element of each channel': 'output y = maps |> pool.global_max |> dense(3)',
  'a mean over one axis': 'output y = maps |> reduce.mean(axis: 0) |> flatten |> dense(3)',
  'a window that a border moves away from the map':
    'output y = maps |> pool.avg(4, stride: 4, padding: [[1, 1], [1, 1]]) |> flatten |> dense(3)',
}))
  s(`none: ${what}`, () => assert.is(headOf(statements), 'no the global average of maps (pool.global)'))

s.run()
