import type { WeightNode } from '../../compiler/graph/graph.ts'
import type { Initializer } from '../../compiler/graph/initializer.ts'
import { orthogonal } from './orthogonal.ts'
import { randomStream, type RandomStream } from '../numbers/random.ts'

/**
 * The starting values of a weight, row by row. They depend on the seed (a safe integer), the weight's path, shape and
 * initialiser, and on nothing else.
 *
 * @throws Error when the shape is symbolic or a list of values has another length, which the compiler excludes
 */
export function initialize(weight: WeightNode, seed: number): Float32Array {
  const shape = weight.type.shape.map(({ dim }) => {
    if (typeof dim !== 'number') throw new Error(`the weight ${weight.path} has a symbolic extent`)
    return dim
  })
  const size = product(shape)
  const { init } = weight
  if (init.kind === 'values' && init.values.length !== size) {
    throw new Error(`the weight ${weight.path} has ${size} elements and ${init.values.length} initial values`)
  }
  return draw(init, shape, randomStream(seed, weight.path))
}

function draw(init: Initializer, shape: readonly number[], random: RandomStream): Float32Array {
  const fill = (next: () => number): Float32Array => {
    const values = new Float32Array(product(shape))
    for (let i = 0; i < values.length; i++) values[i] = next()
    return values
  }
  switch (init.kind) {
    case 'constant':
      return fill(() => init.value)
    case 'values':
      return Float32Array.from(init.values)
    case 'uniform':
      return fill(() => init.min + (init.max - init.min) * random.uniform())
    case 'normal':
      return fill(() => init.mean + init.deviation * random.normal())
    case 'truncated_normal':
      return fill(() => init.mean + init.deviation * truncated(random))
    case 'variance_scaling': {
      const deviation = Math.sqrt(init.scale / Math.max(1, fans(shape)[init.fan]))
      if (init.distribution === 'uniform') return fill(() => Math.sqrt(3) * deviation * (2 * random.uniform() - 1))
      if (init.distribution === 'normal') return fill(() => deviation * random.normal())
      return fill(() => (deviation / truncatedDeviation) * truncated(random))
    }
    case 'orthogonal': {
      const columns = shape.at(-1) ?? 1
      return orthogonal(product(shape.slice(0, -1)), columns, random.normal).map((value) => init.gain * value)
    }
  }
}

/** The standard deviation of a standard normal truncated at two of its own, to the digits Keras divides by. */
const truncatedDeviation = 0.87962566103423978

/** A standard normal, redrawn beyond two standard deviations. */
function truncated(random: RandomStream): number {
  for (;;) {
    const value = random.normal()
    if (Math.abs(value) <= 2) return value
  }
}

type Fans = Readonly<Record<'in' | 'out' | 'average', number>>

/** Keras' fans: of [..., in, out], in and out times the axes before; of a vector, its length; of a scalar, 1. */
function fans(shape: readonly number[]): Fans {
  const output = shape.at(-1) ?? 1
  const input = shape.at(-2) ?? output
  const field = product(shape.slice(0, -2))
  return { in: field * input, out: field * output, average: (field * (input + output)) / 2 }
}

const product = (shape: readonly number[]): number => shape.reduce((n, extent) => n * extent, 1)
