import * as tf from '@tensorflow/tfjs-layers'

export function network(): tf.LayersModel {
  const image = tf.input({ shape: [100, 100, 1] })
  const down1 = down('down1', image, 16)
  const down2 = down('down2', tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }).apply(down1), 32)
  const down3 = down('down3', tf.layers.maxPooling2d({ name: 'pool2', poolSize: 2 }).apply(down2), 64)
  const middle = down('middle', tf.layers.maxPooling2d({ name: 'pool3', poolSize: 2 }).apply(down3), 128)
  const up3 = tf.layers
    .conv2dTranspose({ name: 'up3', filters: 64, kernelSize: 2, strides: 2 })
    .apply(middle) as tf.SymbolicTensor
  const join3 = tf.layers.concatenate({ name: 'join3' }).apply([down3, up3])
  const up2 = tf.layers.conv2dTranspose({ name: 'up2', filters: 32, kernelSize: 2, strides: 2 }).apply(join3) as tf.SymbolicTensor
  const join2 = tf.layers.concatenate({ name: 'join2' }).apply([down2, up2])
  const mask = tf.layers.conv2d({ name: 'mask', filters: 1, kernelSize: 1 }).apply(join2) as tf.SymbolicTensor
  return tf.model({ inputs: image, outputs: mask })
}

const down = (name: string, x: ReturnType<tf.layers.Layer['apply']>, filters: number): tf.SymbolicTensor =>
  tf.layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor
