import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import { normalizeValues } from '../../codegen/tfjs/runtime/picture.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, Failure, problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Batch } from './dataset.ts'

/** Leaves values as they are. */
export const noNormalization: Normalization = { mean: [0], deviation: [1] }

/** What `--normalize` says: `0.1307/0.3081`, `0.485,0.456,0.406/0.229,0.224,0.225`. @throws Failure `data/normalize` */
export function parseNormalization(text: string): Normalization {
  const fail = (reason: string): never => {
    throw new Failure([problem('data/normalize', { reason: `${text}: ${reason}` })])
  }
  const numbers = (part: string): readonly number[] =>
    part.split(',').map((number) => {
      const value = Number(number)
      return number.trim() !== '' && Number.isFinite(value) ? value : fail(`${JSON.stringify(number)} is no number`)
    })
  const [means, deviations, ...more] = text.split('/')
  if (means === undefined || deviations === undefined || more.length > 0)
    return fail('it is the mean, a slash, and the standard deviation')
  const [mean, deviation] = [numbers(means), numbers(deviations)]
  if (mean.length !== deviation.length) fail(`there are ${mean.length} means and ${deviation.length} deviations`)
  if (deviation.some((value) => value <= 0)) fail('a standard deviation is greater than 0')
  return { mean, deviation }
}

/** @throws Failure `data/normalize` where an input has another number of channels */
export const checkNormalization = (normalization: Normalization, graph: Graph): void =>
  failIfAny(normalizationFaults(normalization, graph).map((reason) => problem('data/normalize', { reason })))

/** A sentence for each input that has another number of channels (its last extent). */
export const normalizationFaults = ({ mean }: Normalization, { inputs }: Graph): readonly string[] =>
  inputs
    .filter(({ type: { shape } }) => mean.length > 1 && shape.at(-1)?.dim !== mean.length)
    .map(({ name, type: { shape } }) => {
      return `there are ${mean.length} means, one for each channel, and the input ${name} is ${printShape(shape)}`
    })

/** As `--normalize` has it: `0.5/0.25`, `0.49,0.48,0.45/0.25,0.24,0.26`. */
export const normalizationText = ({ mean, deviation }: Normalization): string => `${mean.join(',')}/${deviation.join(',')}`

/** Whether it leaves values as they are. */
export const isIdentity = ({ mean, deviation }: Normalization): boolean =>
  mean.every((value) => value === 0) && deviation.every((value) => value === 1)

/** (x - mean) / deviation, channel by channel of the last axis. */
export const normalize = ({ shape, values }: TensorData, normalization: Normalization): TensorData => ({
  shape,
  values: normalizeValues(values, normalization),
})

/** A batch with all its inputs normalised. */
export const normalizeBatch = (batch: Batch, normalization: Normalization): Batch => ({
  ...batch,
  inputs: Object.fromEntries(Object.entries(batch.inputs).map(([name, data]) => [name, normalize(data, normalization)])),
})
