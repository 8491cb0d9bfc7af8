import { binaryCrossEntropy } from './binary-cross-entropy.ts'
import { categoricalCrossEntropy } from './categorical-cross-entropy.ts'
import { contrastive } from './contrastive.ts'
import type { Loss } from './loss.ts'
import { meanAbsoluteError } from './mean-absolute-error.ts'
import { meanSquaredError } from './mean-squared-error.ts'
import { binaryNegativeLogLikelihood, negativeLogLikelihood } from './negative-log-likelihood.ts'

export const lossNames = ['categorical_crossentropy', 'binary_crossentropy', 'nll', 'binary_nll', 'contrastive', 'mse', 'mae'] as const

export type LossName = (typeof lossNames)[number]

export const isLossName = (text: string): text is LossName => lossNames.some((name) => name === text)

/** The two cross-entropies take logits: `logitsOf` finds those of a model that ends in probabilities. */
export const losses: Readonly<Record<LossName, Loss>> = {
  categorical_crossentropy: categoricalCrossEntropy,
  binary_crossentropy: binaryCrossEntropy,
  nll: negativeLogLikelihood,
  binary_nll: binaryNegativeLogLikelihood,
  contrastive,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
}

/** Losses of which each row of the output's last axis is one sample of several classes. */
export const isOfClasses = (loss: LossName): boolean => loss === 'categorical_crossentropy' || loss === 'nll'

/** Losses whose targets are probabilities, of several classes or of ones against zeros. */
export const isOfProbabilities = (loss: LossName): boolean => loss !== 'mse' && loss !== 'mae'
