import { bindInputs } from '../../codegen/bind-inputs.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, problem, type Problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { digestNumbers, endDigest, startDigest } from './digest.ts'
import { failWith } from './fail-with.ts'
import { fitTargets } from './fit-targets.ts'
import type { OpenedDataset, OpenedTarget, Target } from './opened-dataset.ts'
import { outputShape } from './output-shape.ts'
import { takeSamples } from './take-samples.ts'
import { valuesProblems } from './values-problems.ts'

interface Arrays {
  /** By the name of the input, the samples first. */
  readonly inputs: Readonly<Record<string, TensorData>>
  readonly targets: readonly ArrayTarget[]
}

export interface ArrayTarget {
  readonly target: Target
  readonly data: TensorData
  /** What it is called in the file. */
  readonly name: string
}

/**
 * Samples that are in memory.
 *
 * @param file the name of the file in what is reported
 * @throws Failure `data/shape`, `data/value`, `data/label`: everything that does not fit the model
 */
export function arrayDataset({ inputs, targets }: Arrays, graph: Graph, file: string): OpenedDataset {
  const bound = bindInputs(
    graph,
    Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, { shape, dtype: 'float32' }])),
  )
  const values = Object.entries(inputs).flatMap(([name, data]) => valuesProblems(name, data, file))
  if ('mismatches' in bound)
    failWith([...bound.mismatches.map(({ message }) => problem('data/shape', { mismatch: message }, { file })), ...values])
  const size = Object.values(inputs)[0]?.shape[0] ?? 0
  const fitted: Record<string, OpenedTarget> = {}
  const problems: Problem[] = []
  for (const { target, data, name } of targets) {
    const shape = outputShape(graph, target.output, bound.extents)
    const found = fitTargets(data, { name, size, target, shape, file })
    if ('problems' in found) problems.push(...found.problems)
    else fitted[target.output] = target.classes ? { ...found, classes: target.classes } : found
  }
  failIfAny([...values, ...problems])
  const hash = startDigest()
  for (const [name, data] of Object.entries(inputs)) digestNumbers(hash, name, data)
  for (const { data, name } of Object.values(fitted)) digestNumbers(hash, name, data)
  return {
    size,
    digest: endDigest(hash),
    targets: fitted,
    read: async (positions) => ({
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, data]) => [name, takeSamples(data, positions)])),
      targets: Object.fromEntries(Object.entries(fitted).map(([name, { data }]) => [name, takeSamples(data, positions)])),
    }),
  }
}
