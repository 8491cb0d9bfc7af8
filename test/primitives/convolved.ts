import { at, fill, total } from './nd-array.ts'
import type { Reference } from './harness.ts'

interface Geometry {
  readonly stride?: readonly [number, number]
  readonly dilation?: readonly [number, number]
  readonly pads?: readonly [readonly [number, number], readonly [number, number]]
  readonly groups?: number
}

/** A convolution by its definition, for kernels [kh, kw, C / groups, filters]. */
export const convolved =
  ({ stride = [1, 1], dilation = [1, 1], pads = [[0, 0], [0, 0]], groups = 1 }: Geometry): Reference =>
  ({ x, kernel }) => {
    const [kh, kw, read, filters] = kernel!.shape as readonly [number, number, number, number]
    const steps = [0, 1].map((axis) => {
      const padded = x!.shape[axis]! + pads[axis]![0] + pads[axis]![1]
      return Math.floor((padded - dilation[axis]! * (kernel!.shape[axis]! - 1) - 1) / stride[axis]!) + 1
    })
    return fill([...steps, filters], (h, w, o) => {
      const first = Math.floor(o! / (filters / groups)) * read
      return total([kh, kw, read], (i, j, c) => {
        const row = h! * stride[0] + i! * dilation[0] - pads[0][0]
        const column = w! * stride[1] + j! * dilation[1] - pads[1][0]
        return at(x!, row, column, first + c!) * at(kernel!, i!, j!, c!, o!)
      })
    })
  }
