import { kindOf } from './arrays.ts'
import type { InputShape } from './check-inputs.ts'
import { loadWeights, type LoadOptions, type Source } from './load.ts'
import { networkOf, type Network } from './network.ts'
import { randomStream } from './random.ts'
import { weightsByPath, type Specs } from './weights.ts'

interface Definition<W, I, O> {
  readonly name: string
  readonly inputs: Readonly<Record<keyof I, InputShape>>
  readonly weights: () => Specs<W>
  /** The outputs, as a function. */
  readonly apply: (weights: W, inputs: I) => O
}

interface InitOptions {
  /** A safe integer, 0 without. */
  readonly seed?: number
}

/** A model that has no weights yet. */
export interface Model<W, I, O> {
  /**
   * With the weights of a file.
   *
   * @throws Error with everything in which the weights there are not those of the model, or why they cannot be read; what the signal
   *   was aborted with
   */
  readonly load: (source: Source, options?: LoadOptions) => Promise<Network<W, I, O>>
  /** With fresh weights: the numbers of `fmw init --seed`. @throws RangeError for another seed than a safe integer */
  readonly init: (options?: InitOptions) => Network<W, I, O>
}

/** What a module exports for each of its models. */
export function model<W, I, O>({ name, inputs, weights, apply }: Definition<W, I, O>): Model<W, I, O> {
  return {
    load: async (source, options = {}) => {
      const specs = weights()
      const byPath = weightsByPath(specs)
      return networkOf({ name, inputs, specs, byPath, apply, ...(await loadWeights(name, byPath, source, options)) })
    },
    init: ({ seed = 0 } = {}) => {
      if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a safe integer, not ${kindOf(seed)}`)
      const specs = weights()
      const byPath = weightsByPath(specs)
      const values = [...byPath].map(
        ([path, { shape, init }]) => [path, init(shape, randomStream(seed, path))] as const,
      )
      return networkOf({ name, inputs, specs, byPath, apply, values: new Map(values), texts: {} })
    },
  }
}
