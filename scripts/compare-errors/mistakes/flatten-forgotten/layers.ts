import * as tf from '@tensorflow/tfjs-layers'

export const network = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'conv1', inputShape: [32, 32, 1], filters: 6, kernelSize: 5, activation: 'relu' }),
      tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
      tf.layers.conv2d({ name: 'conv2', filters: 16, kernelSize: 5, activation: 'relu' }),
      tf.layers.maxPooling2d({ name: 'pool2', poolSize: 2 }),
      tf.layers.dense({ name: 'hidden', units: 120, activation: 'relu' }),
      tf.layers.dense({ name: 'logits', units: 10 }),
    ],
  })
