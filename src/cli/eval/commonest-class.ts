import { percent } from './percent.ts'

/**
 * That an accuracy is no more than the share of the commonest class, which is reached without learning anything; undefined where it is more.
 *
 * @param counts how often each class is a target
 * @param accuracy from 0 to 1
 * @param nameOf the name of a label
 */
export function commonestClassText(counts: readonly number[], accuracy: number, nameOf: (label: number) => string): string | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(...counts)
  if (total === 0 || !(accuracy * total <= most + rounding)) return undefined
  const often = accuracy * total < most - rounding ? 'more often' : 'as often'
  return `always saying ${nameOf(counts.indexOf(most))} would be right ${often}: it is ${percent(most / total)} of the samples`
}

/** Of a number of samples that is computed from a share. */
const rounding = 1e-3
