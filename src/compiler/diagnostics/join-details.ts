import type { Details } from './diagnostics.ts'

/** What is said of one mistake from several sides, in their order. */
export const joinDetails = (...all: readonly (Details | undefined)[]): Required<Details> => ({
  labels: all.flatMap((details) => details?.labels ?? []),
  notes: all.flatMap((details) => details?.notes ?? []),
  fixes: all.flatMap((details) => details?.fixes ?? []),
})
