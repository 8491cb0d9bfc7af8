import { weightsOf } from '../../compiler/graph/graph.ts'
import { initialWeights } from '../../runtime/weights/initial-weights.ts'
import { writeSafetensors } from '../../runtime/weights/safetensors.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { openModel, openSession } from '../files/open-model.ts'

interface InitOptions extends CommonOptions {
  readonly output: string
  readonly seed?: number
}

/** Writes freshly initialised weights; the same seed gives the same bytes. */
export async function init(file: string, options: InitOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const seed = options.seed ?? session.config.seed ?? 0
  const weights = initialWeights(weightsOf(graph), seed)
  await writeAtomically(options.output, writeSafetensors(weights, { model: graph.name, seed: String(seed) }))
  const elements = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0)
  session.terminal.note(
    `wrote ${options.output}: ${weights.size} weights of ${graph.name}, ${elements.toLocaleString('en-US')} numbers, seed ${seed}`,
  )
}
