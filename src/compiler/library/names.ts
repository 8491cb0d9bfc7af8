/** The ops of the library, and the primitives beside them, of which advice knows more than their signatures. A test looks each up. */
export const ops = [
  'conv',
  'conv.depthwise',
  'conv.separable',
  'conv.transpose',
  'conv.dynamic',
  'conv.conditional',
  'conv.mixture',
  'conv2d',
  'conv2d_transpose',
  'depthwise_conv2d',
  'dense',
  'dropout',
  'flatten',
  'fuse.add',
  'fuse.concat',
  'fuse.mul',
  'fuse.sub',
  'fuse.div',
  'fuse.max',
  'fuse.min',
  'fuse.mean',
  'fuse.average',
  'fuse.convex',
  'gather.channels',
  'gather.gate',
  'pad',
  'max_pool',
  'avg_pool',
  'pool.max',
  'pool.avg',
  'relu',
  'resize',
  'transpose',
  'weight.attention',
  'weight.cbam',
  'weight.learned',
  'weight.static',
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
  bias: called('bias', ...convolutions, 'dense'),
  divisor: called('b', 'fuse.div'),
  dropped: called('rate', 'dropout'),
  factor: called('scale', 'resize'),
  filters: joined(called('filters', 'conv', 'conv.transpose'), called('units', 'dense')),
  hidden: called('hidden', 'weight.attention'),
  kernel: called('kernel', ...convolutions),
  order: called('order', 'transpose'),
  padding: called('padding', ...windowed),
  pads: called('amount', 'pad'),
  ratio: called('ratio', 'weight.attention', 'weight.cbam'),
  roundsUp: called('ceil', ...pools),
  stride: called('stride', ...windowed),
  window: called('size', ...pools),
} satisfies Readonly<Record<string, Parameter>>
