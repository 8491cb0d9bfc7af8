import { entries } from './entry.ts'

/** Shapes that were written down and are not what the tensors have. */
export const writtenShapeEntries = entries({
  'shape/annotation': {
    severity: 'error',
    message: '{name} is written as {wanted}, and is {found}',
    help: `The shape after the name says what the author expects; the tensor has another one. The labels show where the differing extents were
decided. \`_\` stands for any extent.`,
    bad: `model M {
  input x: [28, 28, 1]
  c1: [24, 24, 6] = x |> conv(6, 3x3)
  output y = c1
}`,
    good: `model M {
  input x: [28, 28, 1]
  c1: [24, 24, 6] = x |> conv(6, 5x5)
  output y = c1
}`,
  },
  'shape/argument': {
    severity: 'error',
    message: '{op} needs {argument} with {wanted}, and is given {found}: {shape}',
    help: `A parameter's shape names extents. A name that an earlier parameter or extent has must agree with it, and an expression must come out.`,
    bad: `block Square(x: [N, N, C]) -> [N, N, C] {
  return x
}
model M {
  input x: [8, 6, 3]
  output y = Square(x)
}`,
    good: `block Square(x: [N, N, C]) -> [N, N, C] {
  return x
}
model M {
  input x: [8, 8, 3]
  output y = Square(x)
}`,
  },
  'shape/result': {
    severity: 'error',
    message: '{name} says it returns {wanted}, and returns {found}',
    help: `What a block declares after \`->\` is checked at every call. Either the declaration or the body is wrong.`,
    bad: `block Down(x: [H, W, C]) -> [H, W, C] {
  return x |> pool.max(2)
}
model M {
  input x: [8, 8, 3]
  output y = Down(x)
}`,
    good: `block Down(x: [H, W, C]) -> [floor(H / 2), floor(W / 2), C] {
  return x |> pool.max(2)
}
model M {
  input x: [8, 8, 3]
  output y = Down(x)
}`,
  },
  'shape/symbolic-weight': {
    severity: 'error',
    message: 'the shape of {weight} depends on the size of the input: {extent}',
    help: `A weight has one shape for all inputs. A dense layer behind a flatten needs inputs of a fixed size; \`pool.global\` before it makes the
number of elements independent of the size.`,
    bad: `model M {
  input x: [H, W, 3]
  output y = x |> flatten |> dense(10)
}`,
    good: `model M {
  input x: [H, W, 3]
  output y = x |> pool.global |> dense(10)
}`,
  },
  'shape/shared-weight': {
    severity: 'error',
    message: 'a layer has one set of weights: {path} is {a} from its first use, and {b} is needed here',
    help: `The uses of a \`layer\` share their weights, so that their inputs must agree in what the weights depend on, usually the channels. Where they
do not, it takes two layers.`,
    bad: `model M {
  input a: [8, 8, 3]
  input b: [8, 8, 4]
  layer f = conv(_, 8)
  output y = f(a) + f(b)
}`,
    good: `model M {
  input a: [8, 8, 3]
  input b: [8, 8, 3]
  layer f = conv(_, 8)
  output y = f(a) + f(b)
}`,
  },
  'shape/empty': {
    severity: 'error',
    message: '{what} cannot have an extent of {extent}',
    help: `Every extent is at least 1: a tensor without elements computes nothing.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(0)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(1)
}`,
  },
  'shape/length': {
    severity: 'error',
    message: '{what} are {found}, and {wanted} are needed',
    help: `A list that gives one value per element or channel has to be as long as there are elements or channels.`,
    bad: `model M {
  input x: [8, 8, 3]
  param s: [3] = [1, 2]
  output y = x * s
}`,
    good: `model M {
  input x: [8, 8, 3]
  param s: [3] = [1, 2, 3]
  output y = x * s
}`,
  },
})
