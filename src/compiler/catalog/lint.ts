import { entries } from './entry.ts'

/**
 * What is no mistake of shapes, and hardly meant: each rule can be set in the configuration, and allowed at a place with a
 * reason.
 */
export const lintEntries = entries({
  'lint/unused-value': {
    severity: 'warning',
    message: 'nothing reads the {what} {name}',
    help: `Nothing that is returned or output depends on it: more often than not another name was read by mistake. Remove the statement, or call the value \`_\`
where several come at once. A name that begins with \`_\` says that it is on purpose.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4)
  b = x |> conv(4)
  output y = a |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4)
  b = x |> conv(4)
  output y = fuse.concat(a, b) |> relu
}`,
  },
  'lint/unused-import': {
    severity: 'warning',
    message: 'nothing in this file uses {name} of {file}',
    help: `A file that is imported is read and checked each time; one that is not used is in the way of whoever looks for what is. A file without declarations of
its own is taken to import for others.`,
    bad: `import { B } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> conv(4)
}`,
    good: `import { B } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> conv(4) |> B
}`,
  },
  'lint/unused-parameter': {
    severity: 'warning',
    message: 'nothing in {of} reads the {what} {name}',
    help: `Whoever gives it a value expects an effect: more often than not a number or another name stands where it should. Neither its value nor an extent of
it is read. A block that is passed on as a value has the parameters that others want of it, and is not reported. A name that begins with \`_\` says that it is on
purpose.`,
    bad: `block Stage(x: [H, W, C], width: int) -> [_, _, 64] {
  return x |> conv(64) |> relu
}
model M {
  input x: [8, 8, 3]
  output y = Stage(x, 64)
}`,
    good: `block Stage(x: [H, W, C], width: int) -> [_, _, width] {
  return x |> conv(width) |> relu
}
model M {
  input x: [8, 8, 3]
  output y = Stage(x, 64)
}`,
  },
  'lint/unused-weight': {
    severity: 'warning',
    message: 'no output needs {what}',
    help: `It is initialised, stored and counted, and training cannot change anything by it. Either nothing reads it, or only the size of what is computed with it
is read: a convolution is not needed to know an extent.`,
    bad: `model M {
  input x: [8, 8, 3]
  small = x |> conv(16, stride: 2)
  output y = x |> resize(like: small)
}`,
    good: `model M {
  input x: [8, 8, 3]
  small = x |> conv(16, stride: 2)
  output y = fuse.concat(small, x |> resize(like: small))
}`,
  },
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
  'lint/allow-without-reason': {
    severity: 'warning',
    message: 'this allows {rule} and does not say why',
    help: `A finding is allowed by a comment at the end of its line, or on a line of its own above: \`// fmw-allow lint/unused-value: kept for the ablation\`. The
reason is for whoever reads it next.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4) // fmw-allow lint/unused-value
  output y = x |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4) // fmw-allow lint/unused-value: its weights are in the published file
  output y = x |> relu
}`,
  },
  'lint/unused-allow': {
    severity: 'warning',
    message: 'this comment allows nothing: {why}',
    help: `A comment \`// fmw-allow rule: reason\` is about the line it stands on, or alone on a line about the next one. Where the rule finds nothing there any
more, the comment is in the way of the next finding. Only findings of the linter can be allowed, never an error.`,
    bad: `model M {
  input x: [8, 8, 3]
  // fmw-allow lint/unused-value: read by the second head
  a = x |> conv(4)
  output y = a |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  // read by the second head
  a = x |> conv(4)
  output y = a |> relu
}`,
  },
})
