import * as tf from '@tensorflow/tfjs-core'
import { randomStream } from './random.ts'
import type { KeptValues } from './run.ts'
import { shapeText, sizeOf } from './tensor-data.ts'
import type { WeightSpec } from './weights.ts'

export type Variables = ReadonlyMap<string, tf.Variable>

/** The weights of a model on its backend, by path, and what was computed from them alone. */
interface HeldWeights {
  readonly variables: Variables
  /** Forgets what is kept where a weight was assigned to, and moves such weights into their bounds. */
  readonly settle: () => KeptValues
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
  const kept: KeptValues = new Map()
  let seen: readonly object[] | undefined
  const forget = (): void => {
    for (const named of kept.values()) for (const value of named.values()) tf.dispose(value)
    kept.clear()
  }
  const settle = (): KeptValues => {
    if ([...variables.values()].some(({ isDisposed }) => isDisposed)) throw new Error(`${model} was disposed of`)
    if (dataOf(variables).some((data, i) => data !== seen?.[i])) {
      forget()
      for (const [path, variable] of variables) specs.get(path)?.within?.(variable)
      seen = dataOf(variables)
    }
    return kept
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
    forget()
    tf.dispose([...variables.values()])
  }
  return { variables, settle, anneal, dispose }
}

/** Another object after each assignment. */
const dataOf = (variables: Variables): readonly object[] => Array.from(variables.values(), ({ dataId }) => dataId)

function variableOf({ shape, trainable }: WeightSpec, values: Float32Array | undefined): tf.Variable {
  if (!values) throw new Error(`there are no values for a weight ${shapeText(shape)}`)
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), trainable))
}
