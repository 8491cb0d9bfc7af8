import { nameResults } from '../elaborate/evaluate.ts'
import type { Remedy } from './remedy.ts'

/** As many names as there are values. */
export const asManyTargets: Remedy<'unequal-targets'> = ({ value, count, targets }) => ({
  notes: [
    ...(value.kind === 'results' ? [`${value.of} gives ${nameResults(value)}`] : []),
    ...(count > targets.length ? ['for a value that is not needed, write _ in place of a name'] : []),
  ],
})
