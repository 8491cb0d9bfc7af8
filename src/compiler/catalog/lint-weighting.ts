import { entries } from './entry.ts'

/** Maps that are weighted, gathered or normalised twice. */
export const lintWeightingEntries = entries({
  'lint/duplicate-index': {
    severity: 'warning',
    message: 'channel {index} is gathered {times} times, and only ever added up',
    help: `A convolution weights both copies and adds them: its weights for one of them do nothing that those for the other cannot. In a table of channels this is
mostly a slip for the channel next to it. A list that holds all of its channels equally often is not reported.`,
    bad: `model M {
  input x: [8, 8, 4]
  output y = x |> gather.channels([0, 1, 1, 3]) |> conv(4)
}`,
    good: `model M {
  input x: [8, 8, 4]
  output y = x |> gather.channels([0, 1, 2, 3]) |> conv(4)
}`,
  },
  'lint/softmax-twice': {
    severity: 'warning',
    message: '{op} of a {op}: {range}',
    help: `The first leaves numbers from 0 to 1, which are too close to each other for the second to tell apart: gradients vanish and no output is ever certain. Mostly
the head of a network has one already.`,
    bad: `model M {
  input x: [8, 8, 3]
  output p = x |> pool.global |> dense(10, activation: softmax) |> softmax
}`,
    good: `model M {
  input x: [8, 8, 3]
  output p = x |> pool.global |> dense(10, activation: softmax)
}`,
  },
  'lint/weighting-twice': {
    severity: 'warning',
    message: '{op} directly on {op}: one with {channels} weights does what both do',
    help: `Factors of the same channels multiply to one factor for each: two trained ones have the effect of one, with twice the weights and steps that depend on each
other. Given ones can be multiplied beforehand.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> weight.learned |> weight.learned
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> weight.learned |> conv(3) |> weight.learned
}`,
  },
  'lint/scale-before-norm': {
    severity: 'warning',
    message: 'the normalisation takes back what {op} does: it divides each of the {channels} channels by its own spread',
    help: `In training a batch normalisation divides each channel by its own standard deviation, so a factor on the channel cancels but for its sign and the epsilon.
Its weight gets next to no gradient and stays what it is at first. Put the weights behind the normalisation.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> gather.gate |> norm.batch
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> norm.batch |> gather.gate
}`,
  },
})
