import { plainWord } from '../../text/did-you-mean.ts'
import type { Argument } from '../../syntax/ast.ts'

/** Whose habits a call has: how axes are counted, and which parameter stands where. */
export type Framework = 'torch' | 'keras' | 'numpy'

/** What the modules of other frameworks are called. */
const modules: ReadonlyMap<string, Framework> = new Map<string, Framework>([
  ['nn', 'torch'],
  ['F', 'torch'],
  ['functional', 'torch'],
  ['torch', 'torch'],
  ['tf', 'keras'],
  ['tfl', 'keras'],
  ['keras', 'keras'],
  ['layers', 'keras'],
  ['K', 'keras'],
  ['activations', 'keras'],
  ['np', 'numpy'],
  ['numpy', 'numpy'],
  ['jnp', 'numpy'],
  ['jax', 'numpy'],
])

export const isModule = (name: string): boolean => modules.has(name)

/** Parameters that only one of them has. */
const torchParameters: ReadonlySet<string> = new Set([
  'in_channels', 'out_channels', 'in_features', 'out_features', 'num_features', 'dim', 'dims', 'keepdim', 'eps', 'affine', 'inplace', 'ceil_mode',
  'count_include_pad', 'scale_factor', 'align_corners', 'start_dim', 'p',
])
const kerasParameters: ReadonlySet<string> = new Set([
  'strides', 'pool_size', 'use_bias', 'units', 'kernel_initializer', 'dilation_rate', 'depth_multiplier', 'data_format', 'interpolation', 'center', 'max_value',
])

/** Functions and layers that only one of them calls so, in lower case without underscores. */
const words: ReadonlyMap<string, Framework> = new Map<string, Framework>([
  ['cat', 'torch'],
  ['chunk', 'torch'],
  ['permute', 'torch'],
  ['linear', 'torch'],
  ['layernorm', 'torch'],
  ['upsample', 'torch'],
  ['reducesum', 'keras'],
  ['reducemean', 'keras'],
  ['reducemax', 'keras'],
  ['reducemin', 'keras'],
  ['dense', 'keras'],
  ['layernormalization', 'keras'],
  ['batchnormalization', 'keras'],
])

/** Undefined for a class that both PyTorch and Keras have, and for `concat`; another function without a module is numpy's, which counts axes as they are. */
export function frameworkOf(word: string, module: string | undefined, args: readonly Argument[]): Framework | undefined {
  const own = module === undefined ? undefined : modules.get(module)
  if (own) return own
  const named = args.flatMap((arg) => (arg.kind === 'named' ? [arg.name.name] : []))
  if (named.some((name) => torchParameters.has(name))) return 'torch'
  if (named.some((name) => kerasParameters.has(name))) return 'keras'
  if (named.includes('axis') && /^[A-Z]/.test(word)) return 'keras'
  if (/[123]d$/.test(word)) return 'torch'
  if (/[123]D/.test(word)) return 'keras'
  return words.get(plainWord(word)) ?? (/^(?!concat)[a-z_\d]+$/.test(word) ? 'numpy' : undefined)
}
