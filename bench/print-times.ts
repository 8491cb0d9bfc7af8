import { table } from '../src/cli/terminal/table.ts'
import { median, quantile, type Timed } from './interleave.ts'

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

/** Medians with the middle half of the times, and how they compare with the first. */
export function printTimes(timed: readonly Timed[]): void {
  const base = median(timed[0]!)
  const rows = timed.map((one) => [
    one.name,
    ms(median(one)),
    `${ms(quantile(one.times, 0.25))} to ${ms(quantile(one.times, 0.75))}`,
    (median(one) / base).toFixed(2),
    String(one.times.length),
  ])
  console.log(table(['', 'median ms', 'middle half', 'ratio', 'rounds'], rows, new Set([1, 2, 3, 4])).join('\n'))
}
