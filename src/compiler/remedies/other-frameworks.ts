import type { OpName } from '../library/names.ts'
import { opParts } from '../library/op-parts.ts'
import { primitives } from '../primitives/index.ts'

/** The parameter that is called otherwise in Keras or PyTorch. */
export const parameterMeant = (name: string, parameters: readonly string[]): string | undefined =>
  parameterNames.get(name)?.find((synonym) => parameters.includes(synonym))

/** What to do where Keras and PyTorch have a parameter that nothing here has. */
export const parameterMissed = (name: string): Missed | undefined => parametersMissed.get(name)

/** A parameter of other frameworks that nothing here has. */
interface Missed {
  /** What to do instead. */
  readonly instead: string
  /** The argument is left out, and nothing takes its place. */
  readonly isNeedless: boolean
}

/** The op that is called otherwise in Keras or PyTorch, in a family if one is given. */
export function opMeant(name: string, family?: string): OpName | undefined {
  if (family === undefined) return opNames.get(plain(name))
  const meant = opNames.get(`${plain(family)}.${plain(name)}`) ?? opNames.get(plain(name))
  const isOfFamily = meant !== undefined && (meant === family || opParts(meant).family === family)
  return isOfFamily ? meant : undefined
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')

/** What an op is called with to be one that other frameworks have a word for. */
export const argumentsMeant = (name: string): readonly (readonly [name: string, text: string])[] => opArguments.get(plain(name)) ?? []

/** The op with weights of its own, where a primitive is called like the op of another framework. */
export const layerMeant = (op: string): string | undefined => (primitives.has(op) ? opMeant(op) : undefined)

/** The type that is called otherwise elsewhere. */
export const typeMeant = (name: string): string | undefined => typeNames.get(name.toLowerCase())

const typeNames: ReadonlyMap<string, string> = new Map([
  ['integer', 'int'],
  ['number', 'float'],
  ['boolean', 'bool'],
  ['str', 'string'],
  ['text', 'string'],
  ['list', 'int[]'],
  ['callable', 'block'],
  ['function', 'block'],
])

const parameterNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['strides', ['stride']],
  ['units', ['units', 'filters']],
  ['filters', ['filters', 'units', 'width']],
  ['num_filters', ['filters', 'units', 'width']],
  ['out_channels', ['filters', 'units', 'width']],
  ['out_features', ['units']],
  ['channels', ['filters']],
  ['num_classes', ['classes', 'units']],
  ['kernel_size', ['kernel', 'size']],
  ['pool_size', ['size']],
  ['ksize', ['size']],
  ['pad', ['padding']],
  ['pads', ['padding']],
  ['dilation_rate', ['dilation']],
  ['use_bias', ['bias']],
  ['depth_multiplier', ['multiplier']],
  ['eps', ['epsilon']],
  ['reduction', ['ratio']],
  ['center', ['offset']],
  ['gamma', ['scale']],
  ['beta', ['offset']],
  ['shift', ['offset']],
  ['drop_rate', ['rate']],
  ['prob', ['rate']],
  ['decay', ['momentum']],
  ['factor', ['scale']],
  ['alpha', ['slope']],
  ['negative_slope', ['slope']],
  ['kernel_initializer', ['init']],
  ['initializer', ['init']],
  ['act', ['activation']],
  ['output_size', ['to']],
  ['dim', ['axis']],
  ['dims', ['axis']],
  ['axes', ['axis']],
  ['keepdim', ['keep']],
  ['keepdims', ['keep']],
  ['keep_dims', ['keep']],
  ['requires_grad', ['trainable']],
  ['p', ['rate']],
  ['ceil_mode', ['ceil']],
  ['count_include_pad', ['count_padding']],
  ['scale_factor', ['scale']],
  ['interpolation', ['method']],
  ['mode', ['method']],
  ['num_groups', ['groups']],
])

