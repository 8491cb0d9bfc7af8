import { entries } from './entry.ts'

/** Numbers that cannot be computed. */
export const valueEntries = entries({
  'value/division-by-zero': {
    severity: 'error',
    message: 'the right side of {op} is 0: {left} {op} 0 has no value',
    help: `A quotient and a remainder need a divisor other than 0. The labels show where the 0 was decided.`,
    bad: `model M {
  input x: [8, 8, 3]
  n = 0
  output y = x |> conv(8 / n)
}`,
    good: `model M {
  input x: [8, 8, 3]
  n = 2
  output y = x |> conv(8 / n)
}`,
  },
  'value/not-a-polynomial': {
    severity: 'error',
    message: '{left} {op} {right} has no exact form: an extent can be divided only by a number or by an extent it contains',
    help: `Symbolic extents are kept exact. A quotient of two of them that does not cancel, such as \`H / W\`, has no exact form to compute shapes with.`,
    bad: `model M {
  input x: [H, W, 3]
  a = x.height / x.width
  require a >= 1
  output y = x |> conv(4)
}`,
    good: `model M {
  input x: [H, W, 3]
  a = x.height * x.width / x.width
  require a >= 1
  output y = x |> conv(4)
}`,
  },
  'value/too-large': {
    severity: 'error',
    message: 'this number is too large to compute exactly: ints go up to 9007199254740991, which is 2^53 - 1',
    help: `Ints and extents are exact up to 2^53. A number beyond that is a mistake in the text rather than a size.`,
    bad: `model M {
  input x: [8, 8, 3]
  n = 9007199254740991 * 1024
  output y = x |> conv(n)
}`,
    good: `model M {
  input x: [8, 8, 3]
  n = 9 * 1024
  output y = x |> conv(n)
}`,
  },
  'value/not-known': {
    severity: 'error',
    message: 'whether {claim} depends on the input',
    help: `Conditions of \`if\`, \`require\` and comprehensions are decided when the model is compiled. One on a symbolic extent needs a \`where\` that decides it for every input.`,
    bad: `model M {
  input x: [H, W, 3]
  stride = if x.height > 64 then 2 else 1
  output y = x |> conv(4, stride:)
}`,
    good: `model M {
  input x: [H, W, 3] where H >= 65
  stride = if x.height > 64 then 2 else 1
  output y = x |> conv(4, stride:)
}`,
  },
})
