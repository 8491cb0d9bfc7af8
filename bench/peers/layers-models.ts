import * as layers from '@tensorflow/tfjs-layers'

/** The networks of the benchmarks as models of tf.layers. C3 of LeNet-5 is dense there, and its squashing a plain tanh. */
export const layersModels = { lenet5, compared, 'small-resnet': smallResNet } as const

function lenet5(): layers.LayersModel {
  const conv = (filters: number, more = {}) => layers.layers.conv2d({ filters, kernelSize: 5, activation: 'tanh', ...more })
  const model = layers.sequential()
  model.add(conv(6, { inputShape: [32, 32, 1] }))
  model.add(layers.layers.averagePooling2d({ poolSize: 2 }))
  model.add(conv(16))
  model.add(layers.layers.averagePooling2d({ poolSize: 2 }))
  model.add(conv(120))
  model.add(layers.layers.flatten())
  model.add(layers.layers.dense({ units: 84, activation: 'tanh' }))
  model.add(layers.layers.dense({ units: 10 }))
  return model
}

function compared(): layers.LayersModel {
  const conv = (more = {}) => layers.layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu', ...more })
  const model = layers.sequential()
  model.add(conv({ inputShape: [28, 28, 1], strides: 2 }))
  model.add(conv())
  model.add(layers.layers.maxPooling2d({ poolSize: 2 }))
  model.add(conv())
  model.add(layers.layers.globalAveragePooling2d({}))
  model.add(layers.layers.dense({ units: 10 }))
  return model
}

function smallResNet(): layers.LayersModel {
  const { conv2d, batchNormalization, reLU, add, globalAveragePooling2d, dense } = layers.layers
  type Maps = layers.SymbolicTensor
  const norm = (x: Maps): Maps => batchNormalization().apply(x) as Maps
  const conv = (x: Maps, filters: number, kernelSize: number, strides: number): Maps =>
    norm(conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(x) as Maps)
  const relu = (x: Maps): Maps => reLU().apply(x) as Maps
  const residual = (x: Maps, width: number, stride: number): Maps => {
    const a = conv(relu(conv(x, width, 3, stride)), width, 3, 1)
    const b = stride === 1 ? x : conv(x, width, 1, stride)
    return relu(add().apply([a, b]) as Maps)
  }
  const image = layers.input({ shape: [64, 64, 3] })
  const x = relu(conv(image, 16, 3, 2))
  const y = residual(residual(residual(x, 16, 1), 32, 2), 64, 2)
  const outputs = dense({ units: 10 }).apply(globalAveragePooling2d({}).apply(y)) as Maps
  return layers.model({ inputs: image, outputs })
}
