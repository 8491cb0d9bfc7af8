import type { Optimizer } from './optimizer.ts'

/**
 * RMSProp (Tieleman and Hinton 2012, lecture 6.5 of "Neural networks for machine learning"): s ← ρs + (1 − ρ)g² and
 * w ← w − η · g / √(s + ε), with ε under the root as in TensorFlow and Keras.
 */
export const rmsprop = ({ rho, epsilon }: { readonly rho: number; readonly epsilon: number }): Optimizer => ({
  slots: ['mean_square'],
  update: (tf, { weight, gradient, slots: [before], rate }) => {
    const meanSquare = tf.add(tf.mul(before!, rho), tf.mul(tf.square(gradient), 1 - rho))
    return { weight: tf.sub(weight, tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(meanSquare, epsilon)))), slots: [meanSquare] }
  },
})
