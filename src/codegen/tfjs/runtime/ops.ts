import * as tf from '@tensorflow/tfjs-core'

/** What stands around a map: as TensorFlow's words say, or rows above and below, columns left and right. */
export type Pad = 'same' | 'valid' | [rows: [number, number], columns: [number, number]]

/** Of rows and columns, or of both. */
export type Size = number | [rows: number, columns: number]

/** Maps with a batch axis, or one map. */
type MapTensor = tf.Tensor3D | tf.Tensor4D

type Values = tf.Tensor | readonly tf.Tensor[]

/** Disposes of the old value (of each of a list, but never of what is next itself) and gives the next, which takes its place. */
export function replace<T extends Values>(old: Values, next: T): T {
  const kept = tensorsIn(next)
  for (const tensor of tensorsIn(old)) if (!kept.includes(tensor)) tensor.dispose()
  return next
}

const tensorsIn = (values: Values): readonly tf.Tensor[] => (values instanceof tf.Tensor ? [values] : values)

/**
 * The convolution of maps [batch, rows, columns, channels], or of one without the batch, with a kernel [rows, columns, channels,
 * filters]; zeros are around a map.
 */
export function conv2d(x: tf.Tensor3D, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation?: Size): tf.Tensor3D
export function conv2d(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation?: Size): tf.Tensor4D
export function conv2d(x: MapTensor, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation: Size = 1): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.conv2d(map, kernel, stride, word, 'NHWC', dilation))
}

/** The convolution of each channel with kernels of its own: [rows, columns, channels, kernels of each]. */
export function depthwiseConv2d(x: tf.Tensor3D, kernel: tf.Tensor4D, stride: Size, pad: Pad): tf.Tensor3D
export function depthwiseConv2d(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: Size, pad: Pad): tf.Tensor4D
export function depthwiseConv2d(x: MapTensor, kernel: tf.Tensor4D, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.depthwiseConv2d(map, kernel, stride, word))
}

/** The largest element of each window of `size`; what is around a map is never it. */
export function maxPool(x: tf.Tensor3D, size: Size, stride: Size, pad: Pad): tf.Tensor3D
export function maxPool(x: tf.Tensor4D, size: Size, stride: Size, pad: Pad): tf.Tensor4D
export function maxPool(x: MapTensor, size: Size, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, -Infinity, (map, word) => tf.maxPool(map, size, stride, word))
}

/** The mean of each window of `size`; explicit zeros around a map count. */
export function avgPool(x: tf.Tensor3D, size: Size, stride: Size, pad: Pad): tf.Tensor3D
export function avgPool(x: tf.Tensor4D, size: Size, stride: Size, pad: Pad): tf.Tensor4D
export function avgPool(x: MapTensor, size: Size, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.avgPool(map, size, stride, word))
}

/** Explicit pads are an op of their own: not every backend has gradients of ops that take them. */
function padded(
  x: MapTensor,
  pad: Pad,
  value: number,
  op: (x: MapTensor, pad: 'same' | 'valid') => MapTensor,
): MapTensor {
  if (typeof pad === 'string') return op(x, pad)
  const [rows, columns] = pad
  const batch: [number, number][] = x.rank === 4 ? [[0, 0]] : []
  return tf.tidy(() => op(tf.pad(x, [...batch, rows, columns, [0, 0]], value), 'valid'))
}
