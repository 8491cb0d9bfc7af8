import * as tf from '@tensorflow/tfjs-core'
import { randomStream } from './random.ts'
import type { KeptConstants } from './run.ts'
import { shapeText, sizeOf } from './tensor-data.ts'
import type { WeightSpec } from './weights.ts'

export type Variables = ReadonlyMap<string, tf.Variable>

/** The weights of a model on its backend, by path, and its large constants. */
interface HeldWeights {
  readonly variables: Variables
  readonly kept: KeptConstants
  /** Moves weights that were assigned to into their bounds. */
  readonly settle: () => void
  /** Leads annealed states as far as a share of their way, from 0 to 1. */
  readonly anneal: (progress: number) => void
  readonly dispose: () => void
}

/**
 * @param values row by row, by path
 * @throws Error from `settle` behind `dispose`
 */
export function holdWeights(
  model: string,
  specs: ReadonlyMap<string, WeightSpec>,
  values: ReadonlyMap<string, Float32Array>,
): HeldWeights {
  const variables = new Map([...specs].map(([path, spec]) => [path, variableOf(spec, values.get(path))]))
  const kept: KeptConstants = new Map()
  let seen: readonly object[] | undefined
  const settle = (): void => {
    if ([...variables.values()].some(({ isDisposed }) => isDisposed)) throw new Error(`${model} was disposed of`)
    if (dataOf(variables).every((data, i) => data === seen?.[i])) return
    for (const [path, variable] of variables) specs.get(path)?.within?.(variable)
    seen = dataOf(variables)
  }
  const anneal = (progress: number): void => {
    for (const [path, { annealed, init, shape }] of specs) {
      if (annealed === undefined) continue
      const [end = annealed] = init(shape, randomStream(0, path))
      const value = annealed + (end - annealed) * progress
      tf.tidy(() => variables.get(path)?.assign(tf.tensor(new Float32Array(sizeOf(shape)).fill(value), [...shape])))
    }
  }
  const dispose = (): void => {
    tf.dispose([...variables.values(), ...kept.values()])
    kept.clear()
  }
  return { variables, kept, settle, anneal, dispose }
}

/** Another object after each assignment. */
const dataOf = (variables: Variables): readonly object[] => Array.from(variables.values(), ({ dataId }) => dataId)

function variableOf({ shape, trainable }: WeightSpec, values: Float32Array | undefined): tf.Variable {
  if (!values) throw new Error(`there are no values for a weight ${shapeText(shape)}`)
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trainable))
}
