import { table } from './problem-table.ts'

/** What can go wrong with weights. */
export const weightsProblems = table({
  'weights/malformed': {
    message: 'this is no valid safetensors file: {reason}',
    help: `Weights are kept in the safetensors format: the length of a header, the header (names, shapes and places of the tensors, as JSON),
and the values. The file breaks a rule of that format; usual causes are a download or a copy that was cut off, a file of another format under
this name, and a program that writes the format wrongly. Fetch or write the file again. A fresh one to start from:

    fmw init model.fmw -o weights.safetensors`,
  },
  'weights/value': {
    message: '{count} of {total} numbers of {weight} are not finite',
    help: `A weight that is NaN or infinite makes everything NaN that is computed of it, so a training does not begin with it, and no loss or accuracy of it means
anything. It was saved so: by a training that grew without bound, or from a damaged file. Take an earlier file, or fresh numbers for these weights.

    fmw train model.fmw --data digits/ --weights net.safetensors --skip 'head/**'`,
  },
  'weights/variance': {
    message: 'the variance {weight} is {least} in places, and no variance is below zero',
    help: `A batch normalisation divides by the square root of its variance, and of a number below zero there is none: what is computed becomes NaN, or
an epsilon hides it. Either the file is damaged, or the tensor is something else, such as a mean that a line of a map takes for a variance.

    fmw weights import weights.npz model.fmw --save-map names.map`,
  },
  'weights/dtype': {
    message: 'the tensor {weight} holds {dtype}, and weights are read from F32, F16 and BF16',
    help: `fmw computes in 32-bit floating point. Half precision (F16, BF16) is widened without loss; integers and F64 would change their values
or their meaning in silence, so they are refused (\`fmw weights import\` rounds F64 and leaves counters out). Convert them where the file is made, in PyTorch for example:

    save_file({name: t.float() for name, t in tensors.items()}, "weights.safetensors")`,
  },
  'weights/checkpoint': {
    message: 'this is a checkpoint of a training, not a file of weights: the best it has reached is {best}',
    help: `A checkpoint holds what a training needs to be continued: the weights of the last step, those of the best epoch, and what the optimiser
remembers. \`fmw train --resume\` reads it. The weights of the best epoch stand beside it in a file of their own:

    fmw run model.fmw --weights model.training/best.safetensors --input image=cat.png`,
  },
  'weights/metadata': {
    message: 'what the file says of itself cannot be used: {reason}',
    help: `A file of weights that fmw has written says in its header what its outputs tell apart and how its inputs were prepared; \`fmw weights
ls\` prints it. A part of that is damaged, does not fit the model, or has a rule that this version does not know. Nothing is guessed: mend the
header where it was written, or leave all of it aside with \`--no-metadata\` and say with \`--normalize\` and \`--resize\` what is to be done.

    fmw run model.fmw --weights weights.safetensors --no-metadata --normalize 0.5/0.25 --input image=cat.png`,
  },
  'weights/renamed': {
    message: '{count} weights of the model have other names in the file',
    help: `The file has tensors of the shapes that the model wants, under names that differ from the model's in a part: a value, a block or a label
was renamed since the weights were trained. With the text that they were trained for (\`git show HEAD~1:net.fmw > old.fmw\`), \`fmw weights
rename\` writes them under their new names, by the order and the shapes of both texts; a label (\`as\`) in the text gives an old name back.

    fmw weights rename best.safetensors old.fmw net.fmw -o renamed.safetensors`,
  },
  'weights/missing': {
    message: 'the weight {weight} {shape} of the model is not in the file',
    help: `Every weight of a model is looked up in the file by its path. A path is missing when the file belongs to another model or
to an older version of this one, or when a value or a block has been renamed since: paths are made of the names in the text.
\`fmw weights diff\` says which tensor is which weight, and with the text that the file was trained for \`fmw weights rename\` gives it the new
names. A label (\`as\`) in the text gives an old name back.

    fmw weights diff weights.safetensors model.fmw`,
  },
  'weights/foreign': {
    message: 'none of the {count} tensors in the file has the name of a weight of the model',
    help: `The file belongs to another model, or another program wrote it: then its weights have other names, and often other layouts. Here a
convolution kernel is [height, width, in, out] and a dense one [in, out], while PyTorch, whose names have dots, keeps [out, in, height, width]
and [out, in]. \`fmw weights import\` finds which is which and writes them as fmw reads them:

    fmw weights import torch.safetensors model.fmw -o weights.safetensors`,
  },
  'weights/unexpected': {
    message: 'the file has a tensor {weight} {shape}, which is no weight of the model',
    help: `A weights file holds the weights of one model and nothing else: a tensor that nobody reads usually stands beside a weight that is
missing, under its old name. Rename it or take it out of the file. What the model calls its weights:

    fmw weights diff weights.safetensors model.fmw`,
  },
  'weights/uncovered': {
    message: 'no file gives the weight {weight} {shape} of the model',
    help: `A model runs with all of its weights. Every file of weights here is for one scope of the model (\`--weights scope=file\`), and this
weight is in none of these scopes. Give a file for its scope too, or one file without a scope that has the rest.

    fmw run two.fmw --weights left=a.safetensors --weights right=b.safetensors --weights rest.safetensors --input image=cat.png`,
  },
  'weights/prefix': {
    message: 'the model has no weights under {prefix}',
    help: `\`--weights left=a.safetensors\` puts the tensors of a file under the scope \`left\` of the model: \`conv/kernel\` of the file becomes
\`left/conv/kernel\`. There is no scope of that name, or nothing in it has weights. A network called in a statement has the name of the value
it is assigned to: the weights of \`a = Colour(left)\` are under \`a\`. \`summary\` lists the paths.

    fmw summary two.fmw`,
  },
  'weights/scope': {
    message: 'the file has no tensors under {scope}',
    help: `\`--weights left=joined.safetensors:colour\` takes what a file has under its scope \`colour\`, \`colour/conv/kernel\` as \`conv/kernel\`, for the
scope \`left\` of the model. Nothing in the file begins with that name. \`fmw weights ls\` lists its tensors.

    fmw weights ls joined.safetensors`,
  },
  'weights/twice': {
    message: 'the weight {weight} is given twice: by {first} and by {second}',
    help: `Every weight has one value. Two of the files of weights have a tensor for the same weight of the model, because one of them is for a
scope that lies within the scope of the other, or because both are for the same one. Leave one out, or take the tensor out of one of them.

    fmw run two.fmw --weights left=a.safetensors --weights right=b.safetensors --input image=cat.png`,
  },
  'weights/shape': {
    message: 'the weight {weight} is {expected} in the model and {actual} in the file',
    help: `The tensor in the file has another shape than the model gives the weight of that name. Either the model was built with other
parameters than the ones the file was trained with (classes, filters: give the same \`--set\`; where they are meant to be others, \`train --skip 'head/**'\` begins
with fresh ones there), or the file has another layout: here a
convolution kernel is [height, width, in, out] and a dense one [in, out], while PyTorch keeps [out, in, height, width] and [out, in], which
\`fmw weights import\` turns.

    fmw run model.fmw --weights weights.safetensors --set classes=10 --input image=cat.png`,
  },
  'weights/format': {
    message: 'this is {format}, and weights are read from safetensors files',
    help: `Weights are kept in the safetensors format. The file was made by another program and keeps weights, or a whole network, in a format of its
own. \`fmw weights import\` reads NumPy's .npz, Keras's HDF5 (.h5) and the model.json of TensorFlow.js, beside safetensors files of PyTorch; of other formats
Python makes one of these.

    fmw weights import weights.h5 model.fmw -o weights.safetensors`,
  },
  'weights/unreadable': {
    message: 'this {format} file cannot be read: {reason}',
    help: `The file begins as one of that format does and breaks its rules later; usual causes are a download or a copy that was cut off, or a program
that is still writing it. Fetch or write the file again.

    fmw weights import weights.h5 model.fmw -o weights.safetensors`,
  },
  'weights/convention': {
    message: 'the names in the file do not say whose layouts it has: {reason}',
    help: `PyTorch keeps the kernel of a convolution as [out, in, height, width] and a dense one as [out, in]; Keras, and fmw, as [height, width, in,
out] and [in, out]. A square kernel fits both ways, so its shape cannot tell. Names can: PyTorch's end in \`weight\` and \`running_mean\`, Keras's
in \`gamma\` and \`moving_mean\`. This file has names of neither or of both: say which it is.

    fmw weights import weights.npz model.fmw --layout torch -o weights.safetensors`,
  },
  'weights/ambiguous': {
    message: '{tensors} may be {weights}: nothing says which is which',
    help: `Tensors and weights of equal shapes are told apart by their names, by the part of the network that they are in, and by their order. Here none
of these does, and a wrong guess would compute something else without a word. \`--save-map\` writes what has been found as a text; a line for
each of these, \`tensor -> weight\`, decides, and \`--map\` takes it.

    fmw weights import weights.npz model.fmw --map names.map -o weights.safetensors`,
  },
  'weights/flattened': {
    message: 'the order of the elements of {weight} is not known at {op}',
    help: `PyTorch flattens a map with its channels outermost and makes one of a vector so, fmw has its channels innermost. So the rows of a dense kernel
behind a flattened map, and the columns of one whose units become a map, stand in another order in the file, and are brought into the one here.
At this op the order changes in a way that is not followed. A line of a map decides how the file has it: \`oi\` as the model has it, \`oi-chw\` where the model
flattens a map just before. Where a vector becomes a map, the text can make the one that PyTorch makes:

    y = transpose(reshape(x, [8, 3, 3]), [1, 2, 0])`,
  },
  'weights/map': {
    message: 'line {line}: {reason}',
    help: `A map of weights is a text with a line for each pair: the name of a tensor in the file, \`->\`, the path of a weight in the model, and where it
is not as usual the layout that the file has it in (same, oihw, iohw, o1hw, oi, oi-chw, chw-oi, chw-oi-chw, chw). \`part/** -> part/**\` maps a part whose names are
the same within it; what stands behind # is a comment. What the map does not name is found as without it. \`--save-map\` writes one.

    fmw weights import weights.npz model.fmw --save-map names.map`,
  },
  'weights/unproven': {
    message: 'the output {output} differs by {difference} of what it varies by, and at most {most} is allowed',
    help: `\`--expect\` gives what the other program computed for the same \`--input\`, and with the imported weights the model computes something else. What
is usual: an epsilon of batch normalisation or a padding that the text has otherwise, another activation, weights of equal shapes mixed up (the
map that is printed says which were found by their order alone), or an input prepared otherwise. A difference is relative to the largest
deviation of its channel (the element of the last axis) from the mean of the channel, over all samples and places. Nothing is written.

    fmw weights import weights.npz model.fmw --input image=x.npy --expect logits=y.npy -o weights.safetensors`,
  },
  'weights/proof': {
    message: 'this proves nothing: {reason}',
    help: `\`--input\` and \`--expect\` prove that weights are where they belong, by what another program computes with them. An output that does not
vary is computed as well by wrong weights: zeros of a network that has died, one number, a large bias beside which nothing else counts,
the answer to an input of zeros. And what is not finite cannot be compared. Random numbers as several samples, written for both, prove all:

    x = torch.randn(4, 1, 28, 28); numpy.save("x.npy", x); numpy.save("y.npy", net.eval()(x).detach())`,
  },
})
