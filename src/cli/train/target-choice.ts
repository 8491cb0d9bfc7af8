import { InvalidArgumentError } from 'commander'
import { isLossName, lossNames, type LossName } from '../../runtime/training/losses.ts'
import { numberAboveZero } from '../options/above-zero.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'

/** What `--target` says of an output. */
export interface TargetChoice {
  readonly output: string
  readonly loss?: LossName
  /** The factor of its loss. */
  readonly weight?: number
  /** What says in the data what it should be. */
  readonly from?: string
}

/** `logits`, `aux=binary_crossentropy*0.5`, `decoded=mse:image`. */
export function parseTarget(text: string): TargetChoice {
  const [, output, loss, weight, from] = /^([^=*:]+)(?:=([^*:]*))?(?:\*([^:]*))?(?::(.*))?$/.exec(text) ?? []
  if (output === undefined) throw new InvalidArgumentError('It is OUTPUT, or OUTPUT=LOSS*WEIGHT:ARRAY, of which all but the first may be left out.')
  if (loss !== undefined && !isLossName(loss)) {
    throw new InvalidArgumentError(`There is no loss ${loss}${suggestion(loss, lossNames)}; there are ${lossNames.join(', ')}.`)
  }
  const factor = weight === undefined ? undefined : numberAboveZero(weight)
  if (weight !== undefined && factor === undefined) throw new InvalidArgumentError(`A weight is a number above 0, and not ${weight || 'empty'}.`)
  if (from === '') throw new InvalidArgumentError('Behind the colon stands what the output should be: an array of the data or an input.')
  return { output, ...(loss !== undefined && { loss }), ...(factor !== undefined && { weight: factor }), ...(from !== undefined && { from }) }
}

/** As it is written. */
export const targetText = ({ output, loss, weight, from }: TargetChoice): string =>
  `${output}${loss === undefined ? '' : `=${loss}`}${weight === undefined ? '' : `*${weight}`}${from === undefined ? '' : `:${from}`}`
