import { entries } from './entry.ts'

/** What a text says twice, or for nothing: calls, loops, windows and weights that have no effect. */
export const lintIdleEntries = entries({
  'lint/idle-op': {
    severity: 'warning',
    message: '{op} changes nothing here: {why}',
    help: `Its own arguments say so, whatever it is given: most often a number is missing, or is left over from a trial. Only what is written as a number
is looked at; where a parameter decides, another call may give it another value. Remove the call, or write the number that was meant.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4) |> pool.max(1)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4) |> pool.max(2)
}`,
  },
  'lint/flatten-of-vector': {
    severity: 'warning',
    message: 'flatten changes nothing here: {shape} is a vector already',
    help: `\`pool.global\`, \`dense\` and \`flatten\` itself give vectors. A second \`flatten\` is harmless, and says to whoever reads it that there was a map. Blocks are
not looked at, since they may be given a map elsewhere.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> pool.global |> flatten |> dense(10)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> pool.global |> dense(10)
}`,
  },
  'lint/norm-twice': {
    severity: 'warning',
    message: '{norm} normalises what a batch normalisation has just normalised',
    help: `The second takes mean and spread of each channel, which the first has just made what its offset and scale say, out again: both together compute what
the second alone does, with twice the weights and statistics. Mostly a layer was meant to come between, or a block has a normalisation of its own.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, bias: false) |> norm.batch |> norm.batch |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(8, bias: false) |> norm.batch |> relu
}`,
  },
  'lint/skipped-places': {
    severity: 'warning',
    message: '{op} skips {skipped} between its windows: a stride of {stride} is more than the {size} they cover',
    help: `What lies between two windows is read by none of them, in every sample alike. A stride that was meant as a dilation looks like that, or a kernel and a
stride that changed places. Windows of one row or column are left alone: they thin a map out on purpose, as the shortcuts of residual networks do.`,
    bad: `model M {
  input x: [32, 32, 3]
  output y = x |> conv(8, 2x2, stride: 4)
}`,
    good: `model M {
  input x: [32, 32, 3]
  output y = x |> conv(8, 4x4, stride: 2)
}`,
  },
  'lint/weights-on-padding': {
    severity: 'warning',
    message: '{op}: {unread} of the {taps} taps of its kernel of {kernel} always lie on the padding around a map of {extent}',
    help: `Wherever such a window stands, these taps are off the map. Padding is 0, so that their weights change nothing, and no gradient reaches them. A kernel
dilated as far as the map is wide is a kernel of 1x1 in the end (Chen et al. 2017, section 3.3). Take a smaller kernel or dilation, or a larger map. Nothing is
said of sizes that are known only later.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, padding: same, dilation: 8)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16, 3x3, padding: same, dilation: 2)
}`,
  },
  'lint/unused-loop-variable': {
    severity: 'warning',
    message: 'nothing in this loop reads {name}',
    help: `A loop over values that reads none of them: most often a number, or another name, stands where this one should. Write \`_\` for what is not wanted of
several values; a name that begins with \`_\` says the same. A loop over a list that is not written there may only count, and is not reported.`,
    bad: `model M {
  input x: [8, 8, 3]
  for width in [16, 32, 64] { x = x |> conv(16, padding: same, activation: relu) }
  output y = x
}`,
    good: `model M {
  input x: [8, 8, 3]
  for width in [16, 32, 64] { x = x |> conv(width, padding: same, activation: relu) }
  output y = x
}`,
  },
  'lint/same-operands': {
    severity: 'warning',
    message: '{op} of {name} and {name} is {result}',
    help: `The same value stands on both sides of what then needs no value. Mostly another one was meant on one of them. \`fuse.add\`, \`fuse.mul\` and
\`fuse.concat\` of a value with itself mean something, and are not reported.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(8)
  b = x |> conv(8, 3x3, activation: relu)
  output y = fuse.max(a, a)
  output z = b
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(8)
  b = x |> conv(8, 3x3, activation: relu)
  output y = fuse.max(a, b)
}`,
  },
})
