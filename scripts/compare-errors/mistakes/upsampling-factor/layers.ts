import * as tf from '@tensorflow/tfjs-layers'

export function network(): tf.LayersModel {
  const image = tf.input({ shape: [128, 128, 3] })
  const fine = conv('fine', 32, 1).apply(image) as tf.SymbolicTensor
  const down2 = conv('down2', 64, 2).apply(fine)
  const down4 = conv('down4', 128, 2).apply(down2)
  const down8 = conv('down8', 256, 2).apply(down4)
  const narrow = tf.layers.conv2d({ name: 'narrow', filters: 32, kernelSize: 1 }).apply(down8)
  const coarse = tf.layers.upSampling2d({ name: 'coarse', size: [4, 4] }).apply(narrow) as tf.SymbolicTensor
  const joined = tf.layers.add({ name: 'joined' }).apply([fine, coarse])
  const mask = tf.layers.conv2d({ name: 'mask', filters: 1, kernelSize: 1 }).apply(joined) as tf.SymbolicTensor
  return tf.model({ inputs: image, outputs: mask })
}

const conv = (name: string, filters: number, strides: number): tf.layers.Layer =>
  tf.layers.conv2d({ name, filters, kernelSize: 3, strides, padding: 'same', activation: 'relu' })
