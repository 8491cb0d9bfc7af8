import { entries } from './entry.ts'

/** Names that mean nothing, or too much. */
export const nameEntries = entries({
  'name/unknown': {
    severity: 'error',
    message: 'there is no {what} {name}',
    help: `Names are looked for in the body, then in the file and its imports, then in the standard library and the language. A word such as \`same\` or \`he_normal\`
has a meaning only where a parameter wants one.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = imge |> conv(4)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4)
}`,
  },
  'name/duplicate': {
    severity: 'error',
    message: 'a second {what} is called {name}',
    help: `Declarations of a file and outputs of a model have names of their own: weights, emitted functions and files are found by them.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4)
  output y = x |> conv(8)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4)
  output z = x |> conv(8)
}`,
  },
  'name/family': {
    severity: 'error',
    message: '{name} is a family of ops: a value may not be called that',
    help: `\`pool.max\` would change its meaning where a value is called \`pool\`.`,
    bad: `model M {
  input x: [8, 8, 3]
  pool = x |> conv(4)
  output y = pool |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  pooled = x |> conv(4)
  output y = pooled |> relu
}`,
  },
  'name/family-alone': {
    severity: 'error',
    message: '{name} is a family of ops, not an op',
    help: `A family is a file of the standard library; its ops are written \`family.op\`.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> pool(2)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> pool.max(2)
}`,
  },
  'name/cyclic-constant': {
    severity: 'error',
    message: 'the constant {name} is defined by itself',
    help: `A constant may use the constants of its file in any order, but not itself, directly or through others.`,
    bad: `const A = B + 1
const B = A
model M {
  input x: [8, 8, 3]
  output y = x |> conv(A)
}`,
    good: `const A = B + 1
const B = 3
model M {
  input x: [8, 8, 3]
  output y = x |> conv(A)
}`,
  },
  'name/repeated-path': {
    severity: 'error',
    message: 'a second weight would be found at {path}',
    help: `Weights are found by their path: the assigned name, loop indices, op and block names. Two of one statement that are called alike are numbered; here two
statements give the same path, usually by a label that is called like an assigned name. Give one of them another name.`,
    bad: `block Inner(x: [H, W, C]) -> [H, W, C] {
  param gain: [C] = ones
  return x * gain
}
block Outer(x: [H, W, C]) -> [H, W, C] {
  return x |> Inner
}
block Both(x: [H, W, C]) -> [H, W, C] {
  a = x |> Inner
  return a |> Outer as a
}
model M {
  input x: [8, 8, 3]
  output y = Both(x)
}`,
    good: `block Inner(x: [H, W, C]) -> [H, W, C] {
  param gain: [C] = ones
  return x * gain
}
block Outer(x: [H, W, C]) -> [H, W, C] {
  return x |> Inner
}
block Both(x: [H, W, C]) -> [H, W, C] {
  a = x |> Inner
  return a |> Outer as b
}
model M {
  input x: [8, 8, 3]
  output y = Both(x)
}`,
  },
})
