import h5wasm, { ready } from 'h5wasm'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'

type Tensors = readonly (readonly [name: string, tensor: TensorData])[]

/** The bytes of an HDF5 file that a function fills. */
async function fileOf(fill: (file: InstanceType<typeof h5wasm.File>) => void): Promise<Uint8Array> {
  const { FS } = await ready
  const file = new h5wasm.File('/made.h5', 'w')
  fill(file)
  file.flush()
  file.close()
  const bytes = Uint8Array.from(FS.readFile('/made.h5'))
  FS.unlink('/made.h5')
  return bytes
}

const layersOf = (tensors: Tensors): readonly string[] => [...new Set(tensors.map(([name]) => name.slice(0, name.lastIndexOf('/'))))]

const dataset = (name: string, { shape, values }: TensorData) => ({ name, data: values, shape: [...shape] })

/** As `model.save` of Keras 2 writes `conv1/kernel`: model_weights/conv1/conv1/kernel:0, with the order in attributes. */
export const keras2 = (tensors: Tensors): Promise<Uint8Array> =>
  fileOf((file) => {
    const root = file.create_group('model_weights')
    const layers = layersOf(tensors)
    // activations are layers too, and have no weights
    root.create_attribute('layer_names', ['input_1', ...layers])
    root.create_group('input_1')
    for (const layer of layers) {
      const group = root.create_group(layer)
      const own = tensors.filter(([name]) => name.startsWith(`${layer}/`))
      group.create_attribute('weight_names', own.map(([name]) => `${name}:0`))
      const inner = group.create_group(layer)
      for (const [name, tensor] of own) inner.create_dataset(dataset(`${name.slice(layer.length + 1)}:0`, tensor))
    }
    file.create_group('optimizer_weights').create_dataset({ name: 'iteration', data: new Float32Array([3]), shape: [1] })
  })

/** As Keras 3 writes it: layers/conv1/vars/0, the groups called as the layers, or by their class with the name as an attribute. */
export const keras3 = (tensors: Tensors, groupOf: (layer: string) => string): Promise<Uint8Array> =>
  fileOf((file) => {
    const root = file.create_group('layers')
    for (const layer of layersOf(tensors)) {
      const group = root.create_group(groupOf(layer))
      if (groupOf(layer) !== layer) group.create_attribute('name', layer)
      const vars = group.create_group('vars')
      for (const [i, [, tensor]] of tensors.filter(([name]) => name.startsWith(`${layer}/`)).entries()) vars.create_dataset(dataset(String(i), tensor))
    }
    const dropout = root.create_group('dropout').create_group('seed_generator').create_group('vars')
    dropout.create_dataset({ name: '0', data: new Uint32Array([1, 2]), shape: [2] })
    file.create_group('optimizer').create_group('vars').create_dataset({ name: '0', data: new Float32Array([3]), shape: [1] })
  })

/** A file with one dataset of any type. */
export const single = (data: Float64Array | BigInt64Array | Float32Array, name: string): Promise<Uint8Array> =>
  fileOf((file) => void file.create_dataset({ name, data, shape: [data.length] }))
