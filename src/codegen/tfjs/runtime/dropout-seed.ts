/** The seed of the n-th dropout of a run, counted from 0. */
export const dropoutSeed = (seed: number, n: number): number => seed * 65_536 + n
