import type { Remedy } from './remedy.ts'

/** A layer is a call with a hole for its input. */
export const holeLeft: Remedy<'not-a-block'> = () => ({ notes: ['leave a hole for the input: layer f = conv(_, 64, 3x3)'] })
