import { plainWord } from '../../text/did-you-mean.ts'
import type { Argument } from '../../syntax/ast.ts'
import type { Framework } from './frameworks.ts'

/** The parameters of a layer or function elsewhere in their order, without the tensor. */
interface Signature {
  readonly order: readonly string[]
  /** So many are always given; where one is missing, it is the first, which tells the channels of what comes in. */
  readonly least: number
}

type Signatures = ReadonlyMap<string, Signature>

const named = (order: string, least = 0): Signature => ({ order: order.split(' '), least })

const torch: Signatures = new Map([
  ['conv2d', named('in_channels out_channels kernel_size stride padding dilation groups bias padding_mode', 3)],
  ['convtranspose2d', named('in_channels out_channels kernel_size stride padding output_padding groups bias dilation', 3)],
  ['depthwiseconv2d', named('in_channels kernel_size stride padding dilation', 2)],
  ['separableconv2d', named('in_channels out_channels kernel_size stride padding dilation', 3)],
  ['dropout', named('p inplace')],
  ['linear', named('in_features out_features bias', 2)],
  ['batchnorm1d', named('num_features eps momentum affine track_running_stats', 1)],
  ['batchnorm2d', named('num_features eps momentum affine track_running_stats', 1)],
  ['batchnorm', named('num_features eps momentum affine track_running_stats', 1)],
  ['bn', named('num_features eps momentum affine track_running_stats', 1)],
  ['instancenorm', named('num_features eps momentum affine track_running_stats', 1)],
  ['se', named('in_channels reduction', 2)],
  ['squeezeexcite', named('in_channels reduction', 2)],
  ['squeezeexcitation', named('in_channels reduction', 2)],
  ['selayer', named('in_channels reduction', 1)],
  ['seblock', named('in_channels reduction', 1)],
  ['eca', named('in_channels kernel', 1)],
  ['centercrop', named('size')],
  ['gelu', named('approximate')],
  ['instancenorm2d', named('num_features eps momentum affine track_running_stats', 1)],
  ['layernorm', named('normalized_shape eps elementwise_affine bias', 1)],
  ['prelu', named('num_parameters init', 1)],
  ['maxpool2d', named('kernel_size stride padding dilation return_indices ceil_mode')],
  ['avgpool2d', named('kernel_size stride padding ceil_mode count_include_pad')],
  ['adaptiveavgpool2d', named('output_size')],
  ['adaptivemaxpool2d', named('output_size')],
  ['upsample', named('size scale_factor mode align_corners')],
  ['interpolate', named('size scale_factor mode align_corners')],
  ['upsamplingbilinear2d', named('size scale_factor')],
  ['upsamplingnearest2d', named('size scale_factor')],
  ['pad', named('pad mode value')],
  ['zeropad2d', named('pad')],
  ['reflectionpad2d', named('pad')],
  ['flatten', named('start_dim end_dim')],
  ['split', named('split_size dim')],
  ['chunk', named('chunks dim')],
  ['relu', named('inplace')],
  ['relu6', named('inplace')],
  ['silu', named('inplace')],
  ['hardswish', named('inplace')],
  ['hardsigmoid', named('inplace')],
])

const keras: Signatures = new Map([
  ['conv2d', named('filters kernel_size strides padding data_format dilation_rate groups activation use_bias kernel_initializer')],
  ['depthwiseconv2d', named('kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias')],
  ['separableconv2d', named('filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias')],
  ['conv2dtranspose', named('filters kernel_size strides padding output_padding data_format dilation_rate activation use_bias')],
  ['maxpooling2d', named('pool_size strides padding data_format')],
  ['maxpool2d', named('pool_size strides padding data_format')],
  ['averagepooling2d', named('pool_size strides padding data_format')],
  ['avgpool2d', named('pool_size strides padding data_format')],
  ['batchnormalization', named('axis momentum epsilon center scale')],
  ['layernormalization', named('axis epsilon center scale')],
  ['upsampling2d', named('scale_factor data_format interpolation')],
  ['relu', named('max_value')],
  ['concatenate', named('axis')],
  ['cropping2d', named('cropping data_format')],
  ['flatten', named('data_format')],
])

/** What the arguments of a call are called by position; undefined where they stand as they do here. */
export function orderOf(word: string, framework: Framework | undefined, args: readonly Argument[]): readonly string[] | undefined {
  const found = signatureOf(plainWord(word), framework)
  if (!found) return undefined
  const positional = args.filter(({ kind }) => kind === 'positional').length
  const names = new Set(args.flatMap((arg) => (arg.kind === 'named' ? [arg.name.name] : [])))
  const first = found.order.slice(0, found.least)
  const given = Math.min(positional, found.least) + first.slice(positional).filter((name) => names.has(name)).length
  return given < found.least ? found.order.slice(1) : found.order
}

function signatureOf(word: string, framework: Framework | undefined): Signature | undefined {
  if (framework === 'torch') return torch.get(word)
  if (framework === 'keras') return keras.get(word)
  const [of, another] = [torch.get(word), keras.get(word)].filter((one) => one !== undefined)
  return another ? undefined : of
}
