import type { OpenedTarget } from '../data/opened-dataset.ts'
import { isOfClasses, isOfProbabilities } from './losses.ts'
import type { Goal } from './objective.ts'

/** Whether targets that are compared one by one have values between 0 and 1, such as pictures: these are of no class. */
export const hasParts = ({ loss, ignored }: Pick<Goal, 'loss' | 'ignored'>, { kind, data }: OpenedTarget): boolean =>
  kind === 'values' && isOfProbabilities(loss) && !isOfClasses(loss) && data.values.some((value) => value > 0 && value < 1 && !Object.is(value, ignored))
