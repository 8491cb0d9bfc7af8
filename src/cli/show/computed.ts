import type { Graph, Node } from '../../compiler/graph/graph.ts'
import { withOutputs } from '../../compiler/ir/with-outputs.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import { UsageError } from '../exit/exit.ts'
import type { Described } from '../files/described-by.ts'
import type { Session } from '../files/open-model.ts'
import type { ValueOptions } from '../options/values.ts'
import { execute } from '../run/execute.ts'
import { givenValues } from '../run/given-values.ts'
import { sampleOf } from './sample-of.ts'

export interface ComputeOptions extends ValueOptions {
  readonly sample: number
  readonly backend?: 'auto' | BackendName
}

export interface Computed {
  /** The value that a node has for the chosen sample. */
  readonly valueOf: (node: Node) => TensorData
  /** What computes these nodes and no others: each is an output that is called by its id. */
  readonly part: Graph
  readonly inputs: ReadonlyMap<string, TensorData>
  readonly weights: ReadonlyMap<string, TensorData>
  readonly backend: BackendName
  readonly described: Described | undefined
}

/** Computes nodes. */
export async function valuesOf(graph: Graph, nodes: readonly Node[], options: ComputeOptions, session: Session): Promise<Computed> {
  const part = withOutputs(graph, nodes)
  const { note } = session.terminal
  const { inputs, weights, described } = await givenValues(graph, options, session, part.inputs)
  if (inputs.size > 0) checkSample(options.sample, Math.min(...[...inputs.values()].map(({ shape }) => shape[0]!)), note)
  const { outputs, backend } = await execute(part, inputs, weights, options.backend, session)
  const valueOf = (node: Node): TensorData => sampleOf(node, outputs.get(String(node.id))!, options.sample)
  return { valueOf, part, inputs, weights, backend, described }
}

function checkSample(sample: number, count: number, note: (text: string) => void): void {
  const there = count === 1 ? 'there is 1 sample' : `there are ${count} samples`
  if (sample >= count) throw new UsageError(`--sample ${sample}: ${there}, counted from 0`)
  if (count > 1) note(`sample ${sample} of ${count}, counted from 0`)
}
