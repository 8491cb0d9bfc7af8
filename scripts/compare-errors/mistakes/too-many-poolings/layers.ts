import * as tf from '@tensorflow/tfjs-layers'

export function network(): tf.LayersModel {
  const model = tf.sequential()
  model.add(tf.layers.inputLayer({ inputShape: [28, 28, 1] }))
  for (const filters of [16, 32, 64]) {
    model.add(tf.layers.conv2d({ name: `conv${filters}`, filters, kernelSize: 3, padding: 'same', activation: 'relu' }))
    model.add(tf.layers.maxPooling2d({ name: `pool${filters}`, poolSize: 2 }))
  }
  model.add(tf.layers.conv2d({ name: 'last', filters: 128, kernelSize: 5, activation: 'relu' }))
  model.add(tf.layers.flatten({ name: 'flatten' }))
  model.add(tf.layers.dense({ name: 'logits', units: 10 }))
  return model
}
