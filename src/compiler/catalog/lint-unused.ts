import { entries } from './entry.ts'

/** What is written and never used. */
export const lintUnusedEntries = entries({
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
  'lint/unread-parts': {
    severity: 'warning',
    message: 'nothing reads {unread} of the {parts} parts of this split',
    help: `Parts count from 0. What is computed for the channels of those parts is computed for nobody, and more often than not an index is wrong. Where some are
left out on purpose, a pattern says so, \`[a, _, b] = split(x, 3)\`, or a range takes what is wanted: \`x[:, :, :8]\`.`,
    bad: `model M {
  input x: [8, 8, 12]
  parts = split(x, 3)
  output y = parts[0] * sigmoid(parts[1])
}`,
    good: `model M {
  input x: [8, 8, 12]
  parts = split(x, 3)
  output y = parts[0] * sigmoid(parts[1]) + parts[2]
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
})
