import { entries } from './entry.ts'

/** Values of the wrong kind. */
export const typeEntries = entries({
  'type/mismatch': {
    severity: 'error',
    message: '{what} should be {wanted}, and is {found}',
    help: `The value is of another kind than the place takes.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, 3x3, bias: 1)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, 3x3, bias: true)
}`,
  },
  'type/not-an-int': {
    severity: 'error',
    message: '{what} should be an int, and is {value}',
    help: `Sizes and counts are whole numbers. \`/\` on ints that do not divide gives a float, and floats never become ints silently: say \`floor\`, \`ceil\` or \`round\`.
An extent that depends on the input is an int only when a \`where\` says that it divides.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(x.channels / 2)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(ceil(x.channels / 2))
}`,
  },
  'type/several-results': {
    severity: 'error',
    message: '{of} gives several results ({results}), and one is needed here',
    help: `A call with several results cannot stand in a pipe or beside an operator. Take the results apart first.`,
    bad: `block Two(x: [H, W, C]) -> (a: [H, W, C], b: [H, W, C]) {
  return x, x
}
model M {
  input x: [8, 8, 3]
  output y = Two(x) |> relu
}`,
    good: `block Two(x: [H, W, C]) -> (a: [H, W, C], b: [H, W, C]) {
  return x, x
}
model M {
  input x: [8, 8, 3]
  a, _ = Two(x)
  output y = a |> relu
}`,
  },
  'type/unknown-member': {
    severity: 'error',
    message: '{of} has no {member}',
    help: `A map has \`height\`, \`width\`, \`channels\`, \`shape\` and \`rank\`; other tensors \`channels\`, \`shape\` and \`rank\`; a list has \`length\`; several results have
the names that the block declares.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(x.depth)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(x.channels)
}`,
  },
  'type/index-out-of-range': {
    severity: 'error',
    message: 'there is no element {index}: {of} has {length}, counted from 0',
    help: `Elements are counted from 0 to length - 1, and from the end from -1 to -length.`,
    bad: `const WIDTHS = [8, 16]
model M {
  input x: [8, 8, 3]
  output y = x |> conv(WIDTHS[2])
}`,
    good: `const WIDTHS = [8, 16]
model M {
  input x: [8, 8, 3]
  output y = x |> conv(WIDTHS[1])
}`,
  },
  'type/index-count': {
    severity: 'error',
    message: '{of} has {axes}, and {given}',
    help: `A map is indexed along all of its axes: \`x[:, :, 0:8]\` are the first 8 channels, \`x[1:, :, :]\` all rows but the first,
\`x[..., 0]\` the first channel without its axis. Of a matrix \`m[i]\` is a row, of a list \`list[i][j]\` an element of an element.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x[0] |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x[:, :, 0:1] |> relu
}`,
  },
  'type/result-count': {
    severity: 'error',
    message: '{name} declares {wanted} results and returns {found}',
    help: `What stands after \`->\` and what stands after \`return\` have to be as many.`,
    bad: `block B(x: [H, W, C]) -> ([H, W, C], [C]) {
  return x
}
model M {
  input x: [8, 8, 3]
  a, b = B(x)
  output y = a
}`,
    good: `block B(x: [H, W, C]) -> ([H, W, C], [C]) {
  return x, pool.global(x)
}
model M {
  input x: [8, 8, 3]
  a, _ = B(x)
  output y = a
}`,
  },
})
