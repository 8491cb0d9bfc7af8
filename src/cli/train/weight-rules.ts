import { InvalidArgumentError } from 'commander'
import { numberAboveZero } from '../options/above-zero.ts'
import { pathPattern } from '../../compiler/graph/path-pattern.ts'

/** What `--unfreeze` says: weights that are frozen before an epoch. */
export interface Unfreezing {
  readonly glob: string
  /** From 2. */
  readonly epoch: number
}

/** `left/**@5` */
export function parseUnfreezing(text: string): Unfreezing {
  const [, glob, number] = /^(.+)@(.*)$/.exec(text) ?? []
  if (glob === undefined || number === undefined) throw new InvalidArgumentError("It is GLOB@EPOCH, such as 'left/**@5'.")
  const epoch = /^\d+$/.test(number) ? Number(number) : 0
  if (epoch < 2) throw new InvalidArgumentError(`The epoch from which they are trained is a whole number from 2, and not ${number || 'empty'}.`)
  return { glob, epoch }
}

export const unfreezingText = ({ glob, epoch }: Unfreezing): string => `${glob}@${epoch}`

/** What `--rate` says: the factor of the learning rate for weights. */
export interface WeightRate {
  readonly glob: string
  readonly factor: number
}

/** `left/**=0.1` */
export function parseWeightRate(text: string): WeightRate {
  const [, glob, number] = /^(.+)=(.*)$/.exec(text) ?? []
  if (glob === undefined || number === undefined) throw new InvalidArgumentError("It is GLOB=FACTOR, such as 'left/**=0.1'.")
  const factor = numberAboveZero(number)
  if (number.trim() !== '' && Number(number) === 0) throw new InvalidArgumentError(`Weights that do not learn at all are named by --freeze '${glob}'.`)
  if (factor === undefined) throw new InvalidArgumentError(`The factor of the learning rate is a number above 0, and not ${number || 'empty'}.`)
  return { glob, factor }
}

export const weightRateText = ({ glob, factor }: WeightRate): string => `${glob}=${factor}`

/** The factor for a path: that of the last pattern that matches, 1 where none does. */
export function rateOf(rates: readonly WeightRate[]): (path: string) => number {
  const patterns = rates.map(({ glob, factor }) => ({ matches: pathPattern(glob).matches, factor }))
  return (path) => patterns.findLast(({ matches }) => matches(path))?.factor ?? 1
}
