import { readValues } from '../../../codegen/tfjs/runtime/safetensors.ts'
import { Failure, failIfAny, problem } from '../../failure/failure.ts'
import { readNpy, readNpyHeader } from '../../files/npy.ts'
import { unpackNpz } from '../../files/npz.ts'
import { formatOf } from '../format-of.ts'
import { readHeader } from '../safetensors-header.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'
import { readHdf5 } from './read-hdf5.ts'
import { readTfjs } from './read-tfjs.ts'

/**
 * The tensors of a file of weights that another program has written.
 *
 * @throws Failure where it is of a format that is not read, or breaks its rules
 */
export async function readForeign(bytes: Uint8Array, file: string): Promise<ForeignFile> {
  const { kind, name, mend } = formatOf(bytes)
  switch (kind) {
    case 'safetensors':
      return fromSafetensors(bytes, file)
    case 'npz':
      return fromNpz(bytes, file)
    case 'hdf5':
      return readHdf5(bytes, file)
    case 'tfjs':
      return readTfjs(bytes, file)
    case 'other':
      throw new Failure([problem('weights/format', { format: name }, { file, notes: mend(file) })])
  }
}

function fromSafetensors(bytes: Uint8Array, file: string): ForeignFile {
  const { start, tensors, metadata, problems } = readHeader(bytes, file)
  failIfAny(problems)
  const read = tensors.map((tensor) => ({
    name: tensor.name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    values: () => (tensor.dtype === 'F64' ? doubles(bytes, start + tensor.begin, start + tensor.end) : readValues(bytes, start, tensor)),
  }))
  return { format: 'safetensors', tensors: read, ordered: !isSorted(read), texts: metadata }
}

function doubles(bytes: Uint8Array, begin: number, end: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + begin, end - begin)
  return Float32Array.from({ length: view.byteLength / 8 }, (_, i) => view.getFloat64(8 * i, true))
}

function fromNpz(bytes: Uint8Array, file: string): ForeignFile {
  const tensors = [...unpackNpz(bytes, file)].map(([name, content]): ForeignTensor => {
    const place = `${file}/${name}.npy`
    const { descr, shape } = readNpyHeader(content, place)
    return { name, dtype: descr, shape, values: () => (descr[1] === 'f' ? readNpy(content, place).values : undefined) }
  })
  return { format: 'npz', tensors, ordered: !isSorted(tensors), texts: {} }
}

/** Names in their order, of each type for itself as `safetensors` writes them, say nothing of the order in which a program made them. */
function isSorted(tensors: readonly ForeignTensor[]): boolean {
  const last = new Map<string, string>()
  return tensors.every(({ name, dtype }) => {
    const before = last.get(dtype)
    last.set(dtype, name)
    return before === undefined || before <= name
  })
}
