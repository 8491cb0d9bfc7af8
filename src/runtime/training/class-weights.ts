import type { OpenedTarget } from '../data/opened-dataset.ts'
import { hasParts } from './has-parts.ts'
import { isOfClasses } from './losses.ts'
import type { Goal } from './objective.ts'

/**
 * How much each class of an output has among some samples, what is ignored left out: elements by their labels or shares; of ones against zeros how much
 * of 0, then of 1. None where targets are of no class.
 *
 * @param positions of the samples
 */
export function classCounts(goal: Goal, target: OpenedTarget, positions: readonly number[]): readonly number[] {
  const { loss, ignored, output } = goal
  const { kind, data: { shape, values } } = target
  // of pictures that are their own targets only some are looked at
  if (hasParts(goal, target) || positions.some((position) => position >= shape[0]!)) return []
  const size = values.length / shape[0]!
  const isSaid = (value: number): boolean => !Object.is(value, ignored)
  const last = kind === 'labels' ? output.node.type.shape.at(-1)?.dim : shape.at(-1)
  const classes = isOfClasses(loss) && typeof last === 'number' ? last : 2
  const counts = Array.from({ length: classes }, () => 0)
  for (const position of positions) {
    for (let i = 0; i < size; i++) {
      const value = values[position * size + i]!
      if (!isSaid(value)) continue
      if (kind === 'labels') counts[value]!++
      else if (isOfClasses(loss)) counts[i % classes]! += value
      else counts[value]!++
    }
  }
  return counts
}

/**
 * Weights with which all classes that have samples count alike, and all elements together as often as there are: n / (k nᵢ) for n elements, k classes and nᵢ of
 * class i (G. King and L. Zeng, "Logistic regression in rare events data", Political Analysis 9, 2001, section 4.2). A class without samples has 1.
 */
export function balancedWeights(counts: readonly number[]): readonly number[] {
  const present = counts.filter((count) => count > 0)
  const total = present.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => (count > 0 ? total / (present.length * count) : 1))
}
