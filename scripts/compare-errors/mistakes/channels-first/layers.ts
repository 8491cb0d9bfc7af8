import * as tf from '@tensorflow/tfjs-layers'

export const network = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [3, 224, 224] }),
      tf.layers.conv2d({ name: 'conv1', filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
      tf.layers.conv2d({ name: 'conv2', filters: 128, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tf.layers.maxPooling2d({ name: 'pool2', poolSize: 2 }),
      tf.layers.globalAveragePooling2d({ name: 'pool3' }),
      tf.layers.dense({ name: 'logits', units: 1000 }),
    ],
  })
