import type { Entry, FactsIn } from '../../compiler/catalog/entry.ts'
import { weightsProblems } from './weights-problems.ts'
import { table } from './problem-table.ts'

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
  ...weightsProblems,
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
    help: `Inputs are read from arrays of floats (16, 32 or 64 bits), integers (8 to 64 bits, with a sign or without) and bool, in either byte order.
Complex numbers, texts, objects and structured types have no meaning as a feature map. Convert the array before saving it:

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
their first axis. \`--resize\` brings pictures to the size of the input.

    fmw run model.fmw --input image=cat.png --resize`,
  },
  'input/json': {
    message: 'this is no tensor in JSON: {reason}',
    help: `A JSON input is a list of lists of numbers, nested as the shape of the input says, with or without the batch as the outermost list.
All lists of one level are equally long.

    fmw run model.fmw --input features=features.json`,
  },
  'training/not-finite': {
    message: 'step {step}: {what} is not finite',
    help: `A step gave a value that is infinite or not a number, which no later step can mend. Training stops before the step changes any
weight, so the last checkpoint is good. The first such value is named: a weight or an op of the forward pass in the order of computation, or
else the gradient of a weight. Usual causes are steps that are too large, a logarithm, root or quotient at 0, and inputs that are not finite.

    fmw train model.fmw --data digits.npz --learning-rate 0.0001 --clip 1`,
  },
  'training/nothing-to-train': {
    message: '{model} has no weight to train: none is trainable, or no gradient reaches one',
    help: `Training changes the parameters that the trained output depends on. Here every one of them is frozen or \`trainable: false\`, or stands
behind an op that lets no gradient through, such as a comparison. Freeze less, or train another output.

    fmw train model.fmw --data digits.npz --target logits`,
  },
  'training/loss': {
    message: '{loss} of {output}: {reason}',
    help: `A cross-entropy makes probabilities of logits, which may be any numbers. Of an output that is a probability already, such as a mean
of two softmaxes, or that is bounded in another way, they would stay in the middle: the loss falls a little and stops, and nothing else shows the
mistake. A loss that was chosen is refused for such an output; where none was, it is a note.

    fmw train model.fmw --data digits/ --loss nll`,
  },
  'training/unsupported': {
    message: '{node} cannot be computed: {reason}',
    help: `TensorFlow.js has no kernel for what this op is asked to compute, on any backend. The model can be checked and counted, and neither run
nor trained. The message says what is missing; write the op in another way.

    fmw check model.fmw`,
  },
  'checkpoint/unreadable': {
    message: 'this is no checkpoint: {reason}',
    help: `A checkpoint is the file \`checkpoint.safetensors\` in the folder of a training run: the weights, what the optimiser remembers, and where
the run was. It is written anew after every epoch, whole or not at all. Name the folder of an earlier run, or begin one without \`--resume\`.

    fmw train model.fmw --data digits.npz --checkpoint run1 --resume`,
  },
  'checkpoint/settings': {
    message: '{setting} was {before} and is {now}',
    help: `A resumed run goes on exactly as if it had not been interrupted, so everything that decides its numbers has to be as it was: the model,
the data, the optimiser, the seed. Only \`--epochs\` may be another number. Give the same options, or begin a new run from the weights.

    fmw train model.fmw --data digits.npz --weights run1/best.safetensors --checkpoint run2`,
  },
  'checkpoint/slot': {
    message: "the optimiser's {slot} is {expected} in this run and {actual} in the checkpoint",
    help: `An optimiser remembers something for every weight that it changes, such as a velocity: a tensor of the weight's shape. A run goes on
from all of them, and the checkpoint has others, because the file was changed or is damaged. Begin a new run from the best weights.

    fmw train model.fmw --data digits.npz --weights run1/best.safetensors --checkpoint run2`,
  },
  'data/source': {
    message: 'this cannot be taken for samples: {reason}',
    help: `Samples to learn from are PNG or JPEG pictures (for models whose inputs are maps of 1, 3 or 4 channels): in a folder for each class, beside a
folder of masks, or named in a table; a .npz file with an array per input; a .npy file with the samples of the one input and another with their
labels; or a .csv or .tsv file with the numbers of a sample in each row. docs/training.md has a table of what people have and what to give.

    fmw train model.fmw --data digits.npz`,
  },
  'data/folder': {
    message: 'the folder cannot be read: {reason}',
    help: `A folder of pictures has a subfolder for each class, and one of these folders does not open. Look at the path (it is seen from the
current folder) and at the permissions; a symbolic link must lead to something.

    fmw train model.fmw --data pictures`,
  },
  'data/empty': {
    message: 'there is nothing to learn from: {reason}',
    help: `Every class needs at least one picture in its folder or in folders within it, and a table needs rows below its first line. Files
whose names begin with a dot do not count, and files that are neither PNG nor JPEG are passed over. Remove the folder of a class that is not
wanted, or put its pictures there: the classes are the names of the subfolders.

    fmw train model.fmw --data pictures`,
  },
  'data/picture': {
    message: '{count} of {total} pictures cannot be read',
    help: `Every picture is decoded once before training begins, and some are damaged, cut off, of another format than their name says, or not
allowed to be read. The first ten are named with what is wrong with each. Mend them or take them out of the folder.

    fmw train model.fmw --data pictures`,
  },
  'data/size': {
    message: '{count} of {total} pictures are not {wanted} (height x width)',
    help: `A batch holds maps of one size: that of the model's input or, where it is symbolic, that of the first picture. \`--resize\` brings
pictures to the size of the input: bilinear, with every old pixel counted where they shrink; their proportions are not kept. Masks come along.

    fmw train model.fmw --data pictures --resize`,
  },
  'data/mask': {
    message: '{count} of {total} masks {fault}',
    help: `A mask is a PNG with a number for each pixel: the class of the pixel, as a grey value or as an index of a palette, or 0 and 1 (or 0 and 255) where
the output has one value for a place. It has the size of its picture, with which \`--resize\` brings it to the size of the model, each place taking
the number at its centre. Colours are no numbers, and a JPEG changes numbers. \`--ignore 255\` leaves out places without a class. The first masks
that cannot be used are listed.

    fmw train model.fmw --data pictures/ --labels masks/ --resize`,
  },
  'data/unpaired': {
    message: 'pictures and masks do not belong together: {reason}',
    help: `Each picture in the folder \`--data\` has a mask in the folder \`--labels\`, of the same name but for its ending: \`pictures/cat.jpg\` has
\`masks/cat.png\`, or \`masks/cat_mask.png\` where all masks have the same letters behind the names of their pictures. Folders within have to be the same
too. Rename what is called otherwise, remove what is alone, or name pairs in a table: a .csv file with a column of pictures and one of masks.

    fmw train model.fmw --data pictures/ --labels masks/`,
  },
  'data/changed': {
    message: 'the picture has changed since it was first read',
    help: `A folder with more pictures than memory is read again in every epoch, and this picture is of another size now, or no picture any
more. Leave the folder as it is while a model learns from it; then go on from the last checkpoint.

    fmw train model.fmw --data pictures --resume`,
  },
  'data/classes': {
    message: 'it has {found}, and the output {output} tells {wanted} apart',
    help: `The classes are the subfolders of a folder of pictures, or the different texts in the column of labels, sorted by name; an output has a
value for each, or one value that tells two apart. Build the model with another number of classes (\`--set\`), or remove what is not a class.

    fmw train model.fmw --data pictures --set classes=3`,
  },
  'data/other-classes': {
    message: 'there are samples of {unknown}, and the classes are {classes}',
    help: `A label is the position of a class among those a model has learned, whose names its weights or the training data say. Data to
measure with may lack some of them, and may have no others: rename the folders or the labels, or leave these samples out.

    fmw eval model.fmw --weights best.safetensors --data held-out/`,
  },
  'data/label': {
    message: '{count} of {total} labels are {fault}',
    help: `A label is the number of a class: a whole number from 0 to one less than the number of values of the output. Labels that are counted
from 1 have one subtracted; a label that stands for no class is taken out together with its sample, or is ignored where it stands: \`--ignore 255\`
leaves out such places of a mask.

    numpy.savez("digits.npz", image=image, labels=labels - 1)`,
  },
  'data/ignored': {
    message: 'all of {array} is {ignored}, which is ignored: nothing says what {output} should be',
    help: `\`--ignore\` names the number that stands where nothing is said, such as 255 at the border of objects in a mask. Such elements count neither
in the loss nor in the metrics. Where all elements are left out there is nothing to learn or to measure: another number was meant, or another array.

    fmw train model.fmw --data pictures.npz --ignore 255`,
  },
  'data/class-weights': {
    message: 'these are no weights for the classes of {output}: {reason}',
    help: `\`--class-weights\` says how much a sample of each class counts: \`balanced\` makes all classes count alike, however many samples they have, and a JSON
file has a number of each class by its name, or by its label where it has no name. All classes are in it, and no number is negative.

    {"cat": 1, "dog": 2.5}`,
  },
  'data/value': {
    message: '{count} of {total} values of {array} are {fault}',
    help: `NaN and infinite values in the data make the loss NaN and with it every weight, so they are refused before training. So are targets
that a loss cannot mean: the cross-entropies and likelihoods compare probabilities, and a mask of 0 and 255 would make them fall without an end. The
first few are named by their indices in the array, counted from 0. Replace them, scale them, or leave their samples out.

    numpy.savez("digits.npz", image=numpy.nan_to_num(image), labels=labels)`,
  },
  'data/archive': {
    message: 'this is no .npz file that can be read: {reason}',
    help: `A .npz file is a zip archive of .npy files, compressed or not, with at most 2 GiB. The file breaks a rule of that format; usual
causes are a copy that was cut off and another kind of file under this name. Write it again:

    numpy.savez_compressed("digits.npz", image=image, labels=labels)`,
  },
  'data/array': {
    message: '{fault}',
    help: `A .npz file to learn from has an array for each input of the model under the name of the input, the samples first, and one called
\`labels\` or as the output that is trained, with what the model should answer. What else is in it is said and passed over. \`fmw summary\` shows the names.

    numpy.savez("digits.npz", image=image, labels=labels)`,
  },
  'data/shape': {
    message: '{mismatch}',
    help: `The samples were read, and do not have the shape that the model takes, or what it should answer does not have the shape of its
output. The samples come first: an input [32, 32, 1] is learned from an array [samples, 32, 32, 1]; an output [10] from labels [samples], or
from values [samples, 10] to be compared one by one. An array without an axis for one channel, with its channels first or with a row for each sample is taken
too, where it can mean only one thing, as it is for an input of \`fmw run\`. Where it fits in two ways nothing is guessed: the lines of NumPy say which is which.

    fmw train model.fmw --data digits.npz --target logits`,
  },
  'data/csv': {
    message: 'this is no table of samples: {reason}',
    help: `The first line of a .csv or .tsv file names the columns. A column called as an output, \`label\`, or the last one says what the model should answer: a
whole number from 0, the name of a class, or a value; \`--target box:x,y,w,h\` names others. The rest, in their order, are the elements of the input, row by
row, or one of them names the files of pictures, as seen from the table. Fields are separated by commas and may be in double quotes (RFC 4180). The first
lines that do not fit are listed.

    fmw train model.fmw --data iris.csv`,
  },
  'data/augment': {
    message: 'the samples cannot be changed at random: {reason}',
    help: `\`flip\` exchanges left and right in half of the samples, \`shift=2\` moves them by up to two pixels each way with zeros coming in, and
\`crop=2\` is another name for it: what a random cut-out of the padded map shows. They are for inputs that are maps, and for answers that
stay true when the map moves; digits and letters must not be flipped. Masks are flipped with their pictures, and are not shifted. Values may be
places in a map, which nothing tells, so nothing is moved where values are learned.

    fmw train model.fmw --data pictures --augment flip --augment shift=2`,
  },
  'data/normalize': {
    message: 'the samples cannot be normalised: {reason}',
    help: `\`--normalize\` subtracts a mean from every value of the inputs and divides by a standard deviation: one number of each for all
channels, or one for each channel, separated by commas. A model that is trained so must be given inputs that are normalised in the same way.

    fmw train model.fmw --data pictures --normalize 0.485,0.456,0.406/0.229,0.224,0.225`,
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
