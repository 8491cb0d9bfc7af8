import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { expressionOf } from '../../src/codegen/tfjs/expression-of.ts'
import { targetCall } from '../../src/codegen/target-call.ts'
import type { Dim } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Attribute } from '../../src/compiler/graph/graph.ts'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { buildGraph } from '../graphs.ts'

const s = suite('calls as targets see them')

const nodeOf = (op: string, dims: readonly Dim[], kernel: readonly number[], attributes: Readonly<Record<string, Attribute>>) => {
  const graph = buildGraph()
  const x = graph.input('x', dims)
  return graph.op(op, kernel.length > 0 ? { x, kernel: graph.param('kernel', kernel) } : { x }, { padding: 'same', ...attributes })
}

const paddingOf = (...call: Parameters<typeof nodeOf>): unknown => targetCall(nodeOf(...call), primitives.get(call[0])!)['padding']

/** The last word of the TensorFlow.js call, which pads, or the call around which there are pads. */
const wordOf = (...call: Parameters<typeof nodeOf>): unknown => {
  const expression = expressionOf(nodeOf(...call))
  const last = 'kind' in expression && expression.kind === 'call' ? expression.args[4] ?? expression.args[3] : undefined
  return last?.kind === 'literal' ? last.value : undefined
}

s('`same` is explicit where numbers decide it', () => {
  assert.equal(paddingOf('conv2d', [8, 9, 3], [3, 4, 3, 5], {}), [[1, 1], [1, 2]])
  assert.equal(paddingOf('conv2d', [8, 9, 3], [3, 3, 3, 5], { stride: [2, 2] }), [[0, 1], [1, 1]])
  assert.equal(paddingOf('depthwise_conv2d', [8, 9, 3], [3, 3, 3, 1], { dilation: [2, 2] }), [[2, 2], [2, 2]])
  assert.equal(paddingOf('max_pool', [8, 7, 3], [], { size: [2, 2], stride: [2, 2] }), [[0, 0], [0, 1]])
  assert.equal(paddingOf('avg_pool', [5, 5, 3], [], { size: [1, 1], stride: [3, 3] }), [[0, 0], [0, 0]])
})

s('a stride of 1 decides it for every size', () => {
  assert.equal(paddingOf('conv2d', [inputExtent('H'), 9, 3], [3, 3, 3, 5], {}), [[1, 1], [1, 1]])
})

s('it stays `same` where an extent decides it when the model runs, and in a transposed convolution', () => {
  assert.is(paddingOf('conv2d', [inputExtent('H'), 9, 3], [3, 3, 3, 5], { stride: [2, 2] }), 'same')
  assert.is(paddingOf('conv2d_transpose', [8, 9, 3], [3, 3, 5, 3], { stride: [2, 2] }), 'same')
})

s('what TensorFlow.js pads itself is left to it, so that no map is copied', () => {
  for (const H of [8, inputExtent('H')]) {
    assert.is(wordOf('conv2d', [H, 9, 3], [3, 3, 3, 5], { stride: [2, 2] }), 'same')
    assert.is(wordOf('depthwise_conv2d', [H, 9, 3], [3, 3, 3, 1], {}), 'same')
    assert.is(wordOf('max_pool', [H, 9, 3], [], { size: [3, 3], stride: [2, 2] }), 'same')
  }
  assert.is(wordOf('max_pool', [8, 8, 3], [], { size: [3, 3], stride: [1, 1], padding: [[1, 1], [1, 1]] }), 'same')
})

s.run()
