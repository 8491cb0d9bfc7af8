import { createTrainingRunner } from '../../codegen/tfjs/training-runner.ts'
import { mendGradients } from '../../codegen/tfjs/runtime/gradients/mend-gradients.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Node } from '../../compiler/graph/graph.ts'
import { freezeOps } from '../../compiler/ir/freeze-ops.ts'
import { openBackend } from '../../runtime/backend/backend.ts'
import type { Session } from '../files/open-model.ts'
import { refuseUnsupported, tensorsOf } from '../run/compute-with.ts'
import type { Computed } from './computed.ts'

interface Asked {
  /** [H, W, C] */
  readonly maps: Node
  /** [classes] */
  readonly logits: Node
  readonly index: number
  readonly sample: number
}

/** The gradient of a class's logit with respect to the maps of one sample, all ops as in inference. Both nodes have been computed. */
export async function mapGradient({ maps, logits, index, sample }: Asked, computed: Computed, session: Session): Promise<TensorData> {
  const { tf } = await openBackend(computed.backend)
  mendGradients(tf)
  const graph = freezeOps(computed.part)
  const nodeOf = (node: Node): Node => graph.outputs.find(({ name }) => name === String(node.id))!.node
  const created = createTrainingRunner(graph, [nodeOf(logits)], tf)
  if ('unsupported' in created) return refuseUnsupported(created.unsupported, session)
  const { shape, values } = computed.valueOf(maps)
  const inputs = new Map([...computed.inputs].map(([name, data]) => [name, onlySample(data, sample)]))
  const gradient = tf.tidy(() => {
    const given = { weights: tensorsOf(computed.weights, tf), inputs: Object.fromEntries(tensorsOf(inputs, tf)), seed: 0 }
    const logit = tf.grad((at) => {
      const [all] = created.runner.forward({ ...given, instead: new Map([[nodeOf(maps), at]]) }).values
      return tf.sum(tf.slice(all!, [0, index], [1, 1]))
    })
    return logit(tf.tensor(values, [1, ...shape], 'float32'))
  })
  const found = Float32Array.from(await gradient.data())
  gradient.dispose()
  created.runner.dispose()
  return { shape, values: found }
}

function onlySample({ shape: [, ...shape], values }: TensorData, sample: number): TensorData {
  const size = sizeOf(shape)
  return { shape: [1, ...shape], values: values.slice(sample * size, (sample + 1) * size) }
}
