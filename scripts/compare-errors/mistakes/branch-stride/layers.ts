import * as tf from '@tensorflow/tfjs-layers'

function basic(x: tf.SymbolicTensor, width: number): tf.SymbolicTensor {
  const conv1 = tf.layers.conv2d({ name: 'conv1', filters: width, kernelSize: 3, strides: 2, padding: 'same' }).apply(x)
  const relu1 = tf.layers.reLU().apply(tf.layers.batchNormalization().apply(conv1))
  const conv2 = tf.layers.conv2d({ name: 'conv2', filters: width, kernelSize: 3, padding: 'same' }).apply(relu1)
  const branch = tf.layers.batchNormalization().apply(conv2) as tf.SymbolicTensor
  const shortcut = tf.layers.conv2d({ name: 'project', filters: width, kernelSize: 1 }).apply(x) as tf.SymbolicTensor
  const sum = tf.layers.add({ name: 'add' }).apply([branch, shortcut])
  return tf.layers.reLU().apply(sum) as tf.SymbolicTensor
}

export function network(): tf.LayersModel {
  const image = tf.input({ shape: [56, 56, 64] })
  const pooled = tf.layers.globalAveragePooling2d({}).apply(basic(image, 128))
  const logits = tf.layers.dense({ name: 'logits', units: 1000 }).apply(pooled) as tf.SymbolicTensor
  return tf.model({ inputs: image, outputs: logits })
}
