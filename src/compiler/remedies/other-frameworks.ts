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
  ['pad', ['padding']],
  ['pads', ['padding']],
  ['dilation_rate', ['dilation']],
  ['use_bias', ['bias']],
  ['depth_multiplier', ['multiplier']],
  ['eps', ['epsilon']],
  ['reduction', ['ratio']],
  ['gamma', ['scale']],
  ['beta', ['offset']],
  ['shift', ['offset']],
  ['drop_rate', ['rate']],
  ['alpha', ['slope']],
  ['negative_slope', ['slope']],
  ['kernel_initializer', ['init']],
  ['initializer', ['init']],
  ['act', ['activation']],
  ['output_size', ['to']],
  ['dim', ['axis']],
  ['dims', ['axis']],
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
  ['name', { instead: 'a step of a pipe is named by a label: … as stem', isNeedless: false }],
  ['trainable', { instead: 'to keep weights as they are, write freeze before the op', isNeedless: false }],
  ['training', { instead: 'whether it is trained is said when the model is run', isNeedless: false }],
])

/** By the name in lower case, without underscores. */
const opNames: ReadonlyMap<string, OpName> = new Map<string, OpName>([
  ['conv1d', 'conv'],
  ['conv2d', 'conv'],
  ['convolution', 'conv'],
  ['convolution2d', 'conv'],
  ['depthwiseconv2d', 'conv.depthwise'],
  ['separableconv2d', 'conv.separable'],
  ['conv2dtranspose', 'conv.transpose'],
  ['convtranspose2d', 'conv.transpose'],
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
  ['globalmaxpooling2d', 'pool.global_max'],
  ['bn', 'norm.batch'],
  ['batchnorm', 'norm.batch'],
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
  ['interpolate', 'resize'],
  ['zeropadding2d', 'pad'],
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
  ['leakyrelu', 'leaky_relu'],
  ['hardswish', 'hard_swish'],
  ['hardsigmoid', 'hard_sigmoid'],
])
