import { entries } from './entry.ts'

/** Shapes that do not fit together. */
export const shapeEntries = entries({
  'shape/channel-mismatch': {
    severity: 'error',
    message: '{op} needs equal channels: {a} against {b}',
    help: `Two maps that are combined element by element must have the same number of channels. The labels show where each
number was decided. Project one of them with a 1x1 convolution, or concatenate instead of adding.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(64, 1x1)
  b = x |> conv(128, 1x1)
  output y = fuse.add(a, b)
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(64, 1x1)
  b = x |> conv(128, 1x1)
  output y = fuse.add(a |> conv(128, 1x1), b)
}`,
  },
  'shape/size-mismatch': {
    severity: 'error',
    message: '{op} needs equal sizes: {axis} {a} against {b}',
    help: `Two maps that are combined element by element must have the same height and width. Usual causes: a stride in one
branch only, \`valid\` padding against \`same\`, pooling of an odd size. Bring one to the other's size with \`align(b, like:
a)\`, or give both branches the same stride and padding.`,
    bad: `model M {
  input x: [9, 9, 3]
  a = x |> conv(8, 5x5, padding: same, activation: relu)
  b = x |> conv(8, 3x3, activation: relu)
  output y = fuse.add(a, b)
}`,
    good: `model M {
  input x: [9, 9, 3]
  a = x |> conv(8, 5x5, padding: same, activation: relu)
  b = x |> conv(8, 3x3, padding: same, activation: relu)
  output y = fuse.add(a, b)
}`,
  },
  'shape/window-too-large': {
    severity: 'error',
    message: '{op}: a window of {window} does not fit into {axis} {extent}: nothing would be left',
    help: `The kernel or pooling window, with its dilation, is larger than the padded map: the result would have no elements.
Usual causes: one pooling too many, or \`valid\` padding on a map that has become small.`,
    bad: `model M {
  input x: [4, 4, 3]
  output y = x |> conv(8, 5x5)
}`,
    good: `model M {
  input x: [4, 4, 3]
  output y = x |> conv(8, 5x5, padding: same)
}`,
  },
  'shape/rank': {
    severity: 'error',
    message: '{op} takes {wanted} as its {parameter}, not {found}',
    help: `The tensor has another number of axes than the operation works on. Maps are [height, width, channels] and vectors
[channels]; the batch is never written. \`flatten\` or \`pool.global\` make a vector of a map, \`reshape\` makes a map of a
vector.`,
    bad: `model M {
  input x: [128]
  output y = max_pool(x, 2x2, 2x2)
}`,
    good: `model M {
  input x: [128]
  output y = max_pool(x |> reshape([8, 8, 2]), 2x2, 2x2)
}`,
  },
  'shape/no-broadcast': {
    severity: 'error',
    message: '{op} cannot combine {a} with {b} element by element',
    help: `The two tensors have different ranks, and only a scalar [], or a vector [C] along a last axis of as many channels, is
stretched. Write the axes along which a tensor is to be repeated as ones: [H, 1, C] fits [H, W, C].`,
    bad: `model M {
  input x: [8, 8, 3]
  input rows: [8, 3]
  output y = x * rows
}`,
    good: `model M {
  input x: [8, 8, 3]
  input rows: [8, 3]
  output y = x * reshape(rows, [8, 1, 3])
}`,
  },
  'shape/not-provable': {
    severity: 'error',
    message: '{op} needs {axis} {claim} for every input; {doubt}',
    help: `Some inputs of the declared shapes would break this, or nothing that is known of their extents excludes it. A
\`where\` on the input adds the knowledge: a map that is halved n times and doubled again needs extents that 2^n divides. Fixed
extents settle everything.`,
    bad: `model M {
  input x: [H, W, 3]
  deep = x |> pool.max(2) |> conv.transpose(3, 2x2, stride: 2)
  output y = fuse.add(x, deep)
}`,
    good: `model M {
  input x: [H, W, 3] where H % 2 == 0, W % 2 == 0
  deep = x |> pool.max(2) |> conv.transpose(3, 2x2, stride: 2)
  output y = fuse.add(x, deep)
}`,
  },
  'shape/half-even-kernel': {
    severity: 'error',
    message: '{op}: padding half needs an odd kernel, not {kernel}',
    help: `\`half\` pads as much before as after, (k - 1) / 2 of the dilated kernel, so that each window has a middle. An even
kernel has none: give \`same\`, which pads one more after than before, or write the pads as [[top, bottom], [left, right]].`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 2x2, padding: half)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 2x2, padding: [[0, 1], [0, 1]])
}`,
  },
  'shape/padding': {
    severity: 'error',
    message: '{op}: {value} is no padding',
    help: `A padding is \`valid\` (none), \`same\` (TensorFlow's), \`half\` (symmetric, odd kernels), a whole number for all
sides, [height, width], or [[top, bottom], [left, right]]; amounts are not negative.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3, padding: [1, 1, 1, 1])
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3, padding: [[1, 1], [1, 1]])
}`,
  },
  'shape/padding-too-large': {
    severity: 'error',
    message: '{op}: {pad} of padding ({axis}) is not less than {limit}',
    help: `A pooling window has to touch the map, so each side is padded by less than the window. A reflection repeats what
stands beside the border, so it needs more rows and columns than it adds (\`symmetric\` repeats the border too and needs as
many).`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> pool.max(2, padding: 2)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> pool.max(3, padding: 2)
}`,
  },
  'shape/groups': {
    severity: 'error',
    message: '{op}: {filters} filters do not divide into {groups} groups',
    help: `A grouped convolution cuts its filters into equal runs, one for each group. Choose a number of filters that the
