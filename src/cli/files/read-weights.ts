import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { initialWeights } from '../../runtime/weights/initial-weights.ts'
import type { TensorData } from '../../runtime/numbers/tensor-data.ts'
import { loadWeights, type WeightSource } from '../../runtime/weights/weights.ts'
import type { InputOptions } from './read-input.ts'

/** The weights of a model by path: those of `--weights`, without it fresh ones. */
export async function readWeights(
  graph: Graph,
  sources: readonly WeightSource[],
  { seed, note }: InputOptions,
): Promise<ReadonlyMap<string, TensorData>> {
  const wanted = weightsOf(graph)
  if (sources.length > 0) return loadWeights(sources, wanted)
  if (wanted.length > 0) note(`weights: freshly initialised, seed ${seed} (--weights FILE uses trained ones)`)
  return initialWeights(wanted, seed)
}
