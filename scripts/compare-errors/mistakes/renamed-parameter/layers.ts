import * as tf from '@tensorflow/tfjs-layers'

// tf.layers says strides, PyTorch says stride
const stem = {
  name: 'stem',
  inputShape: [224, 224, 3],
  filters: 64,
  kernelSize: 7,
  stride: 2,
  padding: 'same' as const,
  activation: 'relu' as const,
}

export const network = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d(stem),
      tf.layers.globalAveragePooling2d({ name: 'pool' }),
      tf.layers.dense({ name: 'logits', units: 1000 }),
    ],
  })
