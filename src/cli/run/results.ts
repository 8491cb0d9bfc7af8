import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Meaning, Score } from './scores.ts'
import { meaningText, samplesOf, scoresText, valuesText } from './values.ts'

/** What an output came to, or another node that was asked for. */
export interface Result {
  readonly name: string
  /** The path of the node that the name stands for, where it is another. */
  readonly node: string | undefined
  readonly data: TensorData
  /** Where it was written. */
  readonly path: string | undefined
  /** Over several passes, and where that was written. */
  readonly deviation: TensorData | undefined
  readonly deviationPath: string | undefined
  readonly meaning: Meaning | undefined
  /** Of each sample, where `--top` asks for them. */
  readonly scores: readonly (readonly Score[])[] | undefined
}

/** Up to this many values are printed in JSON; more are written with --output. */
const mostValues = 1000

/** By name, what scripts depend on. */
export const resultsJson = (results: readonly Result[]) =>
  Object.fromEntries(
    results.map(({ name, node, data, path, deviation, deviationPath, meaning, scores }) => [
      name,
      {
        ...(node !== undefined && { node }),
        shape: data.shape,
        ...valuesJson(data, path),
        ...(deviation && { deviation: valuesJson(deviation, deviationPath) }),
        ...(scores && { ...(meaning && { probabilities: meaning.probabilities }), top: scores }),
      },
    ]),
  )

const valuesJson = ({ values }: TensorData, path: string | undefined) =>
  path === undefined ? { values: Array.from(values.subarray(0, mostValues)) } : { path }

/** For people; of more than one pass with the deviations. */
export function resultText({ name, node, data, path, deviation, deviationPath, meaning, scores }: Result, passes: number): string {
  const heading = `${name}${node === undefined ? '' : ` (${node})`} [${data.shape.join(', ')}]`
  const written = deviationPath === undefined ? [] : [`${heading}, its deviation → ${deviationPath}`]
  const place = path === undefined ? [] : [`${heading} → ${path}`]
  if (path !== undefined && !scores) return [...place, ...written].join('\n')
  const meant = meaning && scores && meaningText(meaning)
  const title = [heading, ...(meant === undefined ? [] : [meant]), ...(passes > 1 ? [`mean of ${passes} passes ± their deviation`] : [])].join(': ')
  const lines = scores ? scoresText(scores, samplesOf(data)[0]?.length ?? 0) : valuesText(data, deviation)
  return [title, ...lines, ...place, ...written].join('\n')
}