groups divide.`,
    bad: `model M {
  input x: [8, 8, 4]
  output y = x |> conv(9, 3x3, groups: 2)
}`,
    good: `model M {
  input x: [8, 8, 4]
  output y = x |> conv(10, 3x3, groups: 2)
}`,
  },
  'shape/symbolic-kernel': {
    severity: 'error',
    message: '{op}: a kernel for each sample has a known height and width, not {kernel}',
    help: `A kernel that is computed from an input is another one for each sample. TensorFlow.js has no convolution with such kernels, so it is
taken apart, tap by tap, and how many taps there are has to be known when the model is compiled. Resize what the kernel is made of, or give that
input a size.`,
    bad: `model M {
  input x: [H, W, 8] where H >= 9, W >= 9
  input part: [h, w, 8] where h <= 9, w <= 9
  output y = depthwise_conv2d(x, part |> reshape([part.height, part.width, 8, 1]), padding: same)
}`,
    good: `model M {
  input x: [H, W, 8] where H >= 9, W >= 9
  input part: [h, w, 8] where h <= 9, w <= 9
  output y = depthwise_conv2d(x, part |> resize(to: 5) |> reshape([5, 5, 8, 1]), padding: same)
}`,
  },
  'shape/argument-range': {
    severity: 'error',
    message: '{op}: {parameter} must be {wanted}, not {value}',
    help: `The argument has the right kind and a value that means nothing here.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3, stride: 0)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3, stride: 1)
}`,
  },
  'shape/axis': {
    severity: 'error',
    message: '{op}: {shape} has {rank} axes, counted from 0, and no axis {axis}',
    help: `Axes count from 0, without the batch; -1 is the last. The axes of a map are 0 height, 1 width, 2 channels.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = softmax(x, 3)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = softmax(x, 2)
}`,
  },
  'shape/nothing-left': {
    severity: 'error',
    message: '{op} would leave nothing ({axis}): {how}',
    help: `The result would have no elements along this axis. Cut less, or enlarge the map first.`,
    bad: `model M {
  input x: [1, 1, 3]
  output y = x |> conv.transpose(8, 2x2, stride: 1, padding: 1)
}`,
    good: `model M {
  input x: [1, 1, 3]
  output y = x |> conv.transpose(8, 2x2, stride: 1)
}`,
  },
  'shape/index': {
    severity: 'error',
    message: '{op}: index {index} is out of range; there are {count} {axis}, 0 to {last}',
    help: `Indices count from 0 and have to exist. Usual causes: counting from 1, a table written for another layer, a width
that was changed upstream.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> gather.channels([1, 2, 3])
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> gather.channels([0, 1, 2])
}`,
  },
  'shape/slice': {
    severity: 'error',
    message: '{op}: {begin} to {end} is not within {axis} {extent}',
    help: `A slice lies inside its tensor: begin is not negative, and begin + size is at most the extent.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = slice(x, [0, 0, 2], [8, 8, 2])
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = slice(x, [0, 0, 1], [8, 8, 2])
}`,
  },
  'shape/reshape': {
    severity: 'error',
    message: '{op}: {from} has {a} elements and {to} has {b}',
    help: `A reshape keeps every element, in order, so both shapes have the same product. The batch is never part of it.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = reshape(x, [64, 4])
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = reshape(x, [64, 3])
}`,
  },
  'shape/permutation': {
    severity: 'error',
    message: '{op}: {order} does not name each of the {rank} axes once',
    help: `The order of a transpose lists every axis of the tensor once, counted from 0 and without the batch: [1, 0, 2]
exchanges height and width.`,
    bad: `model M {
  input x: [8, 6, 3]
  output y = transpose(x, [1, 0])
}`,
    good: `model M {
  input x: [8, 6, 3]
  output y = transpose(x, [1, 0, 2])
}`,
  },
  'shape/inner-mismatch': {
    severity: 'error',
    message: '{op} needs as many columns on the left as rows on the right: {a} against {b}',
    help: `In a product [n, k] · [k, m] the inner extents are the same k. \`transpose_a\` and \`transpose_b\` exchange the axes
of one side first.`,
    bad: `model M {
  input x: [8, 3]
  input y: [4, 5]
  output z = matmul(x, y)
}`,
    good: `model M {
  input x: [8, 3]
  input y: [3, 5]
  output z = matmul(x, y)
}`,
  },
})
