import * as tf from '@tensorflow/tfjs-layers'

// Keras, whose layers these are, has groups
const grouped = { name: 'grouped', filters: 96, kernelSize: 3, padding: 'same', activation: 'relu', groups: 32 } as const

export const network = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'squeezed', inputShape: [56, 56, 64], filters: 48, kernelSize: 1, activation: 'relu' }),
      tf.layers.conv2d(grouped),
      tf.layers.globalAveragePooling2d({ name: 'pool' }),
      tf.layers.dense({ name: 'logits', units: 10 }),
    ],
  })
