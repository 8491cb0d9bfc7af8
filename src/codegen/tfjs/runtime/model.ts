import type { InputShape } from './check-inputs.ts'
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
  /** With fresh weights on the backend of TensorFlow.js: the numbers of `fmw init --seed`. */
  readonly init: (options?: InitOptions) => Network<W, I, O>
}

/** What a module exports for each of its models. */
export function model<W, I, O>({ name, weights, apply }: Definition<W, I, O>): Model<W, I, O> {
  return {
    init: ({ seed = 0 } = {}) => {
      const specs = weights()
      const byPath = weightsByPath(specs)
      const drawn = [...byPath].map(([path, { shape, init }]) => [path, init(shape, randomStream(seed, path))] as const)
      return networkOf({ name, specs, byPath, apply }, new Map(drawn))
    },
  }
}
