import { entries } from './entry.ts'

/** Arguments that do not meet parameters. */
export const callEntries = entries({
  'call/missing-argument': {
    severity: 'error',
    message: '{op} is missing its argument {argument} ({wanted})',
    help: `A parameter without a default has to be given. A tensor comes from a pipe or as the first argument; \`conv(_, 64)\` with a hole makes a block value instead.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = conv(filters: 4)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(filters: 4)
}`,
  },
  'call/unknown-argument': {
    severity: 'error',
    message: '{op} has no parameter {argument}',
    help: `A named argument has to be called like a parameter. Names follow the field, and differ between frameworks: it is \`stride\`, \`filters\`, \`kernel\`, \`units\`, \`ratio\` here.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, strides: 2)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, stride: 2)
}`,
  },
  'call/repeated-argument': {
    severity: 'error',
    message: '{op} is given its argument {argument} twice',
    help: `An argument is given by position or by name, not both; a block value made with holes keeps the arguments it was made with.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, filters: 8)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(filters: 8)
}`,
  },
  'call/too-few-arguments': {
    severity: 'error',
    message: '{op} combines two or more {argument}, {found} given',
    help: `One map alone has nothing to be combined with. A list that is spread (\`...maps\`) may hold one, so that a comprehension may come out short, but not
none.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = fuse.add(x)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = fuse.add(...[for i in range(1): x])
}`,
  },
  'call/too-many-arguments': {
    severity: 'error',
    message: '{op} takes {most}, and {found} are given',
    help: `Arguments by position fill the parameters in order; a pipe fills the first.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> relu(6)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> relu6
}`,
  },
  'call/not-callable': {
    severity: 'error',
    message: '{found} cannot be called',
    help: `Blocks, models, ops and functions can be called, also through parameters and list elements; tensors and numbers cannot.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4)
  output y = a(x)
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4)
  output y = a |> relu
}`,
  },
  'call/several-holes': {
    severity: 'error',
    message: 'a pipe passes one value, and this call has {holes} holes',
    help: `In a pipe the hole says where the piped value goes. A block value may have several holes; name it first and call it with all its arguments.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> fuse.add(_, _)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = fuse.add(x, x)
}`,
  },
  'call/nothing-to-freeze': {
    severity: 'error',
    message: '`freeze` keeps the weights made in it from training, and {found} is already made',
    help: `\`freeze\` stands before the call that makes the weights: \`freeze Colour(left)\`, \`x |> freeze norm.batch\`, or before a block value or layer. It binds
to what follows it directly: in \`freeze x |> conv(8)\` that is x.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = freeze x |> conv(8)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> freeze conv(8)
}`,
  },
  'call/hole-outside-call': {
    severity: 'error',
    message: 'a hole stands for an argument of a call',
    help: `\`_\` is a placeholder in \`f(_, 3)\`, which makes a block value, in \`x |> f(a, _)\`, and in patterns and shapes. It is no value of its own.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x * _
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x * 2
}`,
  },
})
