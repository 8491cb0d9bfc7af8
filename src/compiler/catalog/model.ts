import { entries } from './entry.ts'

/** Statements and models as a whole. */
export const modelEntries = entries({
  'statement/misplaced': {
    severity: 'error',
    message: '`{what}` has no place here: {where}',
    help: `Inputs and outputs belong to models, \`return\` to blocks. Inputs stand directly in the model, not in a loop or a condition.`,
    bad: `block B(x: [H, W, C]) -> [H, W, C] {
  output y = x
  return x
}
model M {
  input x: [8, 8, 3]
  output y = B(x)
}`,
    good: `block B(x: [H, W, C]) -> [H, W, C] {
  return x
}
model M {
  input x: [8, 8, 3]
  output y = B(x)
}`,
  },
  'statement/no-return': {
    severity: 'error',
    message: '{name} ends without a return',
    help: `A block returns its result. Where the returns stand in conditions, one has to be reached.`,
    bad: `block B(x: [H, W, C]) -> [H, W, C] {
  y = x
}
model M {
  input x: [8, 8, 3]
  output y = B(x)
}`,
    good: `block B(x: [H, W, C]) -> [H, W, C] {
  y = x
  return y
}
model M {
  input x: [8, 8, 3]
  output y = B(x)
}`,
  },
  'model/no-output': {
    severity: 'error',
    message: 'model {name} has no output',
    help: `A model says what it gives: \`output name = expr\`.`,
    bad: `model M {
  input x: [8, 8, 3]
  y = x |> conv(4)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4)
}`,
  },
  'model/unchecked': {
    severity: 'warning',
    message: 'model {name} is not checked: its parameter {parameter} has no value',
    help: `A model with a parameter that has no default can be called from other models. On its own it is compiled when the command line gives the parameter:
\`--set width=64\`.`,
    bad: `model M(width: int) {
  input x: [8, 8, 3]
  output y = x |> conv(width)
}`,
    good: `model M(width: int = 8) {
  input x: [8, 8, 3]
  output y = x |> conv(width)
}`,
  },
})
