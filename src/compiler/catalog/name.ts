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
  'name/repeated-label': {
    severity: 'error',
    message: 'another part of this body is called {label}',
    help: `A label names a part of the body that it stands in, and weights are found by the names of parts: \`reduce/kernel\`. So each label stands once in the text of
a body, and is not called like another of its statements. In the two branches of one condition it may stand twice: only one of them is there.
One set of weights that is used twice is a layer: \`layer body = Body\`, and then \`body(left)\` and \`body(right)\`.`,
    bad: `block Narrow(x: [H, W, C]) -> [H, W, C] {
  return x |> conv(C / 4, 1x1) as squeeze |> conv(C, 1x1) as squeeze
}
model M {
  input x: [8, 8, 16]
  output y = Narrow(x)
}`,
    good: `block Narrow(x: [H, W, C]) -> [H, W, C] {
  return x |> conv(C / 4, 1x1) as squeeze |> conv(C, 1x1) as expand
}
model M {
  input x: [8, 8, 16]
  output y = Narrow(x)
}`,
  },
  'name/idle-label': {
    severity: 'error',
    message: 'the label {label} names no weights: {reason}',
    help: `A label names the weights of a call, or of all calls of an expression. It says nothing of an op without weights, of a call whose hole is still to be
filled, and of a layer, whose \`layer\` statement names them.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16) |> pool.max(2) as stem
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(16) as stem |> pool.max(2)
}`,
  },
  'name/repeated-path': {
    severity: 'error',
    message: 'a second weight would be found at {path}',
    help: `Weights are found by their path: the the name of the statement or a label, the turns of loops, op and block names. Two calls of one statement that are called alike
are numbered; here two give the same path, usually because \`as _\` leaves out the name of both. A label tells them apart.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4) as _ |> relu |> conv(8) as _
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4) as stem |> relu |> conv(8) as _
}`,
  },
})
