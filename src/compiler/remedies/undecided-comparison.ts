import { printConditions } from '../dim/condition.ts'
import type { Remedy } from './remedy.ts'

/** What the input would have to say, for a choice to be made. */
export const conditionsToDecide: Remedy<'undecided-comparison'> = ({ conditions }) => ({
  notes: [`it is known with \`where ${printConditions(conditions)}\` at the input`],
})
