import { binaryCrossEntropy } from './binary-cross-entropy.ts'
import { categoricalCrossEntropy } from './categorical-cross-entropy.ts'
import type { Loss } from './loss.ts'
import { meanAbsoluteError } from './mean-absolute-error.ts'
import { meanSquaredError } from './mean-squared-error.ts'

export const lossNames = ['categorical_crossentropy', 'binary_crossentropy', 'mse', 'mae'] as const

export type LossName = (typeof lossNames)[number]

/** The two cross-entropies take logits: `logitsOf` finds those of a model that ends in probabilities. */
export const losses: Readonly<Record<LossName, Loss>> = {
  categorical_crossentropy: categoricalCrossEntropy,
  binary_crossentropy: binaryCrossEntropy,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
}
