import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../codegen/tfjs/apply.ts'

interface Pass {
  readonly loss: Scalar
  /** What is wanted of the pass. */
  readonly kept: readonly Tensor[]
  /** What the forward pass writes into states, by path. */
  readonly updates: ReadonlyMap<string, Tensor>
}

/** What a forward pass keeps, and the gradients of its loss with respect to these tensors, in their order. Called within a `tf.tidy`. */
export function withGradients(
  tf: Tfjs,
  tensors: readonly Tensor[],
  forward: () => Pass,
): Omit<Pass, 'loss'> & { readonly gradients: readonly Tensor[] } {
  let pass: Pass | undefined
  const { grads } = tf.valueAndGrads(() => {
    pass = forward()
    for (const kept of [...pass.kept, ...pass.updates.values()]) tf.keep(kept)
    return pass.loss
  })([...tensors])
  // what was kept beyond the inner scope, the loss itself among it, belongs to the outer one again
  const released = (kept: Tensor): Tensor => {
    const tensor = tf.clone(kept)
    kept.dispose()
    return tensor
  }
  return {
    kept: pass!.kept.map(released),
    updates: new Map([...pass!.updates].map(([path, tensor]) => [path, released(tensor)])),
    gradients: grads,
  }
}
