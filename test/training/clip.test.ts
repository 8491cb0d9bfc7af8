import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { clipByGlobalNorm } from '../../src/runtime/training/clip.ts'
import { keepWithin } from '../../src/runtime/training/keep-within.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { near } from './near.ts'

const s = suite('clip')

const onEveryBackend = async (check: (tf: Tfjs) => void): Promise<void> => {
  for (const backend of await availableBackends()) await withBackend(backend, check)
}

function clipped(
  tf: Tfjs,
  gradients: readonly Tensor[],
  limit: number,
): { readonly values: readonly number[]; readonly norm: number } {
  const result = clipByGlobalNorm(tf, gradients, limit)
  result.gradients.forEach(({ shape }, i) => assert.equal(shape, gradients[i]!.shape))
  return { values: result.gradients.flatMap((gradient) => [...gradient.dataSync()]), norm: result.norm.dataSync()[0]! }
}

s('all gradients are shortened together to the limit, which keeps their direction', () =>
  onEveryBackend((tf) => {
    const { values, norm } = clipped(tf, [tf.tensor2d([[2, -4], [1, 6]]), tf.scalar(8), tf.tensor1d([0])], 2.2)
    near([norm], [11], 1e-6, 'norm')
    near(values, [0.4, -0.8, 0.2, 1.2, 1.6, 0], 1e-6, 'gradients')
  }))

s('gradients that are short enough stay bit for bit, and their norm is given too', () =>
  onEveryBackend((tf) => {
    const { values, norm } = clipped(tf, [tf.tensor1d([0.1, 0.3]), tf.scalar(-0.7)], 5)
    near([norm], [Math.hypot(0.1, 0.3, 0.7)], 1e-6, 'norm')
    assert.equal(values, [...new Float32Array([0.1, 0.3, -0.7])])
  }))

s('gradients of nothing but zeros stay zero', () =>
  onEveryBackend((tf) => assert.equal(clipped(tf, [tf.zeros([2]), tf.scalar(0)], 1), { values: [0, 0, 0], norm: 0 })))

s('gradients whose squares overflow or vanish in single precision are measured and shortened all the same', () =>
  onEveryBackend((tf) => {
    const large = clipped(tf, [tf.tensor1d([3e25, 0]), tf.scalar(-4e25)], 1)
    near([large.norm / 1e25], [5], 1e-6, 'large norm')
    near(large.values, [0.6, 0, -0.8], 1e-6, 'large gradients')
    near([clipped(tf, [tf.tensor1d([3e-25, 4e-25])], 1).norm * 1e25], [5], 1e-5, 'small norm')
  }))

s('the norm of gradients that are not finite is NaN', () =>
  onEveryBackend((tf) => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      assert.ok(Number.isNaN(clipped(tf, [tf.tensor1d([1, wrong, 2]), tf.scalar(1)], 1).norm), `${tf.getBackend()}: ${wrong}`)
    }
  }))

s('a weight is kept within its bounds, and one that is not a number stays so', () =>
  onEveryBackend((tf) => {
    const kept = keepWithin(tf, tf.tensor2d([[-1, 0, 0.5], [1, 7, NaN]]), [0, 1])
    assert.equal(kept.shape, [2, 3])
    assert.equal([...kept.dataSync()], [0, 0, 0.5, 1, 1, NaN])
  }))

s.run()
