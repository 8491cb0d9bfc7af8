import { likeliest } from '../../codegen/tfjs/runtime/scores.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { momentsOf, type Moments } from './moments.ts'
import { largest, type Meaning, type Score } from './scores.ts'
import { samplesOf } from './values.ts'

/** The probabilities of an output over passes: their mean is what the passes say together, which that of logits is not. */
interface PassesScores {
  readonly add: (pass: TensorData) => void
  /** Of each sample, by the mean of its probabilities, or of its values where they are none. */
  readonly largest: (mean: TensorData, deviation: TensorData | undefined, count: number) => readonly (readonly Score[])[]
}

export function passesScores(meaning: Meaning | undefined): PassesScores {
  const { probabilities, classes } = meaning ?? {}
  const moments: Moments[] = []
  return {
    add: (pass) => {
      if (probabilities === undefined) return
      for (const [i, sample] of samplesOf(pass).entries()) {
        const scores = likeliest(sample, probabilities, classes, Infinity)
        const byClass = new Float64Array(scores.length)
        for (const { index, probability } of scores) byClass[index] = probability
        const all = (moments[i] ??= momentsOf(byClass.length))
        all.add(byClass)
      }
    },
    largest: (mean, deviation, count) => {
      const deviations = deviation && samplesOf(deviation)
      return samplesOf(mean).map((sample, i) => {
        const all = moments[i]
        if (all === undefined)
          return largest(sample, meaning, count).map((score) => ({ ...score, ...(deviations && { deviation: deviations[i]![score.index]! }) }))
        return likeliestOf(all, sample, classes, { count, deviates: deviations !== undefined })
      })
    },
  }
}

interface Wanted {
  readonly count: number
  readonly deviates: boolean
}

/** None where a pass gave what is no number. */
function likeliestOf(moments: Moments, sample: Float32Array, classes: readonly string[] | undefined, { count, deviates }: Wanted): readonly Score[] {
  const [means, deviations] = [moments.mean(), moments.deviation()]
  if (means.some(Number.isNaN)) return []
  return Array.from(means, (probability, index): Score => {
    const [label, value] = [classes?.[index], sample.length === means.length ? sample[index] : undefined]
    return {
      index,
      ...(label !== undefined && { label }),
      probability,
      ...(value !== undefined && { value }),
      ...(deviates && { deviation: deviations[index]! }),
    }
  })
    .sort((a, b) => b.probability! - a.probability! || a.index - b.index)
    .slice(0, count)
}
