import { entries } from './entry.ts'

/** Layers with weights, or arithmetic, that others make idle. */
export const lintLayersEntries = entries({
  'lint/bias-before-norm': {
    severity: 'warning',
    message: '{norm} takes the bias of {op} out again: {count} weights that change nothing',
    help: `Batch normalisation subtracts the mean of each channel, and a bias of that channel with it: the same network without it has fewer
weights, and its offset does what the bias was for (Ioffe and Szegedy 2015, section 3.2; PyTorch's tuning guide says so too). Write \`bias: false\`.
Published weights that hold such biases are a reason to allow it.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3) |> norm.batch |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, bias: false) |> norm.batch |> relu
}`,
  },
  'lint/one-convolution': {
    severity: 'warning',
    message:
      '{count} convolutions of the same map, added up by weights that no input decides, are one: {now} multiply-adds instead of {one}',
    help: `A convolution is linear in its kernel: w₁ · conv(x; K₁) + w₂ · conv(x; K₂) = conv(x; w₁ · K₁ + w₂ · K₂), also where w is trained.
A kernel of 1x1 or 3x3 in its middle is a 5x5 with zeros around, so that 1x1 + 3x3 + 5x5 of one map is one 5x5.
Such a sum is no attention and no dynamic convolution, and can compute nothing that one convolution cannot. \`conv.mixture\` has the same weights and
sums the kernels first; \`conv.dynamic\` lets each sample decide the weights; an activation or a normalisation behind each convolution makes them
different; and plain \`conv\` does the same with fewer weights.`,
    bad: `model M {
  input x: [32, 32, 3]
  output y = fuse.convex(conv(x, 16, 3x3), conv(x, 16, 3x3))
}`,
    good: `model M {
  input x: [32, 32, 3]
  output y = fuse.convex(conv(x, 16, 3x3, activation: relu), conv(x, 16, 3x3, activation: relu))
}`,
  },
  'lint/filters-gathered-away': {
    severity: 'warning',
    message: '{gone} of the {filters} filters of {op} are computed for nothing: {macs} multiply-adds',
    help: `Only a choice of the channels is read, always the same one, and the filters of the others learn nothing. Which filter stands where
means nothing before training, so make as many as are kept, and choose none. A choice between filters that are trained already is made under \`freeze\`,
and nothing is said of it.`,
    bad: `model M {
  input x: [28, 28, 1]
  output y = x |> conv(32, 3x3) |> gather.channels([0, 2, 4, 6])
}`,
    good: `model M {
  input x: [28, 28, 1]
  output y = x |> conv(4, 3x3)
}`,
  },
  'lint/even-kernel-same': {
    severity: 'warning',
    message:
      '{op}: an even kernel of {kernel} is off its middle: padding same reads {before} before and {after} after each place',
    help: `An even kernel has no middle. With stride 1, \`same\` pads one more after than before, and the maps move by half an element in each
such layer, which adds up (Wu et al. 2019). Take an odd kernel; or write the pads, [[1, 0], [1, 0]] in every second layer, which moves them back.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 4x4, padding: same)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 5x5, padding: same)
}`,
  },
  'lint/linear-chain': {
    severity: 'warning',
    message:
      '{after} directly after {before} is one linear layer: {inputs} to {middle} to {outputs} channels, with no activation between',
    help: `A linear map of a linear map is a linear map: two such layers compute nothing that one cannot, and an activation or a normalisation was
most likely forgotten. What factors a layer on purpose is left alone: fewer channels in the middle than at
both ends, windows of one row or column, projections by 1x1 convolutions, \`conv.separable\`.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3) |> conv(16, 3x3)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, activation: relu) |> conv(16, 3x3)
}`,
  },
  'lint/equal-filters': {
    severity: 'warning',
    message:
      'the {filters} filters of {op} all start as {value}, and nothing behind them tells one from another: they stay one filter',
    help: `Filters that start alike, and are read with weights that start alike, get the same gradient in every step. Leave out \`init:\` in at least one of the
layers, or choose one that draws numbers, such as \`he_normal\`. A single layer of constant weights is left alone: residual branches start at zero on purpose
(Goodfellow et al. 2016, section 8.4, says why numbers are drawn).`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, init: ones, activation: relu) |> conv(4, 1x1, init: ones)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, activation: relu) |> conv(4, 1x1, init: zeros)
}`,
  },
})
