import type { Optimizer } from './optimizer.ts'
import { penalized } from './weight-decay.ts'

/** Stochastic gradient descent: w ← w − η(g + λw), with an L2 penalty λ. */
export const sgd = ({ weightDecay }: { readonly weightDecay: number }): Optimizer => ({
  slots: [],
  update: (tf, { weight, gradient, rate }) => ({
    weight: tf.sub(weight, tf.mul(penalized(tf, gradient, weight, weightDecay), rate)),
    slots: [],
  }),
})
