import * as tf from '@tensorflow/tfjs-core'
import { dropoutSeed } from './dropout-seed.ts'

/** How a model is applied just now; its ops read it, so that no block hands it on. */
export interface Run {
  /** Where large constants are kept from one run to the next. */
  readonly kept?: KeptConstants
  readonly training?: TrainingOps & { readonly seed: number }
}

/** By what makes them. */
export type KeptConstants = Map<() => tf.Tensor, tf.Tensor>

let current: Run = {}
let dropouts = 0

/** Applies a model, in this way. */
export function during<T>(run: Run, apply: () => T): T {
  const outer = [current, dropouts] as const
  ;[current, dropouts] = [run, 0]
  try {
    return apply()
  } finally {
    ;[current, dropouts] = outer
  }
}

/** What only training computes. */
interface TrainingOps {
  /** Before a model is applied. */
  readonly prepare: () => void
  /** As `batchNorm`, with the mean and the variance of the batch, which the moving ones follow. */
  readonly batchNorm: <R extends tf.Rank>(
    x: tf.Tensor<R>,
    mean: tf.Tensor1D,
    variance: tf.Tensor1D,
    offset: tf.Tensor1D,
    scale: tf.Tensor1D,
    epsilon: number,
    momentum: number,
  ) => tf.Tensor<R>
  readonly dropout: (x: tf.Tensor, rate: number, seed: number) => tf.Tensor
}

let trainingOps: TrainingOps | undefined

/** What `fmw-training.ts` brings: a page that only predicts has nothing of it. */
export function trainWith(ops: TrainingOps): void {
  trainingOps = ops
}

/** Applies a model as in training. @throws Error without `fmw-training.ts` */
export function duringTraining<T>(seed: number, apply: () => T): T {
  if (!trainingOps)
    throw new Error(
      "training needs gradients that TensorFlow.js lacks: import './fmw-training.ts' first, or with the plugin 'fmw/training'",
    )
  trainingOps.prepare()
  return during({ training: { ...trainingOps, seed } }, apply)
}

/**
 * scale · (x - mean) / √(variance + epsilon) + offset, channel by channel of the last axis. In training mean and variance (biased)
 * are those of the batch, and the moving ones become momentum · moving + (1 - momentum) · batch at once.
 */
export function batchNorm<R extends tf.Rank>(
  x: tf.Tensor<R>,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  offset: tf.Tensor1D | undefined,
  scale: tf.Tensor1D | undefined,
  epsilon: number,
  momentum: number,
): tf.Tensor<R> {
  return tf.tidy(() => {
    if (x.rank > 4) {
      // TensorFlow.js takes up to four axes
      const rows = tf.reshape<tf.Rank.R2>(x, [-1, mean.size])
      return tf.reshape(batchNorm(rows, mean, variance, offset, scale, epsilon, momentum), x.shape)
    }
    // without an offset and a scale the gradient of TensorFlow.js throws
    const [shift, factor] = [offset ?? tf.zerosLike(mean), scale ?? tf.onesLike(mean)]
    const { training } = current
    return training
      ? training.batchNorm(x, mean, variance, shift, factor, epsilon, momentum)
      : tf.batchNorm(x, mean, variance, shift, factor, epsilon)
  })
}

/**
 * In training each element is 0 with the probability `rate`, and the others are divided by 1 - rate; otherwise the same numbers: a tensor
 * of its own all the same, since x may be disposed of before it.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number): T
export function dropout(x: tf.Tensor, rate: number): tf.Tensor {
  const { training } = current
  if (!training || rate === 0) return tf.clone(x)
  return training.dropout(x, rate, dropoutSeed(training.seed, dropouts++))
}

/** A large constant: `predict` makes it once for all calls. */
export function fixed<T extends tf.Tensor>(make: () => T): T
export function fixed(make: () => tf.Tensor): tf.Tensor {
  const { kept } = current
  if (!kept) return make()
  const known = kept.get(make)
  if (known) return known
  const made = tf.keep(make())
  kept.set(make, made)
  return made
}
