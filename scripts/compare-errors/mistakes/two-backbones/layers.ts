import * as tf from '@tensorflow/tfjs-layers'

export function network(): tf.LayersModel {
  const colour = tf.input({ shape: [128, 128, 3] })
  const colourMaps = conv('colour2', 64, 3).apply(conv('colour1', 32, 3).apply(colour)) as tf.SymbolicTensor
  const depth = tf.input({ shape: [128, 128, 1] })
  const pooled = tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }).apply(conv('depth1', 32, 5).apply(depth))
  const depthMaps = conv('depth2', 64, 3).apply(pooled) as tf.SymbolicTensor
  const joined = tf.layers.add({ name: 'joined' }).apply([colourMaps, depthMaps])
  const vector = tf.layers.globalAveragePooling2d({}).apply(joined)
  const logits = tf.layers.dense({ name: 'logits', units: 10 }).apply(vector) as tf.SymbolicTensor
  return tf.model({ inputs: [colour, depth], outputs: logits })
}

const conv = (name: string, filters: number, kernelSize: number): tf.layers.Layer =>
  tf.layers.conv2d({ name, filters, kernelSize, strides: 2, padding: 'same', activation: 'relu' })
