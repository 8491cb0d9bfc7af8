import * as tf from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { avgPool, batchNorm, conv2d, depthwiseConv2d, maxPool, mirrorPad, type Pad } from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import { withBackend } from '../../backends.ts'

const s = suite('the ops that emitted modules call')

const pads: readonly Pad[] = [
  'same',
  'valid',
  1,
  [
    [1, 0],
    [2, 1],
  ],
]

/** The same map with a batch and without, all of it below zero. */
const maps = (): readonly [tf.Tensor4D, tf.Tensor3D] => {
  const map = tf.randomUniform<tf.Rank.R3>([5, 6, 2], -2, -1, 'float32', 3)
  return [tf.expandDims<tf.Tensor4D>(map), map]
}

/** What TensorFlow.js computes of a map that is padded beforehand. */
const padded = (x: tf.Tensor4D, pad: Pad, value: number): readonly [tf.Tensor4D, 'same' | 'valid'] =>
  typeof pad === 'string' ? [x, pad] : [tf.pad(x, [[0, 0], ...sides(pad), [0, 0]], value), 'valid']

const sides = (pad: Exclude<Pad, string>): readonly [[number, number], [number, number]] =>
  typeof pad === 'number'
    ? [
        [pad, pad],
        [pad, pad],
      ]
    : pad

const numbers = (tensor: tf.Tensor): readonly number[] => [...tensor.dataSync()]

for (const backend of ['cpu', 'wasm'] as const) {
  for (const pad of pads) {
    s(`windows with ${typeof pad === 'object' ? 'explicit' : pad} pads are those of TensorFlow.js, on ${backend}`, () =>
      withBackend(backend, () => {
        const [batch, single] = maps()
        const kernel = tf.randomUniform<tf.Rank.R4>([3, 2, 2, 3], -1, 1, 'float32', 4)
        const [zeros, word] = padded(batch, pad, 0)
        const [edges] = padded(batch, pad, -Infinity)
        const calls = [
          [conv2d(batch, kernel, 2, pad), conv2d(single, kernel, 2, pad), tf.conv2d(zeros, kernel, 2, word)],
          [
            depthwiseConv2d(batch, kernel, 1, pad),
            depthwiseConv2d(single, kernel, 1, pad),
            tf.depthwiseConv2d(zeros, kernel, 1, word),
          ],
          [maxPool(batch, 2, 2, pad), maxPool(single, 2, 2, pad), tf.maxPool(edges, 2, 2, word)],
          [avgPool(batch, [2, 3], [1, 2], pad), avgPool(single, [2, 3], [1, 2], pad), tf.avgPool(zeros, [2, 3], [1, 2], word)],
        ] as const
        for (const [found, alone, expected] of calls) {
          assert.equal(found.shape, expected.shape)
          assert.equal(alone.shape, expected.shape.slice(1))
          assert.equal(numbers(found), numbers(expected))
          assert.equal(numbers(alone), numbers(expected))
        }
      }),
    )
  }

  s(`pads leave nothing behind, on ${backend}`, () =>
    withBackend(backend, () => {
      const [batch] = maps()
      const before = tf.memory().numTensors
      maxPool(batch, 2, 2, [
        [1, 1],
        [1, 1],
      ])
      assert.is(tf.memory().numTensors, before + 1)
    }),
  )

  s(`mirrored borders are those of TensorFlow.js, on ${backend}, and lead the gradient back`, () =>
    withBackend(backend, () => {
      const [batch, single] = maps()
      for (const mode of ['reflect', 'symmetric'] as const) {
        const sides: [[number, number], [number, number]] = [[2, 0], [1, 3]]
        const expected = tf.mirrorPad(batch, [[0, 0], ...sides, [0, 0]], mode)
        assert.equal(numbers(mirrorPad(batch, sides, mode)), numbers(expected))
        assert.equal(mirrorPad(single, sides, mode).shape, expected.shape.slice(1))
        assert.equal(numbers(mirrorPad(single, sides, mode)), numbers(expected))
        // each element has as much of the gradient as there are of it
        const slopes = tf.grad((x: tf.Tensor) => mirrorPad(x as tf.Tensor4D, sides, mode))(batch)
        assert.is(numbers(slopes).reduce((a, b) => a + b), expected.size)
        assert.is(Math.max(...numbers(slopes)), 4)
      }
    }))

  s(`taps of a kernel are as far apart as the dilation says, on ${backend}`, () =>
    withBackend(backend, () => {
      const x = tf.reshape<tf.Rank.R4>(tf.range(0, 25), [1, 5, 5, 1])
      assert.equal(numbers(conv2d(x, tf.ones([2, 2, 1, 1]), 1, 'valid', [4, 4])), [0 + 4 + 20 + 24])
    }),
  )

  s(`tensors of every rank are normalised along their last axis, with offset and scale or without, on ${backend}`, () =>
    withBackend(backend, () => {
      const [mean, variance] = [tf.tensor1d([1, 2]), tf.tensor1d([4, 9])]
      const [offset, scale] = [tf.tensor1d([10, 20]), tf.tensor1d([2, 3])]
      for (const shape of [[2], [3, 2], [1, 3, 2], [2, 1, 3, 2], [2, 1, 3, 1, 2], [1, 2, 1, 3, 1, 2]]) {
        const x = tf.randomUniform(shape, -1, 1, 'float32', 5)
        const plain = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.5)))
        const close = (found: tf.Tensor, expected: tf.Tensor): void => {
          assert.equal(found.shape, shape)
          assert.ok(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]! < 1e-5, `[${shape}]`)
        }
        close(batchNorm(x, mean, variance, undefined, undefined, 0.5, 0.9), plain)
        close(batchNorm(x, mean, variance, offset, undefined, 0.5, 0.9), tf.add(plain, offset))
        close(batchNorm(x, mean, variance, undefined, scale, 0.5, 0.9), tf.mul(plain, scale))
        close(batchNorm(x, mean, variance, offset, scale, 0.5, 0.9), tf.add(tf.mul(plain, scale), offset))
      }
    }),
  )
}

s.run()
