import type { Remedy } from './remedy.ts'

/** A value that is passed twice has a name. */
export const valueNamed: Remedy<'several-holes'> = () => ({ notes: ['to pass a value twice, name it first: a = …, then f(a, a)'] })
