import * as tf from '@tensorflow/tfjs-core'
import { during, duringTraining, type KeptValues } from './run.ts'
import { summaryOf } from './summary.ts'
import { treeOf, type WeightSpec } from './weights.ts'

export interface ApplyOptions {
  /** Normalises by the batch and moves the moving statistics, and drops out. */
  readonly training?: boolean
  /** A whole number from which dropout draws; without one, that of the run. */
  readonly seed?: number
}

/** A model with weights. */
export interface Network<W, I, O> {
  /** Variables, to which may be assigned. */
  readonly weights: W
  /** The variables that an optimiser changes. */
  readonly trainable: tf.Variable[]
  /**
   * The outputs, the caller's to dispose of. What depends on the weights alone is kept for the next call, and computed again once a
   * weight was assigned to.
   *
   * @throws RangeError with everything about the inputs that does not fit
   */
  readonly predict: (inputs: I) => O
  /**
   * The outputs as a function of the weights and inputs, for `optimizer.minimize` and `tf.grads`. Weights that have bounds are moved
   * into them when the next call of this or `predict` begins.
   *
   * @throws RangeError as `predict`; Error for `training` without `import './fmw-training.ts'`
   */
  readonly apply: (inputs: I, options?: ApplyOptions) => O
  /** Path, shape and count of each weight, and the sums. */
  readonly summary: () => string
  readonly dispose: () => void
}

interface Parts<W, I, O> {
  readonly name: string
  readonly specs: unknown
  readonly byPath: ReadonlyMap<string, WeightSpec>
  readonly apply: (weights: W, inputs: I) => O
}

/** @param values row by row, by path */
export function networkOf<W, I, O>(
  { name, specs, byPath, apply }: Parts<W, I, O>,
  values: ReadonlyMap<string, Float32Array>,
): Network<W, I, O> {
  const variables = new Map([...byPath].map(([path, spec]) => [path, variableOf(spec, values.get(path))]))
  // the tree of specs has a spec for each tensor of W
  const weights = treeOf(specs, variables) as W
  const kept: KeptValues = new Map()
  let seen: readonly object[] | undefined = dataOf(variables)
  let runs = 0

  const forget = (): void => {
    for (const named of kept.values()) for (const value of named.values()) tf.dispose(value)
    kept.clear()
  }
  const settle = (): void => {
    if (!seen) throw new Error(`${name} was disposed of`)
    const data = dataOf(variables)
    if (data.every((id, i) => id === seen?.[i])) return
    forget()
    for (const [path, { within }] of byPath) if (within) keepWithin(variables.get(path), within)
    seen = dataOf(variables)
  }
  return {
    weights,
    trainable: [...variables.values()].filter(({ trainable }) => trainable),
    predict: (inputs) => {
      settle()
      return during({ kept }, () => apply(weights, inputs))
    },
    apply: (inputs, { training = false, seed = runs } = {}) => {
      settle()
      if (!training) return during({}, () => apply(weights, inputs))
      runs++
      return duringTraining(seed, () => apply(weights, inputs))
    },
    summary: () => summaryOf(name, byPath),
    dispose: () => {
      forget()
      tf.dispose([...variables.values()])
      seen = undefined
    },
  }
}

/** What changes whenever something is assigned. */
const dataOf = (variables: ReadonlyMap<string, tf.Variable>): readonly object[] =>
  Array.from(variables.values(), ({ dataId }) => dataId)

function variableOf({ shape, trainable }: WeightSpec, values: Float32Array | undefined): tf.Variable {
  if (!values) throw new Error(`there are no values for a weight [${shape.join(', ')}]`)
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trainable))
}

/** NaN stays NaN, of which `tf.clipByValue` makes the lower bound on WebAssembly. */
function keepWithin(weight: tf.Variable | undefined, [low, high]: readonly [number, number]): void {
  tf.tidy(() => weight?.assign(tf.minimum(tf.maximum(weight, low), high)))
}
