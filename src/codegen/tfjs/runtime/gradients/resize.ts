import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

type Attributes = tf.ResizeBilinearAttrs | tf.ResizeNearestNeighborAttrs

type Resize = Tfjs['image']['resizeBilinear' | 'resizeNearestNeighbor']

/**
 * TensorFlow.js differentiates every resize as if its places were not those of half pixels, and on cpu some others wrongly too. A
 * resize is a product with one matrix along each axis, y = R x Cᵀ, so dx = Rᵀ dy C.
 */
const resizeGradient = (tf: Tfjs, kernelName: string, resize: Resize): tf.GradConfig =>
  gradient(kernelName, ['images'], (dy, [images], attrs) => ({
    images: () => {
      const attributes = attrs as unknown as Attributes
      const [, height, width] = (images as tf.Tensor4D).shape
      const [newHeight, newWidth] = attributes.size
      const along = (map: tf.Tensor, n: number, m: number): tf.Tensor => {
        const turned = tf.transpose(map, [0, 2, 3, 1])
        // one product of two matrices: WebAssembly is a hundred times as slow where one is repeated for each sample
        const product = tf.matMul(tf.reshape(turned, [-1, m]), matrix(tf, resize, n, m, attributes))
        return tf.reshape(product, [...turned.shape.slice(0, 3), n])
      }
      const narrow = along(along(dy, height, newHeight), width, newWidth)
      return tf.transpose(narrow, [0, 2, 3, 1])
    },
  }))

/**
 * The matrix [m, n] of a resize of n rows to m. It is what the forward pass makes of unit vectors, one in each channel, so that
 * the two round alike where a place is just between two rows.
 */
function matrix(
  tf: Tfjs,
  resize: Resize,
  n: number,
  m: number,
  { alignCorners, halfPixelCenters }: Attributes,
): tf.Tensor {
  const units = tf.reshape<tf.Rank.R4>(tf.eye(n), [1, n, 1, n])
  return tf.reshape(resize(units, [m, 1], alignCorners, halfPixelCenters), [m, n])
}

export const resizeGradients = [
  (tf: Tfjs): tf.GradConfig => resizeGradient(tf, tf.ResizeBilinear, tf.image.resizeBilinear),
  (tf: Tfjs): tf.GradConfig => resizeGradient(tf, tf.ResizeNearestNeighbor, tf.image.resizeNearestNeighbor),
] as const
