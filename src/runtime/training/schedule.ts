/** How the learning rate falls, as a factor of its highest value. */
export type Decay =
  | { readonly kind: 'constant' }
  /** In a straight line to 0. */
  | { readonly kind: 'linear' }
  /** Half a period of a cosine to 0: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts. */
  | { readonly kind: 'cosine' }
  /** Times `factor` after every so many epochs. */
  | { readonly kind: 'step'; readonly epochs: number; readonly factor: number }
  /** Times `factor` after every epoch. */
  | { readonly kind: 'exponential'; readonly factor: number }
  /** Times `factor` after so many epochs in a row without a lower loss. */
  | { readonly kind: 'plateau'; readonly epochs: number; readonly factor: number }

export interface Schedule {
  /** The highest learning rate. */
  readonly rate: number
  readonly decay: Decay
  /** Steps in which the rate first rises (Goyal et al. 2017, "Accurate, large minibatch SGD", section 2.2); 0 for none. */
  readonly warmup: number
}

/** How far a run has come. */
interface Moment {
  /** From 1. */
  readonly step: number
  readonly totalSteps: number
  readonly stepsPerEpoch: number
  /** By which the epochs that are done are judged, in their order. */
  readonly losses: readonly number[]
}

/**
 * The learning rate of a step (from 1). With a warm-up of n steps, step k ≤ n has the part k / (n + 1) of the rate and step n + 1
 * the whole; `linear` and `cosine` fall over the steps after the warm-up and would be 0 in the step after the last, so that no
 * step is without effect; `step` and `exponential` count epochs from the start, and `plateau` those since the loss was lowest or the rate fell.
 */
export function rateAt({ rate, decay, warmup }: Schedule, { step, totalSteps, stepsPerEpoch, losses }: Moment): number {
  const risen = Math.min(1, step / (warmup + 1))
  const fallen = step <= warmup ? 0 : (step - 1 - warmup) / (totalSteps - warmup)
  if (decay.kind === 'plateau') return rate * risen * decay.factor ** plateausIn(losses, decay.epochs)
  return rate * risen * factorOf(decay, fallen, Math.floor((step - 1) / stepsPerEpoch))
}

/** The factor at a part of the way (from 0, below 1) and after so many whole epochs. */
function factorOf(decay: Exclude<Decay, { kind: 'plateau' }>, part: number, epochs: number): number {
  switch (decay.kind) {
    case 'constant':
      return 1
    case 'linear':
      return 1 - part
    case 'cosine':
      return (1 + Math.cos(Math.PI * part)) / 2
    case 'step':
      return decay.factor ** Math.floor(epochs / decay.epochs)
    case 'exponential':
      return decay.factor ** epochs
  }
}

/** How often so many epochs in a row brought no lower loss than all before; each time the counting begins anew. */
function plateausIn(losses: readonly number[], epochs: number): number {
  let [lowest, waited, plateaus] = [Infinity, 0, 0]
  for (const loss of losses) {
    waited = loss < lowest ? 0 : waited + 1
    lowest = Math.min(lowest, loss)
    if (waited < epochs) continue
    plateaus++
    waited = 0
  }
  return plateaus
}
