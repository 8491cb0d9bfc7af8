import { entries } from './entry.ts'

/** Maps whose axes are taken for others. */
export const lintLayoutEntries = entries({
  'lint/channels-first': {
    severity: 'warning',
    message: '{what} {name} is {shape}, and {op} reads it as {height} rows of {channels} channels',
    help: `Maps are [height, width, channels], as in TensorFlow. PyTorch and ONNX have [channels, height, width], and nothing disagrees where such a
shape is written here: the network is another one, with a convolution over the channels as if they were rows. Write the channels last. A map that does come
with its channels first is brought here by \`transpose([1, 2, 0])\`, of which nothing is said.`,
    bad: `model M {
  input image: [3, 224, 224]
  output y = image |> conv(8, 3x3)
}`,
    good: `model M {
  input image: [224, 224, 3]
  output y = image |> conv(8, 3x3)
}`,
  },
  'lint/scrambled-channels': {
    severity: 'warning',
    message: 'reshape from {from} to {to} scrambles channels and places: the elements keep their order, in which channels run fastest',
    help: `\`reshape\` moves nothing: it reads the elements row by row, for each place its channels, and cuts that run anew. The first row of the
result is so a run of places with all of their channels, and no channel. Where channels are to stand first, \`transpose([2, 0, 1])\` moves them, and
\`reshape\` may join the places then.`,
    bad: `model M {
  input x: [8, 8, 16]
  rows = x |> reshape([16, 64])
  output gram = matmul(rows, rows, transpose_b: true)
}`,
    good: `model M {
  input x: [8, 8, 16]
  rows = x |> transpose([2, 0, 1]) |> reshape([16, 64])
  output gram = matmul(rows, rows, transpose_b: true)
}`,
  },
  'lint/scrambled-places': {
    severity: 'warning',
    message: 'reshape from {from} to {to} scrambles the places of a map: {why}',
    help: `\`reshape\` moves nothing: it cuts the elements anew, row by row and for each place its channels. A map whose axes were moved is not moved
back by the shape that it had; the inverse order of axes does that. Fewer rows and columns of more channels are blocks of places only where the rows and
columns are cut into blocks first and the axes of the blocks moved together; otherwise a run of places in one row becomes one place, and
windows find beside each other what lies far apart.`,
    bad: `model M {
  input x: [16, 16, 8]
  output y = x |> reshape([8, 8, 32]) |> conv(16, 3x3)
}`,
    good: `model M {
  input x: [16, 16, 8]
  blocks = x |> reshape([8, 2, 8, 2, 8]) |> transpose([0, 2, 1, 3, 4])
  output y = blocks |> reshape([8, 8, 32]) |> conv(16, 3x3)
}`,
  },
})
