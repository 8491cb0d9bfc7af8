import { randomStream } from '../../codegen/tfjs/runtime/random.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { createTrainingRunner } from '../../codegen/tfjs/training-runner.ts'
import { factsOf } from '../../compiler/facts/facts-of.ts'
import type { Graph, Node } from '../../compiler/graph/graph.ts'
import { neededFor } from '../../compiler/graph/needed-for.ts'
import { freezeOps } from '../../compiler/ir/freeze-ops.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import { UsageError } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'
import { computing, namedBackend, refuseUnsupported, tensorsOf, valuesOf } from './compute-with.ts'
import { momentsOf, type Moments } from './moments.ts'

interface Passes {
  readonly count: number
  readonly seed: number
  readonly backend: 'auto' | BackendName | undefined
  /** Is shown the outputs of each pass. */
  readonly seen: (outputs: ReadonlyMap<string, TensorData>) => void
}

interface Executed {
  /** The means over the passes. */
  readonly outputs: ReadonlyMap<string, TensorData>
  readonly deviations: ReadonlyMap<string, TensorData>
  readonly ms: number
  readonly backend: BackendName
}

/**
 * Runs a graph several times with its dropouts as in training, each pass with random numbers of its own, and everything else as
 * in inference: normalisations by their moving statistics, states unchanged (Gal and Ghahramani 2016, "Dropout as a Bayesian
 * approximation").
 *
 * @throws UsageError where there is no dropout: every pass would give the same
 * @throws Failure `input/mismatch`
 * @throws Exit after the ops that cannot be computed have been said
 */
export async function executePasses(
  model: Graph,
  inputs: ReadonlyMap<string, TensorData>,
  weights: ReadonlyMap<string, TensorData>,
  { count, seed, backend, seen }: Passes,
  session: Session,
): Promise<Executed> {
  const graph = freezeOps(model, isRandom)
  const wanted = graph.outputs.map(({ node }) => node)
  const random = [...neededFor(graph, wanted)].filter(isRandom)
  if (random.length === 0) throw new UsageError(`--mode training: ${model.name} has no dropout that trains, and every pass would give the same`)
  const { tf, name } = await namedBackend(backend, session)
  const created = createTrainingRunner(graph, wanted, tf)
  if ('unsupported' in created) return refuseUnsupported(created.unsupported, session)
  const given = { weights: tensorsOf(weights, tf), inputs: Object.fromEntries(tensorsOf(inputs, tf)) }
  return computing(async () => {
    const start = performance.now()
    const shapes = new Map<string, readonly number[]>()
    const moments = new Map<string, Moments>()
    for (let pass = 0; pass < count; pass++) {
      const drawn = Math.floor(randomStream(seed, `pass ${pass}`).uniform() * 2 ** 31)
      const values = tf.tidy(() => created.runner.forward({ ...given, seed: drawn }).values.map((value) => tf.clone(value)))
      const outputs = await valuesOf(graph, values)
      tf.dispose(values)
      seen(outputs)
      for (const [output, data] of outputs) {
        const all = moments.get(output) ?? momentsOf(data.values.length)
        all.add(data.values)
        moments.set(output, all)
        shapes.set(output, data.shape)
      }
    }
    created.runner.dispose()
    const collected = (of: (all: Moments) => Float32Array): ReadonlyMap<string, TensorData> =>
      new Map([...moments].map(([output, all]) => [output, { shape: shapes.get(output)!, values: of(all) }]))
    return {
      outputs: collected((all) => all.mean()),
      deviations: collected((all) => all.deviation()),
      ms: performance.now() - start,
      backend: name,
    }
  })
}

/** Whether it draws random numbers in training; what is frozen does not. */
const isRandom = (node: Node): boolean => node.kind === 'op' && !node.frozen && factsOf(node).random === true
