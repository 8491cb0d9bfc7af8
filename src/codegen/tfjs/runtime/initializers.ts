import { orthogonalMatrix } from './orthogonal.ts'
import type { RandomStream } from './random.ts'
import { shapeText, sizeOf } from './tensor-data.ts'

/** Draws the starting values of a weight of a shape, row by row. */
export type Initializer = (shape: readonly number[], random: RandomStream) => Float32Array

export const constant =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value)

export const zeros: Initializer = /* @__PURE__ */ constant(0)

export const ones: Initializer = /* @__PURE__ */ constant(1)

/** These, row by row, as many as the weight has elements. */
export const values =
  (list: readonly number[]): Initializer =>
  (shape) => {
    if (list.length !== sizeOf(shape)) {
      const [wanted, found] = [String(sizeOf(shape)), String(list.length)]
      throw new RangeError(`a weight ${shapeText(shape)} has ${wanted} elements, not ${found}`)
    }
    return Float32Array.from(list)
  }

export const uniform = (min: number, max: number): Initializer =>
  drawn((random) => min + (max - min) * random.uniform())

export const normal = (mean: number, deviation: number): Initializer =>
  drawn((random) => mean + deviation * random.normal())

/** Redrawn beyond two standard deviations. */
export const truncatedNormal = (mean: number, deviation: number): Initializer =>
  drawn((random) => mean + deviation * truncated(random))

/**
 * The variance scale / fan (Keras' VarianceScaling), where the fans of [..., in, out] are in and out times the axes before; both of
 * a vector are its length, of a scalar 1. `truncated_normal` corrects its deviation as Keras does; `normal` does not truncate.
 */
export const varianceScaling =
  (
    scale: number,
    fan: 'in' | 'out' | 'average',
    distribution: 'uniform' | 'normal' | 'truncated_normal',
  ): Initializer =>
  (shape, random) => {
    const deviation = Math.sqrt(scale / Math.max(1, fansOf(shape)[fan]))
    if (distribution === 'uniform') {
      return drawn(({ uniform: next }) => Math.sqrt(3) * deviation * (2 * next() - 1))(shape, random)
    }
    if (distribution === 'normal') return normal(0, deviation)(shape, random)
    return truncatedNormal(0, deviation / truncatedDeviation)(shape, random)
  }

/** A (semi-)orthogonal matrix of the shape flattened to [product of the others, last axis], times the gain (Saxe et al. 2014). */
export const orthogonal =
  (gain = 1): Initializer =>
  (shape, random) => {
    const rows = sizeOf(shape.slice(0, -1))
    return orthogonalMatrix(rows, shape.at(-1) ?? 1, random.normal).map((value) => gain * value)
  }

export const glorotUniform: Initializer = /* @__PURE__ */ varianceScaling(1, 'average', 'uniform')
export const glorotNormal: Initializer = /* @__PURE__ */ varianceScaling(1, 'average', 'truncated_normal')
export const heUniform: Initializer = /* @__PURE__ */ varianceScaling(2, 'in', 'uniform')
export const heNormal: Initializer = /* @__PURE__ */ varianceScaling(2, 'in', 'truncated_normal')
export const lecunUniform: Initializer = /* @__PURE__ */ varianceScaling(1, 'in', 'uniform')
export const lecunNormal: Initializer = /* @__PURE__ */ varianceScaling(1, 'in', 'truncated_normal')
export const xavierUniform: Initializer = /* @__PURE__ */ varianceScaling(1, 'average', 'uniform')
export const xavierNormal: Initializer = /* @__PURE__ */ varianceScaling(1, 'average', 'normal')
export const kaimingUniform: Initializer = /* @__PURE__ */ varianceScaling(2, 'in', 'uniform')
export const kaimingNormal: Initializer = /* @__PURE__ */ varianceScaling(2, 'in', 'normal')
export const kaimingNormalOut: Initializer = /* @__PURE__ */ varianceScaling(2, 'out', 'normal')
export const torchUniform: Initializer = /* @__PURE__ */ varianceScaling(1 / 3, 'in', 'uniform')

const drawn =
  (next: (random: RandomStream) => number): Initializer =>
  (shape, random) =>
    new Float32Array(sizeOf(shape)).map(() => next(random))

/** The standard deviation of a standard normal truncated at two of its own, to the digits Keras divides by. */
const truncatedDeviation = 0.87962566103423978

function truncated(random: RandomStream): number {
  for (;;) {
    const value = random.normal()
    if (Math.abs(value) <= 2) return value
  }
}

function fansOf(shape: readonly number[]): Readonly<Record<'in' | 'out' | 'average', number>> {
  const to = shape.at(-1) ?? 1
  const from = shape.at(-2) ?? to
  const field = sizeOf(shape.slice(0, -2))
  return { in: field * from, out: field * to, average: (field * (from + to)) / 2 }
}
