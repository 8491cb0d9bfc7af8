import { bindInputs } from '../../codegen/bind-inputs.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { digestNumbers, endDigest, startDigest } from './digest.ts'
import { failWith } from './fail-with.ts'
import { fitTargets } from './fit-targets.ts'
import type { OpenedDataset, Target } from './opened-dataset.ts'
import { outputShape } from './output-shape.ts'
import { takeSamples } from './take-samples.ts'
import { valuesProblems } from './values-problems.ts'

interface Arrays {
  /** By the name of the input, the samples first. */
  readonly inputs: Readonly<Record<string, TensorData>>
  readonly targets: TensorData
  /** What the array of targets is called in the file. */
  readonly targetsName: string
}

/**
 * Samples that are in memory.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `data/shape`, `data/value`, `data/label`: everything that does not fit the model
 */
export function arrayDataset(
  { inputs, targets, targetsName }: Arrays,
  graph: Graph,
  target: Target,
  file: string,
): OpenedDataset {
  const bound = bindInputs(
    graph,
    Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, { shape, dtype: 'float32' }])),
  )
  const values = Object.entries(inputs).flatMap(([name, data]) => valuesProblems(name, data, file))
  if ('mismatches' in bound)
    failWith([...bound.mismatches.map(({ message }) => problem('data/shape', { mismatch: message }, { file })), ...values])
  const size = Object.values(inputs)[0]?.shape[0] ?? 0
  const fitted = fitTargets(targets, {
    name: targetsName,
    size,
    target,
    shape: outputShape(graph, target.output, bound.extents),
    file,
  })
  if ('problems' in fitted) failWith([...values, ...fitted.problems])
  failIfAny(values)
  const hash = startDigest()
  for (const [name, data] of Object.entries(inputs)) digestNumbers(hash, name, data)
  digestNumbers(hash, targetsName, fitted.targets)
  return {
    size,
    digest: endDigest(hash),
    ...fitted,
    read: async (positions) => ({
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, data]) => [name, takeSamples(data, positions)])),
      targets: takeSamples(fitted.targets, positions),
    }),
  }
}
