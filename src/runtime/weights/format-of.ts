/** What a file is by its first bytes, and what is to be done where weights of a model are wanted. */
interface FileFormat {
  readonly kind: 'safetensors' | 'npz' | 'hdf5' | 'tfjs' | 'other'
  /** As it is called in a sentence. */
  readonly name: string
  /** How weights that fmw reads are made of it. */
  readonly mend: (file: string) => readonly string[]
}

/**
 * What no other format begins like is taken for safetensors, whose reader says what is wrong with it. A header with its length before it is looked for
 * first: lengths begin like anything.
 */
export const formatOf = (bytes: Uint8Array): FileFormat =>
  hasHeader(bytes) ? safetensors : (formats.find(({ matches }) => matches(bytes)) ?? safetensors)

/** Whether JSON begins behind a length of 64 bits that is below 4 GiB. */
const hasHeader = (bytes: Uint8Array): boolean => bytes[8] === 0x7b && [4, 5, 6, 7].every((at) => bytes[at] === 0)

const safetensors: FileFormat = { kind: 'safetensors', name: 'a safetensors file', mend: () => [] }

const imported = (file: string): readonly string[] => [
  `fmw weights import ${file} <model>.fmw -o weights.safetensors writes them as fmw reads them`,
]

const again = (): readonly string[] => ['what wrote it has written no weights, or has not ended yet: write it again']

interface KnownFormat extends FileFormat {
  readonly matches: (bytes: Uint8Array) => boolean
}

const savedByPython = (file: string): readonly string[] => [
  'Python writes them as a file that fmw weights import reads:',
  '  import torch',
  '  from safetensors.torch import save_file',
  `  save_file(torch.load(${JSON.stringify(file)}, map_location="cpu"), "weights.safetensors")`,
  'what is saved must be a state: of a whole module its .state_dict(), of a dictionary of several things the one that is it',
]

const formats: readonly KnownFormat[] = [
  { kind: 'other', name: 'an empty file', mend: again, matches: (bytes) => bytes.length === 0 },
  { kind: 'other', name: 'an empty zip archive, such as an .npz of no arrays', mend: again, matches: (bytes) => firstEntry(bytes) === '' },
  {
    kind: 'hdf5',
    name: 'an HDF5 file, as Keras writes them',
    mend: imported,
    matches: (bytes) => startsWith(bytes, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  { kind: 'npz', name: 'an .npz file of NumPy', mend: imported, matches: (bytes) => firstEntry(bytes)?.endsWith('.npy') ?? false },
  {
    kind: 'other',
    name: 'a checkpoint of PyTorch, which only Python can read',
    mend: savedByPython,
    matches: (bytes) => /(?:^|\/)(?:data\.pkl|version|byteorder|\.format_version|\.storage_alignment)$/.test(firstEntry(bytes) ?? '') || isPickle(bytes),
  },
  {
    kind: 'other',
    name: 'a .keras archive',
    mend: (file) => [
      `its weights are an HDF5 file within it: unzip ${file} model.weights.h5`,
      'fmw weights import model.weights.h5 <model>.fmw -o weights.safetensors then writes them as fmw reads them',
    ],
    matches: (bytes) => /^(?:metadata\.json|config\.json|model\.weights\.h5)$/.test(firstEntry(bytes) ?? ''),
  },
  {
    kind: 'other',
    name: 'a zip archive',
    mend: () => ['weights are read from .safetensors files; fmw weights import reads .npz, .h5 and model.json too'],
    matches: (bytes) => firstEntry(bytes) !== undefined,
  },
  {
    kind: 'tfjs',
    name: 'a model.json of TensorFlow.js',
    mend: imported,
    matches: (bytes) => /^\s*\{/.test(begin(bytes, 64)) && /"(?:modelTopology|weightsManifest)"/.test(begin(bytes, bytes.length)),
  },
  {
    kind: 'other',
    name: 'an ONNX model',
    mend: (file) => [
      'Python writes its weights as a file that fmw weights import reads:',
      '  import numpy, onnx.numpy_helper',
      `  weights = onnx.load(${JSON.stringify(file)}).graph.initializer`,
      '  numpy.savez("weights.npz", **{w.name: onnx.numpy_helper.to_array(w) for w in weights})',
      'where PyTorch has exported it, its own state is the better source: the export computes batch normalisations into kernels',
    ],
    // the version of the format, field 1, then the producer's name, field 2
    matches: (bytes) => bytes[0] === 0x08 && bytes[1]! > 2 && bytes[1]! < 32 && (bytes[2] === 0x12 || bytes[2] === 0x3a),
  },
]

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, i) => bytes[i] === byte)

/** Protocols 2 to 5: what `torch.save` wrote before it wrote archives. */
const isPickle = (bytes: Uint8Array): boolean => bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5

const begin = (bytes: Uint8Array, length: number): string => new TextDecoder('latin1').decode(bytes.subarray(0, length))

/** The name of the first file in a zip archive; empty where there is none. */
function firstEntry(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) return ''
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || bytes.byteLength < 30) return undefined
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(26, true)
  return begin(bytes.subarray(30), length)
}
