import type * as tfjs from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { createTrainingRunner } from '../../src/codegen/tfjs/training-runner.ts'
import { classActivationHead } from '../../src/compiler/facts/class-activation-head.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { classActivation } from '../../src/runtime/drawing/class-activation.ts'
import { createLearner } from '../../src/runtime/training/learner.ts'
import { objectiveOf } from '../../src/runtime/training/objective.ts'
import { optimizerOf } from '../../src/runtime/training/optimizer-of.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { withBackend } from '../backends.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import type { Request, Tensors } from './request.ts'

/** Outputs in inference as `outputs/name`, and of a step on each target `steps/name/loss` and `steps/name/weights/path`. */
export function compute(request: Request, tf: Tfjs): ReadonlyMap<string, TensorData> {
  const { graph, inputs, weights, targets } = request
  const results = new Map<string, TensorData>()
  for (const [name, data] of Object.entries(outputsOf(graph, request, tf))) results.set(`outputs/${name}`, data)
  if (request.activations) results.set('outputs/activation', activations(request, tf))
  for (const [name, target] of Object.entries(targets)) {
    const output = graph.outputs.find((one) => one.name === name)!
    const task = { graph, tf, objectives: [objectiveOf({ output, loss: 'mse', weight: 1 })], optimizer: optimizerOf({ name: 'sgd' }) }
    const learner = createLearner(task, { weights: new Map(Object.entries(weights)), slots: new Map() })
    const [totals] = learner.step({ inputs, targets: { [name]: target } }, { step: 1, rate: 0.1, seed, annealSteps: 10 })
    results.set(`steps/${name}/loss`, { shape: [], values: Float32Array.of(totals!.loss.total / totals!.loss.count) })
    for (const [path, data] of learner.weights()) results.set(`steps/${name}/weights/${path}`, data)
    learner.dispose()
  }
  return results
}

const seed = 1

function outputsOf(graph: Graph, { inputs, weights }: Request, tf: Tfjs): Tensors {
  const runner = runnerOf(graph, tf)
  runner.load(new Map(Object.entries(tensorsOf(weights, tf))))
  const outputs = Object.entries(runner.run(tensorsOf(inputs, tf))).map(([name, tensor]) => [name, dataOf(tensor)])
  runner.dispose()
  return Object.fromEntries(outputs)
}

/** The class activation maps [batch, h, w, classes] of the only output, as `fmw show` draws them. */
function activations(request: Request, tf: Tfjs): TensorData {
  const head = classActivationHead(request.graph.outputs[0]!.node)
  if ('wanted' in head) throw new Error(`no ${head.wanted}`)
  const outputs = [{ name: 'maps', node: head.parts[0]!.maps }, { name: 'kernel', node: head.kernel }]
  const { maps, kernel } = outputsOf({ ...request.graph, outputs }, request, tf)
  const [batch, height, width, channels] = maps!.shape as readonly [number, number, number, number]
  const classes = kernel!.shape[1]!
  const sampleOf = (i: number): TensorData => {
    const size = height * width * channels
    return { shape: [height, width, channels], values: maps!.values.subarray(i * size, (i + 1) * size) }
  }
  const values = Array.from({ length: batch }, (_, i) => {
    const drawn = Array.from({ length: classes }, (_one, chosen) => classActivation(sampleOf(i), kernel!, chosen).values)
    return Array.from({ length: height * width }, (_one, place) => drawn.map((one) => one[place]!))
  })
  return { shape: [batch, height, width, classes], values: Float32Array.from(values.flat(2)) }
}

/** 1 where the only dropout of a graph, which reads an input, keeps an element in training, and 0 elsewhere. */
export const keptElements = (graph: Graph, inputs: Tensors): Promise<TensorData> =>
  withBackend('cpu', (tf) => {
    const dropout = graph.nodes.filter((node) => node.kind === 'op' && node.op === 'dropout')
    const made = createTrainingRunner(graph, dropout, tf)
    if ('unsupported' in made) throw new Error(made.unsupported.map(({ reason }) => reason).join())
    const ones = Object.entries(inputs).map(([name, { shape }]) => [name, tf.ones([...shape])])
    const { values } = made.runner.forward({ weights: new Map(), inputs: Object.fromEntries(ones), seed })
    return dataOf(tf.step(values[0]!))
  })

const tensorOf = ({ shape, values }: TensorData, tf: Tfjs): tfjs.Tensor => tf.tensor(values, [...shape], 'float32')

const tensorsOf = (tensors: Tensors, tf: Tfjs): Record<string, tfjs.Tensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, data]) => [name, tensorOf(data, tf)]))

const dataOf = (tensor: tfjs.Tensor): TensorData => ({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) })
