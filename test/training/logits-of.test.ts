import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Node } from '../../src/compiler/graph/graph.ts'
import { logitsOf } from '../../src/runtime/training/logits-of.ts'
import type { LossName } from '../../src/runtime/training/losses.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('logits-of')

const outputOf = (expression: string): Node => graphOf(`model M { input x: [4, 3]\n output y = ${expression} }`).outputs[0]!.node

/** The path of the value that is taken, `output` for the output itself. */
const taken = (expression: string, loss: LossName): string => {
  const output = outputOf(expression)
  const logits = logitsOf(output, loss)
  if (logits === output) return 'output'
  return logits.kind === 'op' ? logits.op : logits.kind
}

s('the argument of a softmax over the last axis is what a categorical loss takes', () => {
  assert.is(taken('softmax(tanh(x))', 'categorical_crossentropy'), 'tanh')
  assert.is(taken('softmax(x, 1)', 'categorical_crossentropy'), 'input')
  assert.is(taken('x |> flatten |> dense(5, activation: softmax)', 'categorical_crossentropy'), 'add')
})

s('the argument of a sigmoid is what a binary loss takes', () => {
  assert.is(taken('sigmoid(tanh(x))', 'binary_crossentropy'), 'tanh')
})

s('anything else is taken as logits', () => {
  assert.is(taken('softmax(x, 0)', 'categorical_crossentropy'), 'output')
  assert.is(taken('tanh(x)', 'categorical_crossentropy'), 'output')
  assert.is(taken('sigmoid(x)', 'categorical_crossentropy'), 'output')
  assert.is(taken('softmax(x)', 'binary_crossentropy'), 'output')
  assert.is(taken('exp(softmax(x))', 'categorical_crossentropy'), 'output')
})

s('other losses take the output as it is', () => {
  assert.is(taken('softmax(x)', 'mse'), 'output')
  assert.is(taken('sigmoid(x)', 'mae'), 'output')
})

s.run()
