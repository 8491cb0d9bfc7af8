import { at, fill, type NdArray } from '../primitives/nd-array.ts'

/** f(y[.., c] + bias[c]), or f(y) without a bias. */
export const biased = (y: NdArray, bias?: NdArray, activation: (value: number) => number = (value) => value): NdArray =>
  fill(y.shape, (...index) => activation(at(y, ...index) + (bias ? at(bias, index.at(-1)!) : 0)))
