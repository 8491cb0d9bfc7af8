import { abs } from './abs.ts'
import { add } from './add.ts'
import { avgPool } from './avg_pool.ts'
import { batchNorm } from './batch_norm.ts'
import { compare } from './compare.ts'
import { concatenate } from './concatenate.ts'
import { conv2d } from './conv2d.ts'
import { conv2dTranspose } from './conv2d_transpose.ts'
import { depthwiseConv2d } from './depthwise_conv2d.ts'
import { div } from './div.ts'
import { dropout } from './dropout.ts'
import { elu } from './elu.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { matmul } from './matmul.ts'
import { maxPool } from './max_pool.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'
import { mul } from './mul.ts'
import { padMap } from './pad_map.ts'
import type { Primitive } from './primitive.ts'
import { reduceAxes } from './reduce_axes.ts'
import { relu } from './relu.ts'
import { reshape } from './reshape.ts'
import { resizeMap } from './resize_map.ts'
import { sigmoid } from './sigmoid.ts'
import { slice } from './slice.ts'
import { softmax } from './softmax.ts'
import { softplus } from './softplus.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { take } from './take.ts'
import { tanh } from './tanh.ts'
import { transpose } from './transpose.ts'

const all: readonly Primitive[] = [
  conv2d, conv2dTranspose, depthwiseConv2d, matmul,
  add, sub, mul, div, maximum, minimum, compare,
  relu, sigmoid, tanh, elu, exp, log, sqrt, erf, softplus, abs, softmax,
  maxPool, avgPool, reduceAxes, resizeMap, padMap,
  concatenate, take, slice, reshape, transpose,
  batchNorm, dropout,
]

/** Every operation of the language that is not written in the language, by name. */
export const primitives: ReadonlyMap<string, Primitive> = new Map(all.map((primitive) => [primitive.name, primitive]))
