import { abs } from './abs.ts'
import { add } from './add.ts'
import { avgPool } from './avg_pool.ts'
import { conv2d } from './conv2d.ts'
import { conv2dTranspose } from './conv2d_transpose.ts'
import { depthwiseConv2d } from './depthwise_conv2d.ts'
import { div } from './div.ts'
import { elu } from './elu.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { log } from './log.ts'
import { maxPool } from './max_pool.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'
import { mul } from './mul.ts'
import type { Primitive } from './primitive.ts'
import { relu } from './relu.ts'
import { sigmoid } from './sigmoid.ts'
import { softplus } from './softplus.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { tanh } from './tanh.ts'

const all: readonly Primitive[] = [
  ...[conv2d, conv2dTranspose, depthwiseConv2d],
  ...[add, sub, mul, div, maximum, minimum],
  ...[relu, sigmoid, tanh, elu, exp, log, sqrt, erf, softplus, abs],
  ...[maxPool, avgPool],
]

/** Every operation of the language that is not written in the language, by name. */
export const primitives: ReadonlyMap<string, Primitive> = new Map(all.map((primitive) => [primitive.name, primitive]))
