import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'

/** f(Σ x[.., c] · kernel[c, u] + bias[u]), of a vector or of each row of a matrix. */
export const dense = (x: NdArray, kernel: NdArray, bias?: NdArray, activation: (y: number) => number = (y) => y): NdArray =>
  fill([...x.shape.slice(0, -1), kernel.shape[1]!], (...index) => {
    const [row, u] = [index.slice(0, -1), index.at(-1)!]
    return activation(total([kernel.shape[0]!], (c) => at(x, ...row, c) * at(kernel, c, u)) + (bias ? at(bias, u) : 0))
  })
