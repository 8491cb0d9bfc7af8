interface Usage {
  readonly call: string
  /** The body of a model that compiles. */
  readonly example: string
}

const numbers = (call: string, statements: string): Usage => ({ call, example: `input x: [32, 32, 24]\n${statements}` })

/** How the functions of the language are called. A test finds each of them here. */
export const functionUsage: Readonly<Record<string, Usage>> = {
  floor: numbers('floor(number)', 'output y: [32, 32, 4] = x |> conv(floor(x.channels / 5), 1x1)'),
  ceil: numbers('ceil(number)', 'output y: [32, 32, 5] = x |> conv(ceil(x.channels / 5), 1x1)'),
  round: numbers('round(number)', 'output y: [32, 32, 5] = x |> conv(round(x.channels / 5), 1x1)'),
  max: numbers('max(a, b, …)', 'output y: [32, 32, 8] = x |> conv(max(8, floor(x.channels / 16)), 1x1)'),
  min: numbers('min(a, b, …)', 'output y: [32, 32, 8] = x |> conv(min(8, x.channels), 1x1)'),
  log2: numbers('log2(number)', 'output y: [32, 32, 4] = x |> conv(floor(log2(x.channels)), 1x1)'),
  range: numbers('range(count) or range(from, to, step = 1)', `for i in range(3) {
  x = x |> conv(24, 3x3, padding: same) |> relu
}
output y: [32, 32, 24] = x`),
  enumerate: numbers('enumerate(list)', `for [i, width] in enumerate([32, 64]) {
  x = x |> conv(width, 3x3, stride: i + 1, padding: same) |> relu
}
output y: [16, 16, 64] = x`),
  zip: numbers('zip(list, list, …)', `for [width, stride] in zip([32, 64], [1, 2]) {
  x = x |> conv(width, 3x3, stride:, padding: same) |> relu
}
output y: [16, 16, 64] = x`),
  reverse: numbers('reverse(list)', `for width in reverse([32, 64]) {
  x = x |> conv(width, 3x3, padding: same) |> relu
}
output y: [32, 32, 32] = x`),
  identity: numbers('identity(value)', 'output y: [32, 32, 8] = x |> conv(8, 1x1, activation: identity)'),
  constant: numbers('constant(value)', 'output y: [32, 32, 24] = x |> weight.learned(init: constant(0.5))'),
  uniform: numbers('uniform(min, max)', 'output y: [32, 32, 8] = x |> conv(8, 1x1, init: uniform(-0.1, 0.1))'),
  normal: numbers('normal(mean, deviation)', 'output y: [32, 32, 8] = x |> conv(8, 1x1, init: normal(0, 0.02))'),
  truncated_normal: numbers(
    'truncated_normal(mean, deviation)',
    'output y: [32, 32, 8] = x |> conv(8, 1x1, init: truncated_normal(0, 0.02))',
  ),
}