const parametersMissed: ReadonlyMap<string, Missed> = new Map([
  ['in_channels', { instead: 'the map brings its channels: leave it out', isNeedless: true }],
  ['in_features', { instead: 'the vector brings its length: leave it out', isNeedless: true }],
  ['input_shape', { instead: 'the shape stands at the input of the model: leave it out', isNeedless: true }],
  ['data_format', { instead: 'channels are always last: leave it out', isNeedless: true }],
  ['dtype', { instead: 'all values are float32: leave it out', isNeedless: true }],
  ['inplace', { instead: 'nothing is changed in place: leave it out', isNeedless: true }],
  ['frozen', { instead: 'to keep a weight as it is, write trainable: false', isNeedless: false }],
  ['padding_mode', { instead: 'a map is padded so before it: pad(1, mode: reflect)', isNeedless: false }],
  ['name', { instead: 'a step of a pipe is named by a label: … as stem', isNeedless: false }],
  ['trainable', { instead: 'to keep weights as they are, write freeze before the op', isNeedless: false }],
  ['training', { instead: 'whether it is trained is said when the model is run', isNeedless: false }],
])

/** By the name in lower case, without underscores. */
const opNames: ReadonlyMap<string, OpName> = new Map<string, OpName>([
  ['conv2d', 'conv'],
  ['convolution', 'conv'],
  ['convolution2d', 'conv'],
  ['conv1x1', 'conv'],
  ['conv3x3', 'conv'],
  ['pointwise', 'conv'],
  ['pointwiseconv', 'conv'],
  ['depthwise', 'conv.depthwise'],
  ['depthwiseconv', 'conv.depthwise'],
  ['dwconv', 'conv.depthwise'],
  ['depthwiseconv2d', 'conv.depthwise'],
  ['separable', 'conv.separable'],
  ['separableconv', 'conv.separable'],
  ['sepconv', 'conv.separable'],
  ['separableconv2d', 'conv.separable'],
  ['conv2dtranspose', 'conv.transpose'],
  ['convtranspose2d', 'conv.transpose'],
  ['convtranspose', 'conv.transpose'],
  ['transposedconv', 'conv.transpose'],
  ['deconv', 'conv.transpose'],
  ['maxpool', 'pool.max'],
  ['maxpool2d', 'pool.max'],
  ['maxpooling2d', 'pool.max'],
  ['avgpool', 'pool.avg'],
  ['avgpool2d', 'pool.avg'],
  ['averagepooling2d', 'pool.avg'],
  ['gap', 'pool.global'],
  ['globalavgpool', 'pool.global'],
  ['globalaveragepooling2d', 'pool.global'],
  ['adaptiveavgpool2d', 'pool.global'],
  ['globalavgpool2d', 'pool.global'],
  ['globalaveragepool', 'pool.global'],
  ['globalpool', 'pool.global'],
  ['globalmean', 'pool.global'],
  ['globalaverage', 'pool.global'],
  ['globalaveragepooling', 'pool.global'],
  ['adaptiveavgpool', 'pool.global'],
  ['globalmaxpooling2d', 'pool.global_max'],
  ['globalmaxpool2d', 'pool.global_max'],
  ['globalmaxpool', 'pool.global_max'],
  ['adaptivemaxpool2d', 'pool.global_max'],
  ['dropout2d', 'dropout'],
  ['spatialdropout2d', 'dropout'],
  ['bn', 'norm.batch'],
  ['batchnorm', 'norm.batch'],
  ['batchnorm1d', 'norm.batch'],
  ['batchnorm2d', 'norm.batch'],
  ['batchnormalization', 'norm.batch'],
  ['layernorm', 'norm.layer'],
  ['layernormalization', 'norm.layer'],
  ['instancenorm', 'norm.instance'],
  ['instancenorm2d', 'norm.instance'],
  ['linear', 'dense'],
  ['fc', 'dense'],
  ['cat', 'fuse.concat'],
  ['concat', 'fuse.concat'],
  ['concatenate', 'fuse.concat'],
  ['sum', 'reduce.sum'],
  ['mean', 'reduce.mean'],
  ['avg', 'reduce.mean'],
  ['amax', 'reduce.max'],
  ['amin', 'reduce.min'],
  ['reducesum', 'reduce.sum'],
  ['reducemean', 'reduce.mean'],
  ['reducemax', 'reduce.max'],
  ['reducemin', 'reduce.min'],
  ['lrelu', 'leaky_relu'],
  ['multiply', 'fuse.mul'],
  ['average', 'fuse.mean'],
  ['upsample', 'resize'],
  ['upsampling2d', 'resize'],
  ['upsamplingbilinear2d', 'resize'],
  ['upsamplingnearest2d', 'resize'],
  ['interpolate', 'resize'],
  ['zeropadding2d', 'pad'],
  ['zeropad2d', 'pad'],
  ['zeropad', 'pad'],
  ['reflectionpad2d', 'pad'],
  ['reflectionpad', 'pad'],
  ['chunk', 'split'],
  ['permute', 'transpose'],
  ['view', 'reshape'],
  ['bmm', 'matmul'],
  ['mm', 'matmul'],
  ['centercrop', 'crop'],
  ['shuffle', 'gather.shuffle'],
  ['spatialattention', 'weight.spatial'],
  ['cbam', 'weight.cbam'],
  ['selayer', 'weight.attention'],
  ['seblock', 'weight.attention'],
  ['channelshuffle', 'gather.shuffle'],
  ['softmax2d', 'softmax'],
  ['subtract', 'fuse.sub'],
  ['divide', 'fuse.div'],
  ['cropping2d', 'crop'],
  ['squeezeexcite', 'weight.attention'],
  ['squeezeexcitation', 'weight.attention'],
  ['se', 'weight.attention'],
  ['eca', 'weight.efficient'],
  ['instancenormalization', 'norm.instance'],
  ['pool.average', 'pool.avg'],
  ['pool.mean', 'pool.avg'],
  ['pool.maximum', 'pool.max'],
  ['fuse.sum', 'fuse.add'],
  ['fuse.maximum', 'fuse.max'],
  ['fuse.minimum', 'fuse.min'],
  ['gather.select', 'gather.channels'],
  ['gather.index', 'gather.channels'],
  ['conv.pointwise', 'conv'],
  ['conv.dilated', 'conv'],
  ['conv.transposed', 'conv.transpose'],
  ['conv.separate', 'conv.separable'],
  ['conv.grouped', 'conv'],
  ['conv.depth', 'conv.depthwise'],
  ['conv.dw', 'conv.depthwise'],
  ['pool.gap', 'pool.global'],
  ['pool.avgglobal', 'pool.global'],
  ['pool.maxglobal', 'pool.global_max'],
  ['fuse.avg', 'fuse.mean'],
  ['reduce.average', 'reduce.mean'],
  ['reduce.maximum', 'reduce.max'],
  ['reduce.minimum', 'reduce.min'],
  ['pool.globalavg', 'pool.global'],
  ['pool.globalmean', 'pool.global'],
  ['pool.globalaverage', 'pool.global'],
  ['fuse.subtract', 'fuse.sub'],
  ['fuse.multiply', 'fuse.mul'],
  ['fuse.mult', 'fuse.mul'],
  ['norm.batch2d', 'norm.batch'],
  ['fuse.divide', 'fuse.div'],
  ['leakyrelu', 'leaky_relu'],
  ['hardswish', 'hard_swish'],
  ['hswish', 'hard_swish'],
  ['hardsigmoid', 'hard_sigmoid'],
  ['hsigmoid', 'hard_sigmoid'],
  ['htanh', 'hard_tanh'],
  ['hardtanh', 'hard_tanh'],
  ['gelunew', 'gelu'],
  ['gelutanh', 'gelu'],
  ['gelufast', 'gelu'],
  ['quickgelu', 'swish'],
])

/** By the same name: what makes that op of one that has a parameter for it. */
const opArguments: ReadonlyMap<string, readonly (readonly [name: string, text: string])[]> = new Map([
  ['conv.pointwise', [['kernel', '1x1']]],
  ['pointwise', [['kernel', '1x1']]],
  ['pointwiseconv', [['kernel', '1x1']]],
  ['conv1x1', [['kernel', '1x1']]],
  ['conv3x3', [['kernel', '3x3']]],
  ['reflectionpad2d', [['mode', 'reflect']]],
  ['reflectionpad', [['mode', 'reflect']]],
  ['upsamplingbilinear2d', [['method', 'bilinear'], ['corners', 'aligned']]],
  ['upsamplingnearest2d', [['method', 'nearest']]],
  ['gelunew', [['approximate', 'true']]],
  ['gelutanh', [['approximate', 'true']]],
  ['gelufast', [['approximate', 'true']]],
  ['quickgelu', [['beta', '1.702']]],
])
