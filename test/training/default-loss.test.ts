import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defaultLoss } from '../../src/runtime/training/default-loss.ts'
import type { LossName } from '../../src/runtime/training/losses.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('default-loss')

const chosen = (shape: string, targetShape: readonly number[], values: readonly number[]): LossName => {
  const output = graphOf(`model M { input x: ${shape}\n output y = tanh(x) }`).outputs[0]!.node.type.shape
  return defaultLoss(output, { shape: targetShape, values: Float32Array.from(values) })
}

s('labels of several classes ask for the categorical cross-entropy', () => {
  assert.is(chosen('[10]', [4], [0, 9, 3, 3]), 'categorical_crossentropy')
  assert.is(chosen('[2]', [3], [0, 1, 1]), 'categorical_crossentropy')
  assert.is(chosen('[H, 2, 5]', [1, 2, 2], [0, 4, 1, 1]), 'categorical_crossentropy')
})

s('zeros and ones for one value ask for the binary cross-entropy', () => {
  assert.is(chosen('[1]', [4], [0, 1, 1, 0]), 'binary_crossentropy')
  assert.is(chosen('[1]', [2, 1], [0, 1]), 'binary_crossentropy')
})

s('other values ask for the mean squared error', () => {
  assert.is(chosen('[1]', [3], [0, 1, 2]), 'mse')
  assert.is(chosen('[1]', [2], [0, 0.5]), 'mse')
  assert.is(chosen('[3]', [2, 3], [0, 1, 1, 0, 0, 1]), 'mse')
  assert.is(chosen('[3]', [2], [0.5, 1]), 'mse')
  assert.is(chosen('[3]', [2], [-1, 1]), 'mse')
  assert.is(chosen('[H, W, C]', [1, 2, 2, 1], [0, 1, 1, 0]), 'mse')
})

s.run()
