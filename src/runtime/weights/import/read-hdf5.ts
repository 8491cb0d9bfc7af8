import type { Dataset, Group, ready as loaded } from 'h5wasm'
import { fromFloat16 } from '../../../codegen/tfjs/runtime/half.ts'
import { Failure, problem } from '../../failure/failure.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'

/**
 * The weights in an HDF5 file of Keras: by the layers and weights that its attributes list, as `model.save_weights` and `model.save` of
 * Keras 2 write them; of Keras 3 all that stands in it.
 *
 * @throws Failure `weights/unreadable`
 */
export async function readHdf5(bytes: Uint8Array, file: string): Promise<ForeignFile> {
  const { default: h5wasm, ready } = await import('h5wasm')
  const library = await ready
  const { FS } = library
  library.activate_throwing_error_handler()
  FS.writeFile(inMemory, bytes)
  try {
    const opened = new h5wasm.File(inMemory, 'r')
    const weights = opened.get('model_weights')
    const root = isGroup(weights) ? weights : opened
    const layers = textsOf(root, 'layer_names')
    const tensors = layers.length > 0 ? listed(root, layers, library) : found(root, '', library)
    opened.close()
    return { format: 'hdf5', tensors, ordered: layers.length > 0, texts: {} }
  } catch (error) {
    // the library throws errors of no class of its own, with the whole stack of HDF5 in their message
    const reason = /.* in \w+\(\): (.+)/s.exec(String(error))?.[1]?.split('\n')[0]
    if (reason === undefined) throw error
    throw new Failure([problem('weights/unreadable', { format: 'HDF5', reason }, { file })], { cause: error })
  } finally {
    FS.unlink(inMemory)
  }
}

/** Where the library, which reads no disk, finds it. */
const inMemory = '/weights.h5'

type Library = Awaited<typeof loaded>

type Entity = ReturnType<Group['get']>

const isGroup = (entity: Entity): entity is Group => entity !== null && 'keys' in entity

const isDataset = (entity: Entity): entity is Dataset => entity !== null && 'dtype' in entity

/** An attribute that lists names; a long one is in parts, `layer_names0` and so on. */
function textsOf({ attrs }: Group, name: string): readonly string[] {
  const parts = Object.keys(attrs).filter((key) => key === name || (key.startsWith(name) && /^\d+$/.test(key.slice(name.length))))
  const inOrder = parts.sort((a, b) => Number(a.slice(name.length)) - Number(b.slice(name.length)))
  return inOrder.flatMap((key) => {
    const value = attrs[key]!.value
    return Array.isArray(value) ? value.map(String) : []
  })
}

/** Keras 2: a group for each layer, whose attribute names its weights. */
function listed(root: Group, layers: readonly string[], library: Library): readonly ForeignTensor[] {
  return layers.flatMap((layer) => {
    const group = root.get(layer)
    if (!isGroup(group)) return []
    return textsOf(group, 'weight_names').flatMap((name) => {
      const dataset = group.get(name)
      return isDataset(dataset) ? [tensorOf(dataset, name.startsWith(layer) ? name : `${layer}/${name}`, library)] : []
    })
  })
}

/** Keras 3: what the layers are called by their users is an attribute of their groups, where it is at all. */
function found(group: Group, within: string, library: Library, layer?: string): readonly ForeignTensor[] {
  return group.keys().flatMap((key) => {
    // what an optimiser remembers is no weight
    if (within === '' && key.startsWith('optimizer')) return []
    const entity = group.get(key)
    const name = within === '' ? key : `${within}/${key}`
    if (isDataset(entity)) return [{ ...tensorOf(entity, name, library), ...(layer !== undefined && { layer }) }]
    if (!isGroup(entity)) return []
    const given = entity.attrs['name']?.value
    return found(entity, name, library, typeof given === 'string' ? given : layer)
  })
}

function tensorOf(dataset: Dataset, name: string, library: Library): ForeignTensor {
  const { dtype, shape } = dataset
  const values = valuesOf(dataset, library)
  return { name, dtype: typeof dtype === 'string' ? dtype : 'a type of several parts', shape: shape ?? [], values: () => values }
}

function valuesOf(dataset: Dataset, library: Library): Float32Array | undefined {
  if (dataset.dtype === '<e' || dataset.dtype === '>e') return halves(dataset, library)
  const isRead = ['<f', '>f', '<d', '>d'].some((dtype) => dtype === dataset.dtype)
  const value = isRead ? dataset.value : undefined
  return value instanceof Float32Array ? value : value instanceof Float64Array ? Float32Array.from(value) : undefined
}

/** Numbers of 16 bits, of which the library gives the bytes, in the order of this machine, and makes no array. */
function halves({ file_id: file, path, metadata }: Dataset, { get_dataset_data: read, HEAPU8, _malloc: take, _free: release }: Library): Float32Array {
  const count = metadata.total_size
  const place = take(2 * count)
  try {
    read(file, path, null, null, null, BigInt(place))
    return Float32Array.from(new Uint16Array(HEAPU8.buffer, place, count), fromFloat16)
  } finally {
    release(place)
  }
}
