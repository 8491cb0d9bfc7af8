import type { Remedy } from './remedy.ts'

/** A value in place of a hole that no call fills. */
export const valueForHole: Remedy<'hole-alone'> = () => ({ notes: ['write the value that is meant here'] })
