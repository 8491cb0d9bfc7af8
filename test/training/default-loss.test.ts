import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defaultLoss } from '../../src/runtime/training/default-loss.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('the loss that is taken where none is given')

/** The loss for an output of the input x [4], and the reason. */
function chosen(expression: string, shape: readonly number[], values: readonly number[]): string {
  const output = graphOf(`model M {\n  input x: [4]\n  output y = ${expression}\n}`).outputs[0]!.node
  const kind = shape.length === output.type.shape.length + 1 ? 'values' : 'labels'
  const { loss, because } = defaultLoss(output, kind, { shape, values: Float32Array.from(values) })
  return `${loss}: ${because}`
}

s('labels of several classes ask for the categorical cross-entropy', () => {
  assert.is(chosen('dense(x, 3)', [4], [0, 2, 1, 1]), 'categorical_crossentropy: the targets are labels')
  assert.is(chosen('softmax(dense(x, 3))', [2], [0, 2]), 'categorical_crossentropy: the targets are labels and it ends in a softmax')
})

s('labels of what is a sum of softmaxes ask for the likelihood: it has no logits', () => {
  assert.is(chosen('fuse.average(softmax(dense(x, 3)), softmax(x |> dense(3)))', [2], [0, 2]), 'nll: the targets are labels and it is a sum of softmaxes')
  assert.is(chosen('fuse.mean(softmax(dense(x, 3)), softmax(x |> dense(3)))', [2], [0, 2]), 'nll: the targets are labels and it is a sum of softmaxes')
  assert.match(chosen('log(fuse.mean(softmax(x), softmax(-x)))', [2], [0, 2]), 'categorical_crossentropy')
})

s('rows of several classes ask for it too, where the model ends in a softmax or in numbers that nothing bounds', () => {
  const oneHot = [0, 1, 0, 1, 0, 0]
  assert.is(chosen('softmax(dense(x, 3))', [2, 3], oneHot), 'categorical_crossentropy: the targets are rows of zeros with a one and it ends in a softmax')
  assert.is(chosen('dense(x, 3)', [2, 3], oneHot), 'categorical_crossentropy: the targets are rows of zeros with a one and it ends in no probabilities')
  assert.is(
    chosen('softmax(dense(x, 3))', [2, 3], [0.2, 0.3, 0.5, 1, 0, 0]),
    'categorical_crossentropy: the targets are rows whose sum is 1 and it ends in a softmax',
  )
  assert.match(chosen('dense(x, 3)', [2, 3], [0.2, 0.3, 0.5, 1, 0, 0]), 'mse')
  assert.match(chosen('softmax(dense(x, 3))', [2, 3], [0.2, 0.3, 0.6, 1, 0, 0]), 'mse')
})

s('zeros and ones, or what lies between, ask for the binary cross-entropy where the model ends in a sigmoid', () => {
  assert.is(chosen('sigmoid(dense(x, 1))', [4, 1], [0, 1, 1, 0]), 'binary_crossentropy: the targets are zeros and ones and it ends in a sigmoid')
  assert.is(chosen('sigmoid(dense(x, 3))', [2, 3], [0, 1, 1, 1, 1, 0]), 'binary_crossentropy: the targets are zeros and ones and it ends in a sigmoid')
  assert.is(chosen('sigmoid(dense(x, 3))', [1, 3], [0, 0.5, 1]), 'binary_crossentropy: the targets lie between 0 and 1 and it ends in a sigmoid')
  assert.is(chosen('dense(x, 3)', [2, 3], [0, 1, 1, 1, 1, 0]), 'binary_crossentropy: the targets are zeros and ones and it ends in no probabilities')
  assert.is(chosen('fuse.mean(sigmoid(x), sigmoid(-x))', [1, 4], [0, 1, 1, 1]), 'binary_nll: the targets are zeros and ones and it is a sum of sigmoids')
})

s('other values ask for the mean squared error', () => {
  assert.is(chosen('dense(x, 1)', [3, 1], [0, 1, 2]), 'mse: the targets are values')
  assert.is(chosen('dense(x, 1)', [2, 1], [0, 0.5]), 'mse: the targets are values')
  assert.is(chosen('tanh(x)', [1, 4], [0, 1, 1, 0]), 'mse: the targets are values')
  assert.is(chosen('relu(x)', [1, 4], [0, 1, 1, 0]), 'mse: the targets are values')
  assert.is(chosen('sigmoid(x)', [1, 4], [0, 255, 255, 0]), 'mse: the targets are values, though it ends in a sigmoid')
})

s.run()
