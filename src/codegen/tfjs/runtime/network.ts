import * as tf from '@tensorflow/tfjs-core'
import type { InputShape } from './check-inputs.ts'
import { classify, type Class, type Picture } from './classify.ts'
import { metadataTexts, parseMetadata, type Metadata } from './metadata.ts'
import { during, duringTraining } from './run.ts'
import { bytesOf, storeWeights, type Texts } from './save.ts'
import { summaryOf } from './summary.ts'
import { holdWeights } from './variables.ts'
import { treeOf, type WeightSpec } from './weights.ts'

export interface ApplyOptions {
  /** Normalises by the batch, moves the moving statistics, and drops out. */
  readonly training?: boolean
  /** A whole number from which dropout draws; without one, the number of the run. */
  readonly seed?: number
  /** How far annealed states have come in training, from 0 to 1; without it they stay as they are. */
  readonly progress?: number
}

/** A model with weights. */
export interface Network<W, I, O> {
  /** Variables, to which may be assigned. */
  readonly weights: W
  /** The variables that an optimiser changes. */
  readonly trainable: tf.Variable[]
  /**
   * What the file says of its weights, and what `save` writes; undefined where that is nothing. May be assigned to:
   * `{ classes: ['cat', 'dog'], probabilities: 'softmax' }` says enough.
   */
  metadata: Metadata | undefined
  /**
   * The outputs, the caller's to dispose of. Large constants are kept for the next call.
   *
   * @throws RangeError with everything about the inputs that does not fit
   */
  readonly predict: (inputs: I) => O
  /**
   * The outputs as a function of the weights and inputs, for `optimizer.minimize` and `tf.grads`. Weights that have bounds are moved
   * into them when the next call of this, `predict` or `save` begins.
   *
   * @throws RangeError as `predict`; Error for `training` without `import './fmw-training.ts'`
   */
  readonly apply: (inputs: I, options?: ApplyOptions) => O
  /**
   * The likeliest classes of a picture, the likeliest first; one where `top` does not say how many. The picture is brought to the
   * size of the input, made grey for one channel, and normalised, as the metadata says (docs/metadata.md of fmw).
   *
   * @throws TypeError, RangeError for what is no picture, or no whole `top` above 0; Error where the model takes no picture, nothing
   *   says what its output means, or a probability is NaN
   */
  readonly classify: (picture: Picture, options?: { readonly top?: number }) => Promise<readonly Class[]>
  /**
   * The bytes of a safetensors file; with a target, stores the weights there: `indexeddb://lenet5`, `downloads://lenet5`.
   *
   * @throws Error where the metadata is none
   */
  readonly save: Save
  /** Path, shape and count of each weight, and the sums. */
  readonly summary: () => string
  readonly dispose: () => void
}

interface Save {
  (): Promise<Uint8Array<ArrayBuffer>>
  (target: string | tf.io.IOHandler): Promise<tf.io.SaveResult>
}

interface Parts<W, I, O> {
  readonly name: string
  readonly inputs: Readonly<Record<string, InputShape>>
  readonly specs: unknown
  readonly byPath: ReadonlyMap<string, WeightSpec>
  readonly apply: (weights: W, inputs: I) => O
  /** Row by row, by path. */
  readonly values: ReadonlyMap<string, Float32Array>
  readonly texts: Texts
}

export function networkOf<W, I, O>(parts: Parts<W, I, O>): Network<W, I, O> {
  const { name, inputs, specs, byPath, apply, values, texts } = parts
  const { variables, kept, settle, anneal, dispose } = holdWeights(name, byPath, values)
  // the tree of specs has a spec for each tensor of W
  const weights = treeOf(specs, variables) as W
  const { metadata: said, faults } = parseMetadata(texts)
  let runs = 0

  /** What makes them those of an fmw file, which `load` reads, is said where it is not. */
  const textsOf = (metadata: Metadata = {}): Texts => ({ fmw: 'module', model: name, ...metadataTexts(metadata) })

  const refuse = (wrong: readonly string[]): void => {
    if (wrong.length > 0) {
      throw new Error(`${name}: what its weights say of themselves is at fault: ${wrong.join('; ')}`)
    }
  }

  function save(): Promise<Uint8Array<ArrayBuffer>>
  function save(target: string | tf.io.IOHandler): Promise<tf.io.SaveResult>
  async function save(target?: string | tf.io.IOHandler): Promise<Uint8Array | tf.io.SaveResult> {
    settle()
    const written = textsOf(network.metadata)
    refuse(parseMetadata(written).faults)
    return target === undefined ? bytesOf(variables, written) : storeWeights(variables, written, target)
  }

  const network: Network<W, I, O> = {
    weights,
    trainable: [...variables.values()].filter(({ trainable }) => trainable),
    metadata: said,
    predict: (inputs) => {
      settle()
      return during({ kept }, () => apply(weights, inputs))
    },
    apply: (inputs, { training = false, seed = runs, progress } = {}) => {
      if (progress !== undefined) anneal(progress)
      settle()
      if (!training) return during({}, () => apply(weights, inputs))
      runs++
      return duringTraining(seed, () => apply(weights, inputs))
    },
    classify: async (picture, { top = 1 } = {}) => {
      const { metadata, predict } = network
      refuse(metadata ? parseMetadata(textsOf(metadata)).faults : faults)
      // inputs and outputs are tensors by name
      const named = predict as (inputs: object) => O & Readonly<Record<string, tf.Tensor>>
      return classify({ name, inputs, metadata, predict: named }, picture, top)
    },
    save,
    summary: () => summaryOf(name, byPath),
    dispose,
  }
  return network
}
