/** The ops of the library, and the primitives beside them, of which advice knows more than their signatures. A test looks each up. */
export const ops = [
  'align', 'avg_pool', 'conv', 'conv.conditional', 'conv.depthwise', 'conv.dynamic', 'conv.mixture', 'conv.separable',
  'conv.transpose', 'conv2d', 'conv2d_transpose', 'crop', 'dense', 'depthwise_conv2d', 'dropout', 'flatten', 'fuse.add',
  'fuse.average', 'fuse.concat', 'fuse.convex', 'fuse.div', 'fuse.max', 'fuse.mean', 'fuse.min', 'fuse.mul', 'fuse.sub',
  'gather.channels', 'gather.gate', 'gather.shuffle', 'gelu', 'hard_sigmoid', 'hard_swish', 'hard_tanh', 'leaky_relu', 'matmul', 'max_pool', 'norm.batch', 'norm.instance',
  'norm.layer', 'pad', 'pad_map', 'pool.avg', 'pool.global', 'pool.global_max', 'pool.max', 'reduce.max', 'reduce.mean', 'reduce.min',
  'reduce.sum', 'relu', 'reshape', 'resize', 'softmax', 'split', 'swish', 'transpose', 'weight.attention', 'weight.cbam', 'weight.efficient', 'weight.learned', 'weight.spatial', 'weight.static',
] as const

export type OpName = (typeof ops)[number]

/** What a parameter is called, by the ops that have it. */
export type Parameter = ReadonlyMap<string, string>

const called = (name: string, ...of: readonly OpName[]): Parameter => new Map(of.map((op) => [op, name]))

const joined = (...parts: readonly Parameter[]): Parameter => new Map(parts.flatMap((part) => [...part]))

const pools = ['pool.max', 'pool.avg', 'max_pool', 'avg_pool'] as const
const convolutions = ['conv', 'conv.depthwise', 'conv.separable', 'conv.transpose'] as const
const windowed = [
  ...convolutions,
  'conv.dynamic',
  'conv.conditional',
  'conv.mixture',
  'conv2d',
  'depthwise_conv2d',
  'conv2d_transpose',
  ...pools,
] as const

/** The parameters that advice reads and writes, by what they are to it. A test finds each in the signature of its op. */
export const parameters = {
  activation: called('activation', 'conv', 'dense'),
  axis: called('axis', 'fuse.concat', 'reduce.mean', 'reduce.max', 'reduce.min', 'reduce.sum'),
  bias: called('bias', ...convolutions, 'dense'),
  channels: called('channels', 'align'),
  divisor: called('b', 'fuse.div'),
  dropped: called('rate', 'dropout'),
  factor: called('scale', 'resize'),
  filters: joined(called('filters', 'conv', 'conv.transpose'), called('units', 'dense')),
  hidden: called('hidden', 'weight.attention'),
  keeps: called('keep', 'reduce.mean', 'reduce.max'),
  kernel: called('kernel', ...convolutions),
  like: called('like', 'align', 'crop', 'pad', 'resize'),
  order: called('order', 'transpose'),
  parts: called('parts', 'split'),
  padding: called('padding', ...windowed),
  pads: joined(called('amount', 'pad'), called('amounts', 'pad_map')),
  ratio: called('ratio', 'weight.attention', 'weight.cbam'),
  roundsUp: called('ceil', ...pools),
  size: called('to', 'resize'),
  stride: called('stride', ...windowed),
  transposes: called('transpose_b', 'matmul'),
  window: called('size', ...pools),
} satisfies Readonly<Record<string, Parameter>>
