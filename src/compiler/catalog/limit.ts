import { entries } from './entry.ts'

/** Bounds of an elaboration. */
export const limitEntries = entries({
  'limit/steps': {
    severity: 'error',
    message: 'the model takes more than {bound} steps to elaborate',
    help: `Loops, comprehensions and calls are unrolled when the model is compiled, at most this many together. Usually a \`range\` is larger than meant.`,
    bad: `model M {
  input x: [8, 8, 3]
  for i in range(2000) {
    for j in range(2000) { require i + j >= 0 }
  }
  output y = x
}`,
    good: `model M {
  input x: [8, 8, 3]
  for i in range(20) {
    for j in range(20) { require i + j >= 0 }
  }
  output y = x
}`,
  },
  'limit/nodes': {
    severity: 'error',
    message: 'the graph has more than {bound} nodes',
    help: `Operations, weights, inputs and constants of one model are bounded. Usually a \`range\` or a recursion is larger than meant.`,
    bad: `model M {
  input x: [8, 8, 3]
  for i in range(300000) {
    x = relu(x)
  }
  output y = x
}`,
    good: `model M {
  input x: [8, 8, 3]
  for i in range(10) {
    x = relu(x)
  }
  output y = x
}`,
  },
  'limit/depth': {
    severity: 'error',
    message: 'blocks or expressions are nested deeper than {bound}',
    help: `A block may call itself, with a guard (\`if depth == 0 { return x }\`) that ends the recursion.`,
    bad: `block Again(x: [H, W, C], depth: int) -> [H, W, C] {
  return Again(x, depth - 1)
}
model M {
  input x: [8, 8, 3]
  output y = Again(x, 3)
}`,
    good: `block Again(x: [H, W, C], depth: int) -> [H, W, C] {
  if depth == 0 { return x }
  return Again(x, depth - 1)
}
model M {
  input x: [8, 8, 3]
  output y = Again(x, 3)
}`,
  },
  'limit/elements': {
    severity: 'error',
    message: '{shape} is more than a tensor can hold ({bound} elements)',
    help: `TensorFlow.js addresses elements with 31 bits.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> flatten |> dense(999999999)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> flatten |> dense(999)
}`,
  },
})
