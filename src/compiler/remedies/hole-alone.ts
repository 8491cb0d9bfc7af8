import type { Remedy } from './remedy.ts'
import { stepsAsBlock } from './steps-as-block.ts'

/** A hole that no call fills: a value in its place, or the map that a block of these steps takes. */
export const valueForHole: Remedy<'hole-alone'> = ({ written }, ctx) => {
  const steps = stepsAsBlock(written, ctx)
  return steps.notes ? steps : { notes: ['write the value that is meant here'] }
}
