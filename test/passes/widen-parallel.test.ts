import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import { widenParallel } from '../../src/compiler/passes/widen-parallel.ts'
import { graphOf } from '../compile-text.ts'
import { alwaysTrainsAlike } from './always.ts'
import { opsOf } from './ops-of.ts'

const s = suite('widen-parallel')

const widened = (statements: string, input = '[8, 8, 4]'): Graph =>
  optimize(graphOf(`model M {\n  input x: ${input}\n  ${statements}\n}`), [widenParallel])

s('computes values and gradients as before', () => alwaysTrainsAlike([widenParallel]))

s('convolutions of one map next to each other become one with the filters of all', () => {
  const graph = widened('output y = fuse.concat(conv(x, 2, bias: false), conv(x, 5, bias: false), conv(x, 1, bias: false))')
  assert.equal(opsOf(graph), ['concatenate', 'conv2d'])
  assert.equal(graph.outputs[0]!.node.type.shape.map(({ dim }) => dim), [6, 6, 8])
  assert.is(weightsOf(graph).length, 3)
})

s('dense layers too, transposed convolutions, and maps of any size', () => {
  assert.equal(opsOf(widened('output y = fuse.concat(dense(x, 2, bias: false), dense(x, 3, bias: false))', '[7]')), ['concatenate', 'matmul'])
  const transposed = 'conv.transpose(x, 2, 2x2, stride: 2, bias: false)'
  assert.equal(opsOf(widened(`output y = fuse.concat(${transposed}, ${transposed})`)), ['concatenate', 'conv2d_transpose'])
  assert.equal(opsOf(widened('output y = fuse.concat(conv(x, 2, 1x1, bias: false), conv(x, 2, 1x1, bias: false))', '[H, W, 3]')), ['concatenate', 'conv2d'])
})

s('parts between others are joined where they stand', () => {
  const graph = widened('a = conv(x, 2, padding: same, bias: false)\n  b = conv(x, 2, padding: same, bias: false)\n  output y = fuse.concat(x, a, b, relu(x))')
  assert.equal(opsOf(graph), ['relu', 'concatenate', 'conv2d', 'concatenate'])
})

s('other windows, other maps, groups, a second reader, an output and other axes stay as they are', () => {
  const stays = (statements: string): void => {
    const text = graphOf(`model M {\n  input x: [8, 8, 4]\n  ${statements}\n}`)
    assert.is(optimize(text, [widenParallel]), text, statements)
  }
  stays('output y = fuse.concat(conv(x, 2, 3x3, padding: same, bias: false), conv(x, 2, 1x1, bias: false))')
  stays('output y = fuse.concat(conv(x, 2, 3x3, stride: 2, bias: false), slice(conv(x, 2, 3x3, stride: 2, padding: [[1, 0], [1, 0]], bias: false), [0, 0, 0], [3, 3, 2]))')
  stays('output y = fuse.concat(conv(x, 2, bias: false), conv(relu(x), 2, bias: false))')
  stays('output y = fuse.concat(conv(x, 2, groups: 2, bias: false), conv(x, 2, groups: 2, bias: false))')
  stays('output y = fuse.concat(conv.depthwise(x, bias: false), conv.depthwise(x, bias: false))')
  stays('a = conv(x, 4, 1x1, bias: false)\n  output y = fuse.concat(a, conv(x, 4, 1x1, bias: false)) \n  output z = relu(a)')
  stays('output a = conv(x, 4, 1x1, bias: false)\n  output y = fuse.concat(a, conv(x, 4, 1x1, bias: false))')
  stays('a = conv(x, 4, 1x1, bias: false)\n  output y = concatenate(a, conv(x, 4, 1x1, bias: false), axis: 0)')
})

s('a kernel that an input decides is no weight', () => {
  const text = graphOf(`model M {
  input x: [8, 8, 4]
  input k: [1, 1, 4, 2]
  output y = concatenate(conv2d(x, k), conv2d(x, relu(k)))
}`)
  assert.is(optimize(text, [widenParallel]), text)
})

s.run()
