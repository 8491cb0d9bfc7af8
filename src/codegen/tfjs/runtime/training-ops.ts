import * as tf from '@tensorflow/tfjs-core'

/** Mean and variance (biased) are those of the batch, and the moving ones become momentum · moving + (1 - momentum) · batch at once. */
export function batchNormInTraining<R extends tf.Rank>(
  x: tf.Tensor<R>,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  offset: tf.Tensor1D,
  scale: tf.Tensor1D,
  epsilon: number,
  momentum: number,
): tf.Tensor<R> {
  const axes = x.shape.slice(1).map((_, axis) => axis)
  const batchMean = tf.mean<tf.Tensor1D>(x, axes)
  const batchVariance = tf.mean<tf.Tensor1D>(tf.square(tf.sub(x, batchMean)), axes)
  move(mean, batchMean, momentum)
  move(variance, batchVariance, momentum)
  return tf.batchNorm(x, batchMean, batchVariance, offset, scale, epsilon)
}

/** Only variables move. */
function move(moving: tf.Tensor, batch: tf.Tensor, momentum: number): void {
  if (moving instanceof tf.Variable) moving.assign(tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum)))
}

export function dropoutInTraining(x: tf.Tensor, rate: number, seed: number): tf.Tensor {
  return tf.dropout(x, rate, undefined, seed)
}
