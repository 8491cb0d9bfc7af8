import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import { normalizeValues } from '../../codegen/tfjs/runtime/picture.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, Failure, problem } from '../failure/failure.ts'
import type { TensorData } from '../numbers/tensor-data.ts'
import type { Batch } from './dataset.ts'

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

/** @throws Failure `data/normalize` where an input has another number of channels (its last extent) */
export function checkNormalization({ mean }: Normalization, { inputs }: Graph): void {
  const wrong = inputs.filter(({ type: { shape } }) => mean.length > 1 && shape.at(-1)?.dim !== mean.length)
  failIfAny(
    wrong.map(({ name, type: { shape } }) =>
      problem('data/normalize', {
        reason: `there are ${mean.length} means, one for each channel, and the input ${name} is ${printShape(shape)}`,
      }),
    ),
  )
}

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
