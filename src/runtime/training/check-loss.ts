import { rangeOf } from '../../compiler/facts/range-of.ts'
import type { Node } from '../../compiler/graph/graph.ts'
import { placeOf, userOrigin } from '../../compiler/text/source.ts'
import { problem, type Problem } from '../failure/failure.ts'
import { endingOf } from './ending.ts'
import { logitsOf } from './logits-of.ts'
import type { LossName } from './losses.ts'

/** The probability that a class has to be able to get. */
const sure = 0.95

/**
 * What keeps a loss from meaning what it says of an output: logits that are bounded, so that no probability comes near 1, and values for a
 * likelihood that are no probabilities.
 */
export function checkLoss(output: Node, loss: LossName, name: string): readonly Problem[] {
  const { from } = endingOf(output)
  const found = (reason: string, notes: readonly string[]): readonly Problem[] => {
    const at = userOrigin((from[0] ?? output).origins[0])
    const made = from.length > 0 ? [`it is made by ${from.map(({ path }) => path).join(' and ')}`] : []
    return [problem('training/loss', { loss, output: name, reason }, { file: placeOf(at.span), notes: [...made, ...notes] })]
  }
  const value = logitsOf(output, loss)
  // weights that are learned may mix probabilities to anything, and are meant to mix them to probabilities
  const isMade = value === output && from.length > 0
  const [low, high] = isMade ? [0, 1] : rangeOf(value)
  const between = `${numberText(low)} and ${numberText(high)}`
  switch (loss) {
    case 'categorical_crossentropy': {
      const classes = value.type.shape.at(-1)?.dim
      const best = typeof classes === 'number' ? 1 / (1 + (classes - 1) * Math.exp(low - high)) : 1
      return best < sure ? found(`it takes logits, and these lie between ${between}: no class of ${classes} gets a probability above ${best.toFixed(2)}`, ways(isMade, 'nll')) : []
    }
    case 'binary_crossentropy': {
      if (low >= 0) return found(`it takes logits, and these are never below 0: every value reads as 1`, oneSided)
      if (high <= 0) return found(`it takes logits, and these are never above 0: every value reads as 0`, oneSided)
      const [least, best] = [low, high].map((end) => 1 / (1 + Math.exp(-end))) as [number, number]
      return best < sure || least > 1 - sure
        ? found(`it takes logits, and these lie between ${between}: probabilities stay between ${least.toFixed(2)} and ${best.toFixed(2)}`, ways(isMade, 'binary_nll'))
        : []
    }
    case 'nll':
    case 'binary_nll':
      return low < 0 || high > 1
        ? found(`it takes probabilities, and nothing keeps these between 0 and 1`, [`${loss === 'nll' ? 'categorical' : 'binary'}_crossentropy takes logits`])
        : []
    case 'contrastive':
      return low < 0 ? found('it takes distances, and nothing keeps these from being negative', ['a distance ends in sqrt, abs or a sum of squares']) : []
    case 'mse':
    case 'mae':
      return []
  }
}

const oneSided = ['a distance d becomes a logit as bias - d, or as 1 / (1 + d) a probability, for --loss binary_nll']

const ways = (isMade: boolean, likelihood: LossName): readonly string[] =>
  isMade
    ? [`values that are probabilities already are learned with --loss ${likelihood}`, 'or end the model one op before, in the logits']
    : ['leave the last activation out: logits are not bounded']

const numberText = (value: number): string => (Number.isFinite(value) ? String(Number(value.toFixed(3))) : value < 0 ? '-∞' : '∞')
