import { readFileSync } from 'node:fs'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { weightsOf, type Graph, type Node, type WeightNode } from '../../src/compiler/graph/graph.ts'
import { initialize } from '../../src/runtime/weights/initialize.ts'
import { sizeOf, type TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { graphOf } from '../compile-text.ts'
import { randomNumbers } from '../primitives/harness.ts'
import type { Case } from './cases.ts'

export type Tensors = Readonly<Record<string, TensorData>>

/** What a case is computed from, by fmw and by PyTorch. */
export interface Request {
  readonly graph: Graph
  readonly inputs: Tensors
  /** Inputs that only PyTorch needs. */
  readonly more: Tensors
  readonly weights: Tensors
  /** By output, those on which the weights are to learn; none where nothing learns. */
  readonly targets: Tensors
  readonly activations: boolean
}

/** Random inputs, weights and targets, always the same for a case and a size of the batch. */
export async function requestOf(one: Case, batch: number): Promise<Request> {
  const graph = one.source.endsWith('.fmw') ? graphOfFile(one) : graphOf(one.source)
  const uniform = randomNumbers(batch)
  const filled = (shape: readonly number[], element: (uniform: number) => number): TensorData => ({
    shape,
    values: Float32Array.from({ length: sizeOf(shape) }, () => element(uniform())),
  })
  const shapeOf = ({ type }: Node): readonly number[] => [batch, ...type.shape.map(({ dim }) => evaluate(dim, one.extents ?? {}))]
  const inputs = Object.fromEntries(graph.inputs.map((input) => [input.name, inputOf(shapeOf(input), uniform)]))
  const started = weightsOf(graph).map((weight) => [weight.path, startOf(weight, uniform, one.start?.[weight.path])] as const)
  const learns = weightsOf(graph).some(({ trainable }) => trainable) && !(one.trainsOnlyBatches && batch === 1)
  const targets = graph.outputs.map(({ name, node }) => [name, filled(shapeOf(node), one.target ?? uncentred)] as const)
  return {
    graph,
    inputs,
    more: (await one.more?.(graph, inputs)) ?? {},
    weights: Object.fromEntries(started),
    targets: learns ? Object.fromEntries(targets) : {},
    activations: one.activations ?? false,
  }
}

/** Numbers around a mean of its own in each channel of each sample: around 0, global averages would be of maps almost alike. */
function inputOf(shape: readonly number[], uniform: () => number): TensorData {
  const [batch, channels] = [shape[0]!, shape.at(-1)!]
  const means = Array.from({ length: batch * channels }, uniform)
  const size = sizeOf(shape)
  const meanAt = (i: number): number => means[Math.floor((i * batch) / size) * channels + (i % channels)]!
  return { shape, values: Float32Array.from({ length: size }, (_, i) => meanAt(i) + uniform()) }
}

/** Targets around 0, where the outputs are, would give gradients that nearly cancel. */
const uncentred = (uniform: number): number => 3 + 2 * uniform

function graphOfFile({ source, model }: Case): Graph {
  const { graphs } = compile(source, readFileSync(source, 'utf8'), nodeHost)
  const meant = graphs.filter(({ name }) => model === undefined || name === model)
  if (meant.length !== 1) throw new Error(`${meant.length} models ${model ?? ''} in ${source}`)
  return meant[0]!
}

/**
 * A weight as it is initialised, with noise, so that ones and zeros are not confused with what is not there; at the ends of the
 * interval that training keeps it in, so that a step leads out of it; and at the value at which annealing begins.
 */
function startOf(weight: WeightNode, uniform: () => number, given: readonly number[] | undefined): TensorData {
  const { type, annealed, within } = weight
  const shape = type.shape.map(({ dim }) => evaluate(dim, {}))
  if (given) return { shape, values: Float32Array.from(given) }
  const values = initialize(weight, 1).map((value, i) => {
    if (annealed !== undefined) return annealed
    if (within) return [within[0], within[1], (within[0] + within[1]) / 2][i % 3]!
    return value + 0.1 * uniform()
  })
  return { shape, values }
}
