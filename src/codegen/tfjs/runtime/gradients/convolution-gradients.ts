import type * as tf from '@tensorflow/tfjs-core'
import type { Tfjs } from './tfjs.ts'

/** Sizes, steps and pads of a convolution: maps [B, H, W, C], kernels [kh, kw, C, O]. */
export type Convolution = tf.backend_util.Conv2DInfo

/**
 * The gradient of y = x * kernel by the kernel: dK[i, j, c, o] = Σ x[b, h·s + i·d - top, w·s + j·d - left, c] · dy[b, h, w, o].
 * That is again a convolution, with samples in the place of channels and stride and dilation exchanged: of the maps [C, H, W, B]
 * by the kernel dy [H', W', B, O].
 */
export function filterGradient(tf: Tfjs, x: tf.Tensor4D, dy: tf.Tensor4D, convolution: Convolution): tf.Tensor {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = convolution
  const maps = tf.transpose<tf.Tensor4D>(reached(tf, x, convolution), [3, 1, 2, 0])
  const kernel = tf.transpose<tf.Tensor4D>(dy, [1, 2, 0, 3])
  const steps: [number, number] = [dilationHeight, dilationWidth]
  return tf.transpose(tf.conv2d(maps, kernel, steps, 'valid', 'NHWC', [strideHeight, strideWidth]), [1, 2, 0, 3])
}

/**
 * The gradient by x: dy, spread by the stride, convolved with the kernel turned by 180° and its channels and filters exchanged.
 */
export function inputGradient(tf: Tfjs, dy: tf.Tensor4D, kernel: tf.Tensor4D, convolution: Convolution): tf.Tensor {
  const turned = tf.transpose<tf.Tensor4D>(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2])
  const { dilationHeight, dilationWidth } = convolution
  return tf.conv2d(spread(tf, dy, convolution), turned, 1, 'valid', 'NHWC', [dilationHeight, dilationWidth])
}

/** The part of x, with its zeros around it, that some window reaches. */
export function reached(tf: Tfjs, x: tf.Tensor4D, convolution: Convolution): tf.Tensor4D {
  const { outHeight, outWidth, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth, padInfo } =
    convolution
  const size = [
    (outHeight - 1) * strideHeight + effectiveFilterHeight,
    (outWidth - 1) * strideWidth + effectiveFilterWidth,
  ] as const
  return framed(tf, x, [padInfo.top, padInfo.left], size)
}

/**
 * dy with zeros between its elements, where the stride left elements out, and around it, so that a whole kernel fits everywhere.
 */
export function spread(tf: Tfjs, dy: tf.Tensor4D, convolution: Convolution): tf.Tensor4D {
  const { strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth, padInfo, inHeight, inWidth } =
    convolution
  const [batch, height, width, channels] = dy.shape
  const rows = followedByZeros(tf, dy, width * channels, strideHeight - 1)
  const apart = tf.reshape<tf.Rank.R4>(followedByZeros(tf, rows, channels, strideWidth - 1), [
    batch,
    height * strideHeight,
    width * strideWidth,
    channels,
  ])
  const before = [effectiveFilterHeight - 1 - padInfo.top, effectiveFilterWidth - 1 - padInfo.left] as const
  return framed(tf, apart, before, [inHeight + effectiveFilterHeight - 1, inWidth + effectiveFilterWidth - 1])
}

/** After each run of `length` numbers so many runs of zeros. */
function followedByZeros(tf: Tfjs, x: tf.Tensor, length: number, zeros: number): tf.Tensor {
  if (zeros === 0) return x
  return tf.pad(tf.reshape(x, [-1, 1, length]), [
    [0, 0],
    [0, zeros],
    [0, 0],
  ])
}

/** A map of this height and width that shows x so many rows and columns from its corner; negative ones are cut off x. */
function framed(
  tf: Tfjs,
  x: tf.Tensor4D,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): tf.Tensor4D {
  const [batch, rows, columns, channels] = x.shape
  const padded = tf.pad(x, [
    [0, 0],
    [Math.max(top, 0), Math.max(height - top - rows, 0)],
    [Math.max(left, 0), Math.max(width - left - columns, 0)],
    [0, 0],
  ])
  if (padded.shape[1] === height && padded.shape[2] === width) return padded
  return tf.slice(padded, [0, Math.max(-top, 0), Math.max(-left, 0), 0], [batch, height, width, channels])
}
