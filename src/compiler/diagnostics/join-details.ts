import type { Details } from './diagnostics.ts'

type Joined = Details & Required<Pick<Details, 'labels' | 'notes' | 'fixes'>>

/** What is said of one mistake from several sides, in their order. */
export const joinDetails = (...all: readonly (Details | undefined)[]): Joined => ({
  labels: all.flatMap((details) => details?.labels ?? []),
  notes: all.flatMap((details) => details?.notes ?? []),
  fixes: all.flatMap((details) => details?.fixes ?? []),
  ...all.map((details) => details?.unequal && { unequal: details.unequal }).find((one) => one !== undefined),
})
