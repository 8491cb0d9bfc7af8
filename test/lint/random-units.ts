/** Blocks of the kinds that published networks are made of. Each takes a map, its number of filters and a stride of 1 or 2. */
export const unitsFile = `/// Convolution, batch normalisation, activation.
block Plain(x: [H, W, C], width: int, stride: int = 1, kernel: size = 3x3, activation: block = relu) -> [_, _, width] {
  return x |> conv(width, kernel, stride:, padding: half, bias: false) |> norm.batch |> activation
}
block Basic(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  y = x |> Plain(width, stride:) |> Plain(width, activation: identity)
  shortcut = if stride == 1 and C == width then x else x |> Plain(width, stride:, kernel: 1x1, activation: identity)
  return relu(y + shortcut)
}
block Bottleneck(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  narrow = floor(width / 2)
  y = x |> Plain(narrow, kernel: 1x1) |> Plain(narrow, stride:) |> Plain(width, kernel: 1x1, activation: identity)
  if stride == 1 and C == width { return relu(x + y) }
  return relu(y + Plain(x, width, stride:, kernel: 1x1, activation: identity))
}
block Inverted(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  y = x |> Plain(3 * C, kernel: 1x1, activation: relu6)
        |> conv.depthwise(3x3, stride:, padding: half, bias: false) |> norm.batch |> relu6
        |> Plain(width, kernel: 1x1, activation: identity)
  return if stride == 1 and C == width then x + y else y
}
block Separable(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  return x |> conv.separable(width, 3x3, stride:, padding: half, bias: false) |> norm.batch |> silu
}
block Shuffled(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  y = x |> conv(width, 1x1, groups: 2, bias: false) |> norm.batch |> relu |> gather.shuffle(2)
  return y |> conv(width, 3x3, stride:, padding: half, groups: 2, bias: false) |> norm.batch |> relu
}
block Branches(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  maps = [for kernel in [1, 3, 5]: x |> conv(8, kernel, stride:, padding: half, activation: relu)]
  return fuse.concat(...maps) |> conv(width, 1x1, activation: relu)
}
block Mixed(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  smaller = if stride == 2 then pool.avg(x, 2) else x
  return smaller |> conv.dynamic(width, 3x3, padding: same) |> relu
}
block Gated(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  value, gate = split(x |> conv(2 * width, 3x3, stride:, padding: half), 2)
  return tanh(value) * sigmoid(gate)
}
block Scaled(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  param gain: [width] = ones, within: [0, 2]
  return gain * conv(x, width, 3x3, stride:, padding: half, activation: gelu)
}
block Tracked(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  state mean: [width] = zeros
  state variance: [width] = ones
  y = x |> conv(width, 3x3, stride:, padding: half, bias: false)
  return elu(batch_norm(y, scale: none, offset: none, mean:, variance:, epsilon: 1e-4, momentum: 0.9))
}
block Selected(x: [H, W, C], width: int, stride: int = 1) -> [_, _, width] {
  return fuse.select(Plain(x, width, stride:), Plain(x, width, stride:, kernel: 5x5), ratio: 4, minimum: 8)
}
/// Down, everything deeper, up, and the skip beside it.
block Level(x: [H, W, C], width: int, depth: int) -> [H, W, width] {
  skip = x |> Plain(width) |> Plain(width)
  if depth == 0 { return skip }
  up = skip |> pool.max(2) |> Level(width + 8, depth - 1) |> conv.transpose(width, 2x2, stride: 2, activation: relu)
  return fuse.concat(skip, up) |> Plain(width)
}
`

/** The blocks that can stand for each other. */
export const units = [
  'Plain',
  'Basic',
  'Bottleneck',
  'Inverted',
  'Separable',
  'Shuffled',
  'Branches',
  'Mixed',
  'Gated',
  'Scaled',
  'Tracked',
  'Selected',
] as const

/** What weighs or chooses the channels and places of a map with at least 16 channels. */
export const weightings = [
  'weight.attention(ratio: 4)',
  'weight.attention(hidden: 8, activation: silu)',
  'weight.efficient',
  'weight.spatial',
  'weight.cbam(ratio: 4)',
  'weight.learned',
  'gather.gate',
  'weight.attention(ratio: 2, gate: hard_sigmoid)',
] as const
