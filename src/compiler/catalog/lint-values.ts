import { entries } from './entry.ts'

/** Values that come out otherwise than was meant, such as a division by nothing, or carry no gradient. */
export const lintValuesEntries = entries({
  'lint/narrow-squeeze': {
    severity: 'warning',
    message: '{op} squeezes {channels} channels to {hidden}: too few to tell them apart',
    help: `The weights of all channels are made from the squeezed vector, which a relu cuts: with one to three units they differ little between
samples, and often not at all. The ratio of 16 is meant for hundreds of channels (Hu et al. 2018); take a smaller one for few, or give the number of
units by \`hidden\`, which is taken as meant.`,
    bad: `model M {
  input x: [28, 28, 32]
  output y = x |> weight.attention(ratio: 16)
}`,
    good: `model M {
  input x: [28, 28, 32]
  output y = x |> weight.attention(ratio: 8)
}`,
  },
  'lint/dropped-row': {
    severity: 'warning',
    message: '{op} never reads {unread}: its windows end at {reach}',
    help: `The windows stand side by side and do not divide the size, and what is left over at the end is in none of them. Without padding
floor((n - size) / stride) + 1 windows fit. \`ceil: true\` reads the rest in a last, smaller window, \`padding: same\` too, and a \`crop\` says that it is
not wanted. Nothing is said of sizes that are known only later.`,
    bad: `model M {
  input x: [27, 27, 8]
  output y = x |> pool.max(2)
}`,
    good: `model M {
  input x: [27, 27, 8]
  output y = x |> pool.max(2, ceil: true)
}`,
  },
  'lint/division-by-possible-zero': {
    severity: 'warning',
    message: '{op} divides by what {why}, from {source}',
    help: `Where the divisor is 0 the result is infinite or no number, and the gradient carries it into every weight before. A relu is 0 for half
of what it reads, and a difference or a convolution passes 0 on its way from one sign to the other. Divide by a sum with a small constant, or by what
is positive: \`exp\`, \`softplus\`, \`sigmoid\`. Inputs and weights are trusted.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(8) |> relu
  output y = a / reduce.sum(a, [2], keep: true)
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(8) |> relu
  output y = a / (reduce.sum(a, [2], keep: true) + 1e-5)
}`,
  },
  'lint/no-gradient': {
    severity: 'warning',
    message: 'no gradient reaches {path}: {op} lets none through',
    help: `The weight is declared trainable, and stays as it was made: everything that reads it goes through an op that is constant between its
jumps, as comparisons are, and the choices that are made by them. Weight by the value as well as choosing by it, or say \`trainable: false\` or
\`freeze\` where a random weight is meant.`,
    bad: `model M {
  input x: [8, 8, 4]
  param scores: [4] = uniform(0, 1)
  output y = x |> gather.top(2, by: scores)
}`,
    good: `model M {
  input x: [8, 8, 4]
  param scores: [4] = uniform(0, 1)
  output y = x * scores |> gather.top(2, by: scores)
}`,
  },
  'lint/softmax-of-one': {
    severity: 'warning',
    message: '{op} over a single element is always 1',
    help: `A softmax shares 1 out among the elements of its axis, so that a single one gets all of it, whatever it is, and nothing is learned. For
the probability of one class take a sigmoid; for several, as many units; for places of a map, \`reshape\` them into one axis first.`,
    bad: `model M {
  input x: [16]
  output y = x |> dense(1) |> softmax
}`,
    good: `model M {
  input x: [16]
  output y = x |> dense(1) |> sigmoid
}`,
  },
  'lint/norm-of-one': {
    severity: 'warning',
    message: '{op} takes the mean of single elements from {shape}: what is left is always 0',
    help: `A normalisation subtracts the mean over some axes. Where these have one element, the mean is the element, and nothing of the value is
left but the offset. Instance normalisation needs more than one place, layer normalisation more than one channel; batch normalisation takes its mean over
the batch as well.`,
    bad: `model M {
  input x: [1, 1, 8]
  output y = x |> norm.instance
}`,
    good: `model M {
  input x: [1, 1, 8]
  output y = x |> norm.layer
}`,
  },
  'lint/relu-before-gate': {
    severity: 'warning',
    message: '{gate} directly after {relu}: {why}',
    help: `A sigmoid needs negative values to come below 0.5, and a softmax tells negative logits apart. Behind a relu there are none: a gate
never closes, no class is ever unlikely, and where a logit was negative no gradient passes. Leave out the activation of the layer before.`,
    bad: `model M {
  input x: [16]
  output y = x |> dense(10, activation: relu) |> softmax
}`,
    good: `model M {
  input x: [16]
  output y = x |> dense(10) |> softmax
}`,
  },
  'lint/idle-relu': {
    severity: 'warning',
    message: 'this relu changes nothing: what it reads from {source} is never negative',
    help: `A second relu, or one behind a sigmoid or a softmax, gives back what it is given. Most often an op stands there with an activation of its
own, or another layer was meant to come between. Remove it.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3, activation: relu) |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, 3x3) |> relu
}`,
  },
  'lint/dropout-before-norm': {
    severity: 'warning',
    message: '{norm} directly after {dropout}({rate}): its moving variance is that of maps with holes, and used for maps without',
    help: `In training, dropout makes the variance of what is left larger, and the normalisation records it; afterwards there is no dropout, and the
recorded variance is wrong for each channel (Li et al. 2019 call it variance shift). Drop out behind the last normalisation.`,
    bad: `model M {
  input x: [16]
  output y = x |> dense(8) |> relu |> dropout(0.5) |> norm.batch |> dense(2)
}`,
    good: `model M {
  input x: [16]
  output y = x |> dense(8) |> relu |> norm.batch |> dropout(0.5) |> dense(2)
}`,
  },
})
