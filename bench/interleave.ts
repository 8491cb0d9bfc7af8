/** What one candidate took in each round, in milliseconds, the fastest first. */
export interface Timed {
  readonly name: string
  readonly times: readonly number[]
}

/**
 * Times candidates in turns, so that whatever else the machine does falls on all of them alike. Every second round runs
 * backwards: none is always the one that finds the caches as another left them.
 */
export async function interleave(
  candidates: Readonly<Record<string, () => unknown>>,
  rounds: number,
  warmup: number,
): Promise<readonly Timed[]> {
  const entries = Object.entries(candidates)
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]))
  for (let round = -warmup; round < rounds; round++) {
    for (const [name, run] of round % 2 === 0 ? entries : entries.toReversed()) {
      globalThis.gc?.()
      const start = performance.now()
      await run()
      const ms = performance.now() - start
      if (round >= 0) times.get(name)!.push(ms)
    }
  }
  return [...times].map(([name, own]) => ({ name, times: own.sort((a, b) => a - b) }))
}

/** The value below which a share of the sorted times lies, between neighbours by their distance. */
export function quantile(times: readonly number[], share: number): number {
  const at = (times.length - 1) * share
  const [low, high] = [times[Math.floor(at)]!, times[Math.ceil(at)]!]
  return low + (high - low) * (at - Math.floor(at))
}

export const median = ({ times }: Timed): number => quantile(times, 0.5)
