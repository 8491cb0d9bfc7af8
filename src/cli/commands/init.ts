import { metadataTexts } from '../../codegen/tfjs/runtime/metadata.ts'
import { weightsOf } from '../../compiler/graph/graph.ts'
import { initialWeights } from '../../runtime/weights/initial-weights.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { writeAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { openModelText, openSession } from '../files/open-model.ts'
import { originOf } from '../files/origin-of.ts'

interface InitOptions extends CommonOptions {
  readonly output: string
  readonly seed?: number
}

/** Writes freshly initialised weights; the same seed gives the same bytes. */
export async function init(file: string, options: InitOptions): Promise<void> {
  const session = await openSession(options)
  const { graph, text } = openModelText(file, session)
  const seed = options.seed ?? session.config.seed ?? 0
  const weights = initialWeights(weightsOf(graph), seed)
  const metadata = { ...metadataTexts(originOf(graph, text)), seed: String(seed) }
  await writeAtomically(options.output, writeSafetensors(weights, metadata))
  const elements = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0)
  session.terminal.note(
    `wrote ${options.output}: ${weights.size} weights of ${graph.name}, ${elements.toLocaleString('en-US')} numbers, seed ${seed}`,
  )
}
