import type { Graph } from '../../compiler/graph/graph.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Described } from '../files/described-by.ts'
import { inputRules, metadataText, type InputRules } from '../files/input-rules.ts'
import type { Session } from '../files/open-model.ts'
import type { ReadInput } from '../files/read-input.ts'
import { readInputs } from '../files/read-inputs.ts'
import { readWeights } from '../files/read-weights.ts'
import type { ValueOptions } from '../options/values.ts'

export interface GivenValues {
  readonly inputs: ReadonlyMap<string, ReadInput>
  readonly weights: ReadonlyMap<string, TensorData>
  /** What the weights say of themselves, where they do and it matters. */
  readonly described: Described | undefined
  readonly rules: InputRules
}

/** What a model is to compute with; only the inputs of `needed` are read. What the weights say of inputs is noted where it counts. */
export async function givenValues(
  graph: Graph,
  options: ValueOptions,
  { terminal: { note }, config }: Session,
  needed = graph.inputs,
): Promise<GivenValues> {
  const seed = options.seed ?? config.seed ?? 0
  const { weights, described } = await readWeights(graph, options, { seed, note })
  if (described && needed.length > 0) note(`${described.file} says: ${metadataText(described.metadata, options)}`)
  const rules = inputRules(graph, options, described)
  return { weights, described, rules, inputs: await readInputs(graph, options.input, { seed, rules, note }, needed) }
}
