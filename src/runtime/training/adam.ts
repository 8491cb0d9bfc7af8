import type { Optimizer } from './optimizer.ts'

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η · m̂ / (√v̂ + ε) with
 * m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ). The corrections are computed in double precision from the step t.
 */
export const adam = ({ beta1, beta2, epsilon }: AdamSettings): Optimizer => ({
  slots: ['first_moment', 'second_moment'],
  update: (tf, { weight, gradient, slots: [m, v], rate, step }) => {
    const first = tf.add(tf.mul(m!, beta1), tf.mul(gradient, 1 - beta1))
    const second = tf.add(tf.mul(v!, beta2), tf.mul(tf.square(gradient), 1 - beta2))
    const spread = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon)
    const change = tf.div(tf.mul(first, rate / (1 - beta1 ** step)), spread)
    return { weight: tf.sub(weight, change), slots: [first, second] }
  },
})
