import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { initialWeights } from '../../runtime/weights/initial-weights.ts'
import { fitWeights, readWeightFiles, type WeightSource } from '../../runtime/weights/weights.ts'
import { describedBy, type Described } from './described-by.ts'

interface Options {
  readonly weights: readonly WeightSource[]
  /** Whether it matters what the files say of themselves. */
  readonly metadata: boolean
  readonly normalize?: string
}

interface Given {
  readonly seed: number
  readonly note: (text: string) => void
}

interface ReadWeights {
  /** By path. */
  readonly weights: ReadonlyMap<string, TensorData>
  readonly described: Described | undefined
}

/** The weights of a model: those of `--weights`, without it fresh ones. */
export async function readWeights(graph: Graph, options: Options, { seed, note }: Given): Promise<ReadWeights> {
  const wanted = weightsOf(graph)
  if (options.weights.length > 0) {
    const files = await readWeightFiles(options.weights)
    const weights = fitWeights(files, wanted, true)
    const normalized = options.normalize !== undefined
    return { weights, described: options.metadata ? describedBy(files, graph, { normalized, note }) : undefined }
  }
  if (wanted.length > 0) note(`weights: freshly initialised, seed ${seed} (--weights FILE uses trained ones)`)
  return { weights: initialWeights(wanted, seed), described: undefined }
}
