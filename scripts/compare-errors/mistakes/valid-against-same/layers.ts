import * as tf from '@tensorflow/tfjs-layers'

export function network(): tf.LayersModel {
  const image = tf.input({ shape: [32, 32, 3] })
  const narrow = tf.layers
    .conv2d({ name: 'narrow', filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' })
    .apply(image)
  const wide = tf.layers.conv2d({ name: 'wide', filters: 16, kernelSize: 5, activation: 'relu' }).apply(image)
  const joined = tf.layers.concatenate({ name: 'joined' }).apply([narrow as tf.SymbolicTensor, wide as tf.SymbolicTensor])
  const pooled = tf.layers.globalAveragePooling2d({}).apply(joined)
  const logits = tf.layers.dense({ name: 'logits', units: 10 }).apply(pooled) as tf.SymbolicTensor
  return tf.model({ inputs: image, outputs: logits })
}
