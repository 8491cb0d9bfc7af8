import type * as tfjs from '@tensorflow/tfjs-core'
import type { Tfjs } from '../src/codegen/tfjs/apply.ts'

/** The weights of ResNet-50 as they are met on the way from the picture to the logits. */
export type WeightsInOrder = readonly tfjs.Tensor[]

/**
 * ResNet-50 as somebody would write it on TensorFlow.js without a compiler: op by op, every intermediate disposed of after its
 * last use.
 */
export function resnet50ByHand(tf: Tfjs, weights: WeightsInOrder, image: tfjs.Tensor4D): tfjs.Tensor2D {
  let read = 0
  const next = <T extends tfjs.Tensor>(): T => weights[read++] as T

  /** Convolution without bias, padded by half the kernel, and batch normalisation. */
  function convNorm(x: tfjs.Tensor4D, kernelSize: number, stride: number): tfjs.Tensor4D {
    const kernel = next<tfjs.Tensor4D>()
    const [scale, offset, mean, variance] = [
      next<tfjs.Tensor1D>(),
      next<tfjs.Tensor1D>(),
      next<tfjs.Tensor1D>(),
      next<tfjs.Tensor1D>(),
    ]
    let y: tfjs.Tensor4D
    if (kernelSize > 1 && stride > 1) {
      const half = (kernelSize - 1) / 2
      const padded = tf.pad(x, [[0, 0], [half, half], [half, half], [0, 0]])
      y = tf.conv2d<tfjs.Tensor4D>(padded, kernel, stride, 'valid')
      padded.dispose()
    } else y = tf.conv2d(x, kernel, stride, kernelSize > 1 ? 'same' : 'valid')
    const normalised = tf.batchNorm(y, mean, variance, offset, scale, 1e-5)
    y.dispose()
    return normalised
  }

  function activated(x: tfjs.Tensor4D): tfjs.Tensor4D {
    const y = tf.relu<tfjs.Tensor4D>(x)
    x.dispose()
    return y
  }

  function bottleneck(x: tfjs.Tensor4D, width: number, stride: number): tfjs.Tensor4D {
    const a = activated(convNorm(x, 1, 1))
    const b = activated(convNorm(a, 3, stride))
    a.dispose()
    const c = convNorm(b, 1, 1)
    b.dispose()
    const shortcut = stride === 1 && x.shape[3] === 4 * width ? x : convNorm(x, 1, stride)
    const sum = tf.add<tfjs.Tensor4D>(c, shortcut)
    c.dispose()
    if (shortcut !== x) shortcut.dispose()
    return activated(sum)
  }

  const stem = activated(convNorm(image, 7, 2))
  const padded = tf.pad(stem, [[0, 0], [1, 1], [1, 1], [0, 0]], -Infinity)
  stem.dispose()
  let x: tfjs.Tensor4D = tf.maxPool(padded, 3, 2, 'valid')
  padded.dispose()
  for (const [stage, count] of [3, 4, 6, 3].entries()) {
    for (let i = 0; i < count; i++) {
      const y = bottleneck(x, 64 * 2 ** stage, stage > 0 && i === 0 ? 2 : 1)
      x.dispose()
      x = y
    }
  }
  const pooled = tf.mean<tfjs.Tensor2D>(x, [1, 2])
  x.dispose()
  const product = tf.matMul(pooled, next<tfjs.Tensor2D>())
  pooled.dispose()
  const logits = tf.add<tfjs.Tensor2D>(product, next<tfjs.Tensor1D>())
  product.dispose()
  return logits
}
