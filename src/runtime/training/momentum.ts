import type { Optimizer } from './optimizer.ts'
import { penalized } from './weight-decay.ts'

interface MomentumSettings {
  readonly momentum: number
  readonly nesterov: boolean
  readonly weightDecay: number
}

/**
 * Gradient descent with momentum (Polyak 1964; Sutskever et al. 2013, "On the importance of initialization and momentum in deep
 * learning"): with g' = g + λw, v ← μv + g' and w ← w − ηv; Nesterov's form steps by η(g' + μv). The rate stands outside of the
 * velocity, as in PyTorch and TensorFlow: a change of the rate acts on the whole step at once.
 */
export const momentum = ({ momentum, nesterov, weightDecay }: MomentumSettings): Optimizer => ({
  slots: ['velocity'],
  update: (tf, { weight, gradient, slots: [before], rate }) => {
    const slope = penalized(tf, gradient, weight, weightDecay)
    const velocity = tf.add(tf.mul(before!, momentum), slope)
    const direction = nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : velocity
    return { weight: tf.sub(weight, tf.mul(direction, rate)), slots: [velocity] }
  },
})
