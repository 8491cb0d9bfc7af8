import type { Entry, FactsIn } from '../compiler/catalog/entry.ts'

/** The words of a problem, and the page `fmw explain` prints for its code. */
type ProblemEntry = Pick<Entry, 'message' | 'help'>

const table = <const T extends Readonly<Record<string, ProblemEntry>>>(entries: T): T => entries

/** Everything that can go wrong with files, weights and backends when a model is run. */
export const problems = table({
  'backend/unavailable': {
    message: 'the {backend} backend cannot be used: {reason}',
    help: `TensorFlow.js computes on one of three backends: \`node\` (TensorFlow's native library, the fastest), \`wasm\` (WebAssembly, on every
machine) and \`cpu\` (plain JavaScript, slow, for comparison). The one asked for does not load here. \`fmw doctor\` shows why and what to do,
\`fmw doctor --install-native\` installs the native library; \`--backend auto\` takes the fastest that loads.

    fmw run model.fmw --input image=cat.png --backend auto`,
  },
  'backend/install': {
    message: 'the native backend could not be installed: {reason}',
    help: `\`fmw doctor --install-native\` installs \`@tensorflow/tfjs-node\` into a folder of your own (\`$FMW_CACHE\`, else the system's place for
caches), where \`npm ci\` does not remove it. It needs npm, 600 MB and the npm registry; TensorFlow's library itself comes from
storage.googleapis.com or, on linux-x64, where that host cannot be reached, from the registry too. Nothing is left behind by an installation
that fails, and fmw works without it: \`--backend wasm\` needs nothing.

    fmw doctor --install-native`,
  },
  'weights/malformed': {
    message: 'this is no valid safetensors file: {reason}',
    help: `Weights are kept in the safetensors format: the length of a header, the header (names, shapes and places of the tensors, as JSON),
and the values. The file breaks a rule of that format; usual causes are a download or a copy that was cut off, a file of another format under
this name, and a program that writes the format wrongly. Fetch or write the file again. A fresh one to start from:

    fmw init model.fmw -o weights.safetensors`,
  },
  'weights/dtype': {
    message: 'the tensor {weight} holds {dtype}, and weights are read from F32, F16 and BF16',
    help: `fmw computes in 32-bit floating point. Half precision (F16, BF16) is widened without loss; integers and F64 would change their values
or their meaning in silence, so they are refused. Convert them where the file is made, in PyTorch for example:

    save_file({name: t.float() for name, t in tensors.items()}, "weights.safetensors")`,
  },
  'weights/missing': {
    message: 'the weight {weight} {shape} of the model is not in the file',
    help: `Every weight of a model is looked up in the file by its path. A path is missing when the file belongs to another model or
to an older version of this one, or when a value or a block has been renamed since: paths are made of the names in the text. The names are
listed by \`summary\`; rename the tensors of the file, or give the old name back with a label (\`as\`).

    fmw summary model.fmw`,
  },
  'weights/unexpected': {
    message: 'the file has a tensor {weight} {shape}, which is no weight of the model',
    help: `A weights file holds the weights of one model and nothing else: a tensor that nobody reads usually stands beside a weight that is
missing, under its old name. Rename it or take it out of the file. The names the model has:

    fmw summary model.fmw`,
  },
  'weights/shape': {
    message: 'the weight {weight} is {expected} in the model and {actual} in the file',
    help: `The tensor in the file has another shape than the model gives the weight of that name. Either the model was built with other
parameters than the ones the file was trained with (classes, filters: give the same \`--set\`), or the file has another layout: here a
convolution kernel is [height, width, in, out] and a dense one [in, out], while PyTorch keeps [out, in, height, width] and [out, in].

    fmw run model.fmw --weights weights.safetensors --set classes=10 --input image=cat.png`,
  },
  'input/unreadable': {
    message: 'the file cannot be read: {reason}',
    help: `The file named on the command line does not open. Look at the path (it is seen from the current folder) and at its permissions.

    fmw run model.fmw --input image=pictures/cat.png`,
  },
  'input/npy': {
    message: 'this is no valid .npy file: {reason}',
    help: `A .npy file is one NumPy array: a signature, a header with the element type, the order and the extents, and the values. The file
breaks a rule of that format; usual causes are a copy that was cut off and another kind of file under this name (an .npz is a zip archive of
several). Write it again:

    numpy.save("image.npy", array.astype("float32"))`,
  },
  'input/dtype': {
    message: 'the array holds elements of type {dtype}, which cannot be read as numbers here',
    help: `Inputs are read from float16, float32, float64, uint8, int32, int64 and bool arrays, in either byte order. Complex numbers, texts,
objects and structured types have no meaning as a feature map. Convert the array before saving it:

    numpy.save("image.npy", array.astype("float32"))`,
  },
  'input/picture': {
    message: 'this is no picture that can be read: {reason}',
    help: `Pictures are read from PNG files (8 and 16 bits) and JPEG files, told apart by their first bytes and not by their names. The file is
neither, or it is damaged. Convert other formats first, or give the values themselves as a .npy file.

    fmw run model.fmw --input image=cat.png`,
  },
  'output/picture': {
    message: 'this cannot be written as a picture: {reason}',
    help: `A .png output holds one map of finite values with 1 or 3 channels, drawn from its smallest value (black) to its largest (white).
Take one sample and one or three channels of a larger map, or write all of it as .npy.

    fmw run model.fmw --input image=cat.png --output heatmap=heatmap.npy`,
  },
  'input/mismatch': {
    message: '{mismatch}',
    help: `The inputs were read, and are not what the model takes: another rank or size, one extent name with two sizes, or an extent that a
\`where\` of the model excludes. Everything that does not fit is listed. \`fmw summary\` shows the inputs of a model; arrays carry the batch as
their first axis, and pictures are not resized.

    fmw run model.fmw --input image=cat.png`,
  },
  'input/json': {
    message: 'this is no tensor in JSON: {reason}',
    help: `A JSON input is a list of lists of numbers, nested as the shape of the input says, with or without the batch as the outermost list.
All lists of one level are equally long.

    fmw run model.fmw --input features=features.json`,
  },
  'output/unwritable': {
    message: 'the file cannot be written: {reason}',
    help: `The result could not be put where it was asked for; a file that was there is unchanged. Folders are not created: make the folder
first, or name another one that may be written to.

    fmw init model.fmw -o weights/start.safetensors`,
  },
})

export type ProblemCode = keyof typeof problems

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)

/** The facts a problem's message needs, read off its braces. */
export type ProblemFacts<C extends ProblemCode> = FactsIn<Entry & Pick<(typeof problems)[C], 'message'>>
