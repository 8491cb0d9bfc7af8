import { adam, type AdamSettings } from './adam.ts'
import type { Optimizer } from './optimizer.ts'

/**
 * AdamW (Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2): the step of Adam from w · (1 − ηλ).
 * The decay does not pass through the moments, so weights with large gradients decay like the others. As in PyTorch and Keras the
 * decay is multiplied by the learning rate and not only by its schedule.
 */
export const adamw = ({ weightDecay, ...settings }: AdamSettings & { readonly weightDecay: number }): Optimizer => {
  const { slots, update } = adam(settings)
  return { slots, update: (tf, state) => update(tf, { ...state, weight: tf.mul(state.weight, 1 - state.rate * weightDecay) }) }
}
